/** Where an update is taken from: the public service, a mirror over HTTP, or a folder that is laid out like one. */
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../input-error.ts';
import { type Answer, type Client, jsonOf } from '../online/http.ts';
import { OnlineError } from '../online/online-error.ts';
import type { Services } from '../online/services.ts';
import type { Ecosystem } from '../versions/order.ts';
import { type Changes, changesFrom, readChanges } from './changes.ts';
import { parsed } from './records.ts';

/** What an origin says about something it serves. */
export interface Said {
  /** Of the state that was served. */
  readonly etag?: string;
  /** ISO instant at which it was written, where that is told. */
  readonly written?: string;
}

/** A dump: in which file it is, or that nothing has changed. */
type Dump = Said & ({ readonly path: string } | { readonly unchanged: true });

/** A place that serves records. Whatever fails rejects with an InputError or an OnlineError. */
export interface Origin {
  /** Whom to thank, and where it came from. */
  readonly name: string;
  /** The publisher itself: what it serves now is complete as of now. */
  readonly official: boolean;
  /** Puts the dump of an ecosystem's records into a file, or undefined where its state is still the one with this ETag. */
  dump(ecosystem: Ecosystem, path: string, etag: string | undefined): Promise<Dump>;
  /** What was changed at an instant or later; undefined where it cannot tell, or where that is more than so many. */
  changes(ecosystem: Ecosystem, since: string, most: number): Promise<(Said & Changes) | undefined>;
  record(ecosystem: Ecosystem, id: string): Promise<unknown>;
  /** The catalogue of what is known to be exploited; undefined where it has none. */
  exploited(): Promise<unknown>;
}

const DUMP = { totalMs: 30 * 60_000, idleMs: 60_000, maxBytes: 2 * 1024 ** 3 };
/** The name CISA gives its file, which a mirror keeps. */
const EXPLOITED_JSON = 'known_exploited_vulnerabilities.json';

/** The publisher's own service. */
export function publicOrigin(client: Client, { osvDumps, exploited }: Services): Origin {
  return { ...httpOrigin(client, osvDumps, exploited), name: 'OSV.dev', official: true };
}

/** What `--from` names: an address or a folder. */
export function namedOrigin(client: Client, from: string): Origin {
  if (/^https?:\/\//i.test(from)) {
    const base = from.replace(/\/+$/, '');
    return httpOrigin(client, base, `${base}/${EXPLOITED_JSON}`);
  }
  if (statSync(from, { throwIfNoEntry: false })?.isDirectory()) return folderOrigin(from);
  throw new InputError(
    `"${from}" is neither a folder nor an address`,
    '--from',
    'give https://host/path, or a folder laid out like it',
  );
}

function httpOrigin(client: Client, base: string, exploitedUrl: string): Origin {
  const at = (ecosystem: Ecosystem, file: string) =>
    `${base}/${encodeURIComponent(ecosystem)}/${encodeURIComponent(file)}`;
  return {
    name: withoutSecrets(base),
    official: false,
    dump: (ecosystem, path, etag) => download(client, at(ecosystem, 'all.zip'), path, etag),
    changes: async (ecosystem, since, most) => {
      const into = readChanges(since, most);
      const url = at(ecosystem, 'modified_id.csv');
      const found = await unlessMissing(() => changesFrom(into, () => client.ask({ url, into, limits: DUMP })));
      return found && { ...found.changes, ...(found.answer && saidBy(found.answer)) };
    },
    record: (ecosystem, id) => jsonFrom(client, at(ecosystem, `${id}.json`)),
    exploited: () => unlessMissing(() => jsonFrom(client, exploitedUrl)),
  };
}

async function jsonFrom(client: Client, url: string): Promise<unknown> {
  return jsonOf(await client.ask({ url }), url);
}

/** What is not there is no trouble where there need not be any. */
async function unlessMissing<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OnlineError && error.status === 404) return undefined;
    throw error;
  }
}

/** Writes an answer to a file as it comes, and holds it to the sum that the server tells. */
async function download(client: Client, url: string, path: string, etag: string | undefined): Promise<Dump> {
  const descriptor = openSync(path, 'wx', 0o600);
  let sum = createHash('md5');
  let size = 0;
  const into = {
    begin: () => {
      ftruncateSync(descriptor);
      size = 0;
      sum = createHash('md5');
    },
    write: (chunk: Buffer) => {
      sum.update(chunk);
      for (let done = 0; done < chunk.length; ) {
        done += writeSync(descriptor, chunk, done, chunk.length - done, size + done);
      }
      size += chunk.length;
    },
  };
  try {
    const answer = await client.ask({ url, into, limits: DUMP, ...(etag !== undefined && { etag }) });
    if (answer.status === 304) return { ...saidBy(answer), unchanged: true };
    const [, told] = /(?:^|,)\s*md5=([A-Za-z0-9+/=]+)/.exec(answer.headers.get('x-goog-hash') ?? '') ?? [];
    if (told !== undefined && told !== sum.digest('base64'))
      throw new OnlineError(`${withoutSecrets(url)} sent something else than it says (the sums differ)`);
    return { ...saidBy(answer), path };
  } finally {
    closeSync(descriptor);
  }
}

function saidBy({ headers }: Answer): Said {
  const etag = headers.get('etag');
  const written = instantOf(headers.get('last-modified'));
  return { ...(etag !== undefined && { etag }), ...(written !== undefined && { written }) };
}

function instantOf(date: string | undefined): string | undefined {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? undefined : `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** An address without what may be secret in it. */
function withoutSecrets(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url ? `${url.protocol}//${url.host}${url.pathname}`.replace(/\/$/, '') : address;
}

/** A folder that is laid out like the publisher's, or like the cache of osv-scanner. */
function folderOrigin(folder: string): Origin {
  const roots = [folder, join(folder, 'osv-scanner')];
  return {
    name: folder,
    official: false,
    dump: async (ecosystem) => {
      const path = roots.map((root) => join(root, ecosystem, 'all.zip')).find(isFile);
      if (path !== undefined) return { path };
      throw new InputError(`"${folder}" holds no ${ecosystem}/all.zip`, '--from', 'name the folder around it');
    },
    changes: async () => undefined,
    record: async () => undefined,
    exploited: async () => {
      const path = roots.map((root) => join(root, EXPLOITED_JSON)).find(isFile);
      return path === undefined ? undefined : (parsed(readFileSync(path, 'utf8')) ?? {});
    },
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
