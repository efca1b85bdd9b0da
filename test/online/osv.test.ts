import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AdvisorySource } from '../../src/advisories/advisory.ts';
import { malwareState } from '../../src/advisories/data-states.ts';
import { keptRecords } from '../../src/database/kept-records.ts';
import { openStore } from '../../src/database/store.ts';
import { openClient } from '../../src/online/http.ts';
import { onlineSource } from '../../src/online/online-source.ts';
import { askOsv, type KeptRecords } from '../../src/online/osv.ts';
import { flaw, NOW, type OsvRecord } from '../database/osv-records.ts';
import { temporaryFolder } from '../repo/temporary.ts';
import { type Asked, type Loopback, loopback } from './loopback.ts';

/** A client that waits no longer than this for an answer, in milliseconds. */
function clientFor(patience: number) {
  const limits = { totalMs: 60_000, idleMs: patience };
  return openClient({ agent: 'gonogo/0', wait: async () => undefined, limits });
}

const CLIENT = clientFor(60_000);
const FORGETFUL: KeptRecords = { get: () => undefined, put: () => undefined };

interface Question {
  readonly queries: readonly {
    readonly package: { readonly name: string; readonly ecosystem: string };
    readonly page_token?: string;
  }[];
}

/** A server that speaks as OSV.dev does, with so many hits a page. */
async function osv(records: readonly OsvRecord[], perPage = 1000): Promise<Loopback> {
  return loopback(({ path, body }, response) => {
    if (path !== '/v1/querybatch')
      return response.end(JSON.stringify(records.find(({ id }) => path === `/v1/vulns/${id}`)));
    const { queries } = JSON.parse(body) as Question;
    const results = queries.map(({ package: { name, ecosystem }, page_token }) => {
      const hits = records.filter((it) => JSON.stringify(it.affected).includes(JSON.stringify({ ecosystem, name })));
      const start = Number(page_token ?? 0);
      const vulns = hits.slice(start, start + perPage).map(({ id, modified }) => ({ id, modified }));
      const more = start + perPage < hits.length ? { next_page_token: String(start + perPage) } : {};
      return vulns.length === 0 ? {} : { vulns, ...more };
    });
    return response.end(JSON.stringify({ results }));
  });
}

function source(
  server: Loopback,
  more: { readonly store?: AdvisorySource; readonly kept?: KeptRecords; readonly client?: typeof CLIENT } = {},
): AdvisorySource {
  const { store = openStore([]), kept = FORGETFUL, client = CLIENT } = more;
  return onlineSource({
    store,
    server: server.url,
    now: NOW,
    flagged: (advisory) => advisory,
    ask: (ecosystem, names) => askOsv({ client, api: server.url, kept }, ecosystem, names),
  });
}

const open = (name: string) => ({ name, version: '1.0.0', public: true as const });

function batches(asked: readonly Asked[]): readonly (readonly string[])[] {
  return asked
    .filter(({ path }) => path === '/v1/querybatch')
    .map(({ body }) => (JSON.parse(body) as Question).queries.map((it) => it.package.name + (it.page_token ?? '')));
}

describe('OSV.dev', () => {
  it('is asked for names in batches of a thousand, and answers by name', async () => {
    const server = await osv([flaw('GHSA-1', 'p1'), flaw('GHSA-2', 'p1500')]);
    const online = source(server);
    const packages = Array.from({ length: 2100 }, (_, index) => open(`p${index}`));
    const found = await online.lookup('npm', [...packages, open('p1')]);
    expect([...(found?.keys() ?? [])]).toEqual(['p1', 'p1500']);
    expect(found?.get('p1500')).toMatchObject([{ id: 'GHSA-2', severity: 3, ranges: ['<2.0.0'] }]);
    expect(batches(server.asked).map((it) => it.length)).toEqual([1000, 1000, 100]);
    expect(online.states).toEqual([
      { ecosystem: 'npm', asOf: NOW, records: 2, from: server.url },
      { ecosystem: malwareState('npm'), asOf: NOW, records: 2, from: server.url },
    ]);
    expect(online.troubles).toEqual([]);
  });

  it('is asked again for those with more pages, and only those', async () => {
    const server = await osv([1, 2, 3, 4, 5].map((it) => flaw(`GHSA-${it}`, 'many')).concat(flaw('GHSA-9', 'one')), 2);
    const found = await source(server).lookup('npm', [open('many'), open('one'), open('none')]);
    expect([found?.get('many')?.length, found?.get('one')?.length, found?.has('none')]).toEqual([5, 1, false]);
    expect(batches(server.asked)).toEqual([['many', 'one', 'none'], ['many2'], ['many4']]);
  });

  it('is asked for a record only once, until it changes', async () => {
    const folder = join(temporaryFolder(), 'records');
    const records = [flaw('GHSA-1', 'a')];
    const server = await osv(records);
    const ask = () => source(server, { kept: keptRecords(folder) }).lookup('npm', [open('a')]);
    const fetched = () => server.asked.filter(({ path }) => path.startsWith('/v1/vulns/')).length;
    await ask();
    expect([(await ask())?.size, fetched(), readdirSync(folder)]).toEqual([1, 1, ['GHSA-1.json']]);
    records[0] = flaw('GHSA-1', 'a', { modified: NOW, fixed: '3.0.0' });
    expect((await ask())?.get('a')?.[0]?.ranges).toEqual(['<3.0.0']);
    expect(fetched()).toBe(2);
  });

  it('is told no name that is not known to be public', async () => {
    const server = await osv([flaw('GHSA-1', 'a'), flaw('GHSA-2', 'secret')]);
    const online = source(server);
    const found = await online.lookup('npm', [open('a'), { name: 'secret', version: '1.0.0' }]);
    expect([...(found?.keys() ?? [])]).toEqual(['a']);
    expect(server.asked.map(({ body, path }) => body + path).join()).not.toContain('secret');
    expect([...(online.unanswered?.('npm') ?? [])]).toEqual(['secret']);
    expect(await online.lookup('npm', [{ name: 'secret' }])).toBeUndefined();
  });

  it('is not asked about what it does not serve: its silence would prove nothing', async () => {
    const server = await osv([]);
    expect(await source(server).lookup('Terraform', [open('hashicorp/aws')])).toBeUndefined();
    expect(server.asked).toEqual([]);
  });
});

