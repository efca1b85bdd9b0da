/** OSV records of our own writing, and a server laid out as OSV publishes them. */
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Ecosystem } from '../../src/versions/order.ts';
import { type Loopback, loopback } from '../online/loopback.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { zipOf } from './zip-maker.ts';

export const NOW = '2026-11-16T12:00:00Z';
export const ATTRIBUTION = { name: 'OSV.dev', licence: 'CC-BY-4.0', url: 'https://osv.dev' };

export interface OsvRecord {
  readonly id: string;
  readonly modified: string;
  readonly [field: string]: unknown;
}

/** A flaw of one package, below 2.0.0. */
export function flaw(id: string, name: string, more: Readonly<Record<string, unknown>> = {}): OsvRecord {
  const { ecosystem = 'npm', fixed = '2.0.0', ...rest } = more;
  const events = [{ introduced: '0' }, { fixed }];
  return {
    id,
    modified: '2026-11-10T00:00:00Z',
    published: '2026-10-01T00:00:00Z',
    affected: [{ package: { ecosystem, name }, ranges: [{ type: 'SEMVER', events }] }],
    database_specific: { severity: 'HIGH' },
    ...rest,
  };
}

/** A malicious package, every version of it. */
export function malicious(id: string, name: string): OsvRecord {
  const ranges = [{ type: 'SEMVER', events: [{ introduced: '0' }] }];
  return { id, modified: '2026-11-12T00:00:00Z', affected: [{ package: { ecosystem: 'npm', name }, ranges }] };
}

/** So many flaws of so many packages. */
export function flaws(count: number): readonly OsvRecord[] {
  return Array.from({ length: count }, (_, index) => flaw(`GHSA-${String(index).padStart(4, '0')}`, `pkg-${index}`));
}

/** The dump of some records. */
export function dumpOf(records: readonly OsvRecord[]): Buffer {
  return zipOf(records.map((record) => ({ name: `${record.id}.json`, content: JSON.stringify(record) })));
}

/** What the server serves; a test may change it as it goes. */
export interface Bucket {
  records: readonly OsvRecord[];
  ecosystem: Ecosystem;
  etag?: string;
  changes: boolean;
  exploited: readonly string[] | undefined;
  /** Answers instead, where it returns true. */
  trouble?: (path: string, response: ServerResponse) => boolean;
}

export interface Served extends Loopback {
  readonly bucket: Bucket;
}

/** A server laid out as OSV's dumps are. */
export async function serve(given: Partial<Bucket> = {}): Promise<Served> {
  const bucket: Bucket = { records: [], ecosystem: 'npm', changes: true, exploited: ['CVE-2026-0001'], ...given };
  const server = await loopback(({ path, headers }, response) => {
    if (bucket.trouble?.(path, response)) return;
    const body = bodyOf(bucket, path);
    if (body === undefined) response.writeHead(404).end();
    else if (bucket.etag !== undefined && headers['if-none-match'] === bucket.etag) response.writeHead(304).end();
    else {
      if (bucket.etag !== undefined) response.setHeader('etag', bucket.etag);
      response.end(body);
    }
  });
  return { ...server, bucket };
}

function bodyOf({ records, ecosystem, changes, exploited }: Bucket, path: string): string | Buffer | undefined {
  if (path === '/known_exploited_vulnerabilities.json')
    return (
      exploited && JSON.stringify({ vulnerabilities: exploited.map((cveID) => ({ cveID, dateAdded: '2026-11-01' })) })
    );
  if (!path.startsWith(`/${ecosystem}/`)) return undefined;
  const file = path.slice(ecosystem.length + 2);
  if (file === 'all.zip') return dumpOf(records);
  if (file !== 'modified_id.csv')
    return JSON.stringify(records.find(({ id }) => `${id}.json` === decodeURIComponent(file)));
  const newestFirst = [...records].sort((a, b) => (a.modified < b.modified ? 1 : -1));
  return changes ? newestFirst.map(({ id, modified }) => `${modified},${id}\n`).join('') : undefined;
}

/** An empty folder for a database. */
export function databaseFolder(): { readonly path: string; readonly named: boolean } {
  return { path: join(temporaryFolder(), 'db'), named: true };
}
