/**
 * The one HTTP client: GET and POST with bounds on time, size, redirects and repetitions. Every failure is one sentence.
 * A proxy is not supported: a mirror that is named takes its place.
 */
import { STATUS_CODES } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { exchange, type Incoming, type Limits, type Outgoing, type Sink, seconds, shown } from './exchange.ts';
import { OnlineError } from './online-error.ts';

/** One question to a server. */
export interface Ask {
  readonly url: string;
  /** Sent as JSON, by POST; a GET when not given. */
  readonly json?: unknown;
  /** Only what is newer than the state with this ETag; the answer to that may be 304. */
  readonly etag?: string;
  readonly into?: Sink;
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
}

/** The answer: its status is 200, or 304 where an ETag was sent. */
export type Answer = Incoming;

/** Asks servers. */
export interface Client {
  /** Rejects with an OnlineError. */
  ask(request: Ask): Promise<Answer>;
}

/** How a client behaves. */
export interface ClientSettings {
  /** Names the program to the server, e.g. `gonogo/1.2.3`. */
  readonly agent: string;
  /** Bounds of each request, unless it says otherwise. */
  readonly limits?: Partial<Limits>;
  /** How often a request is sent in all when the trouble may pass. */
  readonly attempts?: number;
  /** Milliseconds for which it waits at the most where a server asks to be left alone. */
  readonly longestWait?: number;
  /** Lets time pass; for tests. */
  readonly wait?: (ms: number) => Promise<unknown>;
  /** Sends one request, redirected ones too; for those who list what is sent, or refuse some of it. */
  readonly send?: (outgoing: Outgoing, limits: Limits) => Promise<Incoming>;
}

const LIMITS: Limits = { totalMs: 60_000, idleMs: 20_000, maxBytes: 64 * 1024 * 1024 };
const ATTEMPTS = 3;
const REDIRECTS = 5;
/** A server that wants more patience than this is taken not to answer. */
const LONGEST_WAIT = 30_000;
const FIRST_WAIT = 500;
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** A client; it holds nothing that has to be closed. */
export function openClient(settings: ClientSettings): Client {
  return { ask: (request) => persist(request, settings) };
}

/** Repeats what may succeed later, waiting longer each time or as long as the server asks. */
async function persist(request: Ask, settings: ClientSettings): Promise<Answer> {
  const { attempts = ATTEMPTS, wait = after, longestWait = LONGEST_WAIT } = settings;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await follow(request, settings);
    } catch (error) {
      if (!(error instanceof OnlineError) || !error.passing) throw error;
      const pause = error.after ?? FIRST_WAIT * 2 ** (attempt - 1);
      if (pause > longestWait) throw new OnlineError(`${error.message} and asks to wait ${seconds(pause)}`, error);
      if (attempt >= attempts)
        throw attempt === 1 ? error : new OnlineError(`${error.message} (asked ${attempt} times)`, error);
      await wait(pause);
    }
  }
}

/** One attempt, through redirects. */
async function follow(request: Ask, settings: ClientSettings): Promise<Answer> {
  const limits = { ...LIMITS, ...settings.limits, ...request.limits };
  let url = addressOf(request.url);
  const { origin } = url;
  for (let hops = 0; hops <= REDIRECTS; hops += 1) {
    const answer = await (settings.send ?? exchange)(
      outgoing(url, url.origin === origin ? request : abroad(request), settings),
      limits,
    );
    if (answer.status === 200 || (answer.status === 304 && request.etag !== undefined)) return answer;
    const next = redirection(answer, url);
    if (next === undefined) throw refusal(answer, url);
    url = next;
  }
  throw new OnlineError(`${shown(addressOf(request.url))} redirects more than ${REDIRECTS} times`);
}

/** An address that may be asked. */
function addressOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw new OnlineError(`"${text.slice(0, 160)}" is not an address of the form https://host/path`);
}

function outgoing(url: URL, { json, etag, into, headers }: Ask, { agent }: ClientSettings): Outgoing {
  const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
  return {
    url,
    method: body ? 'POST' : 'GET',
    headers: {
      'user-agent': agent,
      'accept-encoding': into ? 'identity' : 'gzip',
      ...(body && { 'content-type': 'application/json', 'content-length': String(body.length) }),
      ...(etag !== undefined && { 'if-none-match': etag }),
      ...headers,
    },
    ...(body && { body }),
    ...(into && { into }),
  };
}

/** What goes to an address that nobody named: headers may hold a token. */
function abroad({ headers: _, ...rest }: Ask): Ask {
  return rest;
}

/** Where an answer sends us on to: never to a connection that is less safe, and credentials stay with the host they are for. */
function redirection({ status, headers }: Answer, from: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (!to || !['https:', from.protocol].includes(to.protocol))
    throw new OnlineError(`${shown(from)} redirects to an address that is not followed`);
  return to;
}

function refusal({ status, headers }: Answer, url: URL): OnlineError {
  const words = STATUS_CODES[status];
  const pause = askedToWait(headers);
  return new OnlineError(`${shown(url)} answered ${status}${words === undefined ? '' : ` (${words})`}`, {
    status,
    // GitHub says 403 to who has asked too often, and when it will answer again.
    passing: PASSING.has(status) || (status === 403 && pause !== undefined),
    after: pause,
  });
}

/** Milliseconds of a Retry-After: seconds, or a date by the server's own clock; else until a spent limit is renewed. */
function askedToWait(headers: ReadonlyMap<string, string>): number | undefined {
  const text = headers.get('retry-after');
  if (text === undefined) return untilRenewed(headers);
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  return sinceAnswer(Date.parse(text), headers);
}

/** GitHub and GitLab tell how many requests are left, and the second since 1970 in which there will be more. */
function untilRenewed(headers: ReadonlyMap<string, string>): number | undefined {
  const limit = (name: string): string | undefined =>
    headers.get(`x-ratelimit-${name}`) ?? headers.get(`ratelimit-${name}`);
  const reset = limit('reset') ?? '';
  return limit('remaining') === '0' && /^\d{1,11}$/.test(reset)
    ? sinceAnswer(Number(reset) * 1000, headers)
    : undefined;
}

/** Milliseconds from the answer to an instant, by the server's own clock. */
function sinceAnswer(instant: number, headers: ReadonlyMap<string, string>): number | undefined {
  const ms = instant - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The JSON of an answer. */
export function jsonOf({ body }: Answer, url: string): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new OnlineError(`${shown(addressOf(url))} did not answer with JSON`);
  }
}