const store: AdvisorySource = {
  states: [{ ecosystem: 'npm', asOf: '2026-11-01T00:00:00Z', records: 1, from: '/db' }],
  troubles: [],
  lookup: async (ecosystem) =>
    ecosystem === 'npm'
      ? new Map([
          [
            'a',
            [
              {
                id: 'OLD-1',
                aliases: [],
                severity: 1,
                severityFrom: '',
                ranges: ['*'],
                versions: [],
                uncertain: [],
                flags: [],
              },
            ],
          ],
        ])
      : undefined,
};

describe('a server in trouble', () => {
  const troubles: Readonly<Record<string, [Parameters<typeof loopback>[0], RegExp, typeof CLIENT?]>> = {
    'answers 500': [
      (_, response) => response.writeHead(500).end(),
      /answered 500 \(Internal Server Error\) \(asked 3 times\)$/,
    ],
    'answers with a page': [(_, response) => response.end('<html>'), /did not answer with JSON$/],
    'answers with other JSON': [(_, response) => response.end('[1]'), /no answer to what it was asked$/],
    'answers too little': [(_, response) => response.end('{"results":[]}'), /no answer to what it was asked$/],
    'answers with odd ids': [
      (_, response) => response.end('{"results":[{"vulns":[{"id":"../../x","modified":"2026"}]}]}'),
      /no answer to what it was asked$/,
    ],
    'repeats a page for ever': [
      (_, response) => response.end('{"results":[{"next_page_token":"a"}]}'),
      /no answer to what it was asked$/,
    ],
    'has pages without end': [
      (_, response, count) => response.end(`{"results":[{"next_page_token":"${count}"}]}`),
      /tells of more records than are read$/,
    ],
    'has no such record': [
      ({ path }, response) =>
        path === '/v1/querybatch'
          ? response.end('{"results":[{"vulns":[{"id":"A-1","modified":"2026"}]}]}')
          : response.writeHead(404).end(),
      /\/v1\/vulns\/A-1 answered 404 \(Not Found\)$/,
    ],
    'sends another record': [
      ({ path }, response) =>
        response.end(
          path === '/v1/querybatch' ? '{"results":[{"vulns":[{"id":"A-1","modified":"2026"}]}]}' : '{"id":"B-1"}',
        ),
      /no answer to what it was asked$/,
    ],
    'never answers': [() => undefined, /was silent for 0.3 s \(asked 3 times\)$/, clientFor(300)],
  };

  it.each(Object.entries(troubles))(
    '%s: one sentence, and nothing is known, or what the disk knows',
    async (_, [answer, sentence, client = CLIENT]) => {
      const server = await loopback(answer);
      const alone = source(server, { client });
      expect(await alone.lookup('npm', [open('a')])).toBeUndefined();
      expect([alone.states, alone.troubles]).toEqual([[], [expect.stringMatching(sentence)]]);
      const backed = source(server, { store, client });
      expect((await backed.lookup('npm', [open('a')]))?.get('a')?.[0]?.id).toBe('OLD-1');
      expect([backed.states, backed.troubles.length]).toEqual([store.states, 1]);
    },
  );
});

describe('a server over a database', () => {
  it('has the last word on what it was asked, and the disk on the rest', async () => {
    const server = await osv([flaw('GHSA-1', 'b')]);
    const online = source(server, { store });
    const found = await online.lookup('npm', [open('a'), open('b')]);
    expect([...(found?.keys() ?? [])]).toEqual(['b']);
    expect(online.states[0]).toMatchObject({ asOf: NOW, from: server.url });
    const kept = await online.lookup('npm', [{ name: 'a' }, open('b')]);
    expect([...(kept?.keys() ?? [])]).toEqual(['a', 'b']);
    // What the disk answered for is as old as the disk.
    expect(online.states).toEqual(store.states);
  });
});
