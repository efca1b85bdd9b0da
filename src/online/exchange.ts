/** One request and its answer over HTTP, bounded in time and size. Follows nothing, repeats nothing. */
import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent, request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { table } from '../table.ts';
import { OnlineError } from './online-error.ts';

/** How much a server is given. */
export interface Limits {
  /** Milliseconds for one exchange from its start to the last byte. */
  readonly totalMs: number;
  /** Milliseconds without a byte. */
  readonly idleMs: number;
  /** Bytes of the answer, unpacked. */
  readonly maxBytes: number;
}

/** Takes an answer that is too large to be held; told anew at each attempt. */
export interface Sink {
  begin(): void;
  write(chunk: Buffer): void;
}

/** What is sent. */
export interface Outgoing {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Where a body of status 200 goes; into the answer when not given. */
  readonly into?: Sink;
  /** Looks a name up, for those who refuse some of what names lead to. */
  readonly lookup?: LookupFunction;
}

/** What came back, whatever the status. */
export interface Incoming {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Empty unless the status is 200, or when there is a sink. */
  readonly body: Buffer;
}

/** Connections that are kept between exchanges; those at rest do not keep the process alive. */
const AGENTS = {
  'http:': new PlainAgent({ keepAlive: true, maxSockets: 8 }),
  'https:': new Agent({ keepAlive: true, maxSockets: 8 }),
};

/** Sends one request and reads the answer; rejects with an OnlineError. */
export async function exchange(outgoing: Outgoing, limits: Limits): Promise<Incoming> {
  const sent = start(outgoing);
  let why: OnlineError | undefined;
  function stop(reason: OnlineError): void {
    why ??= reason;
    sent.destroy(reason);
  }
  const name = shown(outgoing.url);
  const passing = true;
  const timer = setTimeout(
    () => stop(new OnlineError(`${name} did not finish within ${seconds(limits.totalMs)}`, { slow: true })),
    limits.totalMs,
  );
  sent.setTimeout(limits.idleMs, () =>
    stop(new OnlineError(`${name} was silent for ${seconds(limits.idleMs)}`, { passing })),
  );
  try {
    const response = await answerTo(sent, outgoing.body);
    return await received(response, outgoing, limits);
  } catch (error) {
    if (error instanceof SinkError) throw error.cause;
    throw why ?? asOnlineError(error, name);
  } finally {
    clearTimeout(timer);
  }
}

/** An address as it is shown: without what may be secret in it. */
export function shown(url: URL): string {
  const text = `${url.protocol}//${url.host}${url.pathname}`;
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

/** Milliseconds in words. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function start({ url, method, headers, lookup }: Outgoing): ClientRequest {
  const options = { method, headers, ...(lookup && { lookup }) };
  return url.protocol === 'http:'
    ? plainRequest(url, { ...options, agent: AGENTS['http:'] })
    : secureRequest(url, { ...options, agent: AGENTS['https:'] });
}

function answerTo(sent: ClientRequest, body: Buffer | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once('response', resolve);
    // Stays, because a connection may break more than once.
    sent.on('error', reject);
    sent.end(body);
  });
}

async function received(response: IncomingMessage, { url, into }: Outgoing, limits: Limits): Promise<Incoming> {
  const status = response.statusCode ?? 0;
  const headers = new Map(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  if (status !== 200) {
    // What a refusal says at length is not read; "not modified" says nothing, and the connection may stay.
    if (status === 304) response.resume();
    else response.destroy();
    return { status, headers, body: Buffer.alloc(0) };
  }
  const body: Buffer[] = [];
  const sink = into ? watched(into) : { begin: () => undefined, write: (chunk: Buffer) => void body.push(chunk) };
  sink.begin();
  let bytes = 0;
  for await (const chunk of unpacked(response, headers, url) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limits.maxBytes) throw new OnlineError(`${shown(url)} sends more than ${megabytes(limits.maxBytes)}`);
    sink.write(chunk);
  }
  if (!response.complete) throw new OnlineError(`${shown(url)} ${BROKEN_OFF}`, { passing: true });
  return { status, headers, body: Buffer.concat(body) };
}

/** What a sink threw: no fault of the server's. */
class SinkError extends Error {}

function watched(sink: Sink): Sink {
  function carefully(step: () => void): void {
    try {
      step();
    } catch (cause) {
      throw new SinkError('', { cause });
    }
  }
  return { begin: () => carefully(() => sink.begin()), write: (chunk) => carefully(() => sink.write(chunk)) };
}

function unpacked(response: IncomingMessage, headers: ReadonlyMap<string, string>, url: URL): Readable {
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding === 'identity') return response;
  if (/^(x-)?gzip$/i.test(encoding)) return pipeline(response, createGunzip(), () => undefined);
  response.destroy();
  throw new OnlineError(`${shown(url)} answered in an encoding that was not asked for`);
}

function megabytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${bytes} bytes`;
}

const BROKEN_OFF = 'broke off before its answer was complete';

const WORDS: Readonly<Record<string, readonly [says: string, passing: boolean]>> = table({
  ENOTFOUND: ['cannot be reached: its name is not known here', false],
  EAI_AGAIN: ['cannot be reached: its name could not be looked up', true],
  ECONNREFUSED: ['cannot be reached: it refuses the connection', true],
  ECONNRESET: [BROKEN_OFF, true],
  EPIPE: [BROKEN_OFF, true],
  ETIMEDOUT: ['cannot be reached: no connection came about', true],
  EHOSTUNREACH: ['cannot be reached: there is no way to it', true],
  ENETUNREACH: ['cannot be reached: there is no network', true],
  Z_DATA_ERROR: ['answered with something that cannot be unpacked', false],
  Z_BUF_ERROR: [BROKEN_OFF, true],
});

/** What Node says, as a sentence. */
function asOnlineError(error: unknown, name: string): OnlineError {
  if (error instanceof OnlineError) return error;
  const { code = '' } = error as NodeJS.ErrnoException;
  const [says, passing = false] = WORDS[code] ?? [];
  if (says !== undefined) return new OnlineError(`${name} ${says}`, { passing });
  if (code.startsWith('HPE_')) return new OnlineError(`${name} answered with something that is not HTTP`);
  if (/CERT|SSL|TLS|SIGNED|ISSUER/.test(code)) {
    const hint = 'set NODE_EXTRA_CA_CERTS where your network has an authority of its own';
    return new OnlineError(`${name} cannot prove who it is (${code}); ${hint}`);
  }
  return new OnlineError(`${name} could not be asked: ${code || 'the connection failed'}`);
}
