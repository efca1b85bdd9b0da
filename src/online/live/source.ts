/** Asks running systems by GET alone: lists each request, follows no redirect to elsewhere, and leaves alone who did not answer once. */
import { createHash } from 'node:crypto';
import type { Answered, Heard, LiveSource, Target, What } from '../../live/live.ts';
import type { LiveRequest } from '../../model.ts';
import { exchange, type Incoming, type Limits, type Outgoing } from '../exchange.ts';
import { type Answer, jsonOf, openClient } from '../http.ts';
import { OnlineError } from '../online-error.ts';
import { carefulLookup, isLinkLocal, LINK_LOCAL } from './link-local.ts';

/** What the source is made of. */
export interface LiveParts {
  readonly agent: string;
  /** ISO instant of the run. */
  readonly now: string;
  readonly named: LiveSource['named'];
  readonly manifestToo: boolean;
  /** Addresses, without a slash at their end, of the services that keep schedules. */
  readonly schedules: Readonly<Record<'pagerduty' | 'opsgenie', string>>;
  /** Credentials, by what they are for. */
  readonly tokens: Readonly<Partial<Record<What, string>>>;
  /** Milliseconds of a clock that only goes forward. */
  clock(): number;
  /** Told before the first request to a host. */
  announce(target: Target, host: string): void;
  readonly limits?: Partial<Limits>;
}

const LIMITS: Partial<Limits> = { totalMs: 15_000, idleMs: 10_000, maxBytes: 16 * 1024 * 1024 };

/** The source. */
export function liveSource(parts: LiveParts): LiveSource {
  const sent: LiveRequest[] = [];
  const announced = new Set<string>();
  /** Why a host was given up. */
  const silent = new Map<string, string>();
  async function ask(target: Target, address: string): Promise<Heard<Answer>> {
    const url = urlOf(address);
    if (!url) return { trouble: `"${address.slice(0, 160)}" is not an address of the form https://host/path` };
    const given = silent.get(url.host);
    if (given !== undefined) return { trouble: given };
    const client = openClient({
      agent: parts.agent,
      attempts: 1,
      limits: parts.limits ?? LIMITS,
      send: listed(target, url.host),
    });
    try {
      return { value: await client.ask({ url: url.href, headers: headersFor(target, parts) }) };
    } catch (error) {
      if (!(error instanceof OnlineError)) throw error;
      if (error.status !== undefined)
        return { value: { status: error.status, headers: new Map(), body: Buffer.alloc(0) } };
      if (error.passing) silent.set(url.host, error.message);
      return { trouble: error.message };
    }
  }
  function listed(target: Target, host: string): (outgoing: Outgoing, limits: Limits) => Promise<Incoming> {
    return async (outgoing, limits) => {
      const { url } = outgoing;
      if (url.host !== host) throw new OnlineError(`${host} redirects to ${url.host}, which nobody named`);
      refuseLinkLocal(target, url);
      const key = `${target.what} ${url.host}`;
      if (!announced.has(key)) parts.announce(target, url.host);
      announced.add(key);
      const line = {
        what: target.what,
        namedBy: target.namedBy,
        method: 'GET',
        host: url.host,
        path: url.pathname,
      } as const;
      const began = parts.clock();
      const ms = (): number => Math.max(0, Math.round(parts.clock() - began));
      try {
        const lookup = target.namedBy === 'manifest' ? { lookup: carefulLookup } : {};
        const answer = await exchange({ ...outgoing, ...lookup }, limits);
        sent.push({ ...line, status: answer.status, ms: ms() });
        return answer;
      } catch (error) {
        sent.push({ ...line, trouble: error instanceof Error ? error.message : String(error), ms: ms() });
        throw error;
      }
    };
  }
  return {
    now: parts.now,
    named: parts.named,
    manifestToo: parts.manifestToo,
    sent,
    answered: async (target, path) => {
      const address = path === undefined ? target.address : (urlOf(target.address)?.origin ?? '') + path;
      const heard = await ask(target, address);
      return 'trouble' in heard ? heard : { value: summed(heard.value) };
    },
    json: async (target, path, query = {}) => {
      const address = `${baseOf(target, parts)}${path}`;
      const words = new URLSearchParams(query).toString();
      const heard = await ask(target, words === '' ? address : `${address}?${words}`);
      if ('trouble' in heard) return heard;
      const { status } = heard.value;
      if (status !== 200) return { trouble: `${address} answered ${status}${hintFor(status, target)}` };
      return parsed(heard.value, address);
    },
  };
}

/** A manifest in a judged repository must not lead to what clouds tell a machine about itself. */
function refuseLinkLocal({ namedBy }: Target, { hostname }: URL): void {
  if (namedBy === 'manifest' && isLinkLocal(hostname)) throw new OnlineError(`${hostname} ${LINK_LOCAL}`);
}

function parsed(answer: Answer, address: string): Heard<unknown> {
  try {
    return { value: jsonOf(answer, address) };
  } catch (error) {
    if (!(error instanceof OnlineError)) throw error;
    return { trouble: error.message };
  }
}

function summed({ status, headers, body }: Answer): Answered {
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return { status, type, digest: createHash('sha256').update(body).digest('hex').slice(0, 16) };
}

function baseOf({ what, address }: Target, { schedules }: LiveParts): string {
  return what === 'pagerduty' || what === 'opsgenie' ? schedules[what] : address;
}

const VARIABLE: Readonly<Partial<Record<What, string>>> = {
  prometheus: 'GONOGO_PROMETHEUS_TOKEN',
  alertmanager: 'GONOGO_ALERTMANAGER_TOKEN',
  pagerduty: 'GONOGO_PAGERDUTY_TOKEN',
  opsgenie: 'GONOGO_OPSGENIE_TOKEN',
};

function hintFor(status: number, { what, namedBy }: Target): string {
  const isOurs = what === 'pagerduty' || what === 'opsgenie' || namedBy === 'operator';
  if (status !== 401 && status !== 403) return '';
  return isOurs
    ? `: it wants to know who asks; set ${VARIABLE[what]}`
    : ': it wants to know who asks, and credentials go only to addresses on the command line';
}

/** Credentials; never to an address that a repository names. */
function headersFor({ what, namedBy }: Target, { tokens }: LiveParts): Readonly<Record<string, string>> {
  const token = tokens[what];
  const accept = what === 'pagerduty' ? { accept: 'application/vnd.pagerduty+json;version=2' } : {};
  if (token === undefined) return accept;
  if (what === 'pagerduty') return { ...accept, authorization: `Token token=${token}` };
  if (what === 'opsgenie') return { authorization: `GenieKey ${token}` };
  return namedBy === 'operator' ? { authorization: `Bearer ${token}` } : {};
}

function urlOf(address: string): URL | undefined {
  return URL.canParse(address) ? new URL(address) : undefined;
}
