import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXPLOITED_STATE, malwareState } from '../../src/advisories/data-states.ts';
import { namedOrigin, publicOrigin } from '../../src/database/origin.ts';
import { openStore } from '../../src/database/store.ts';
import { type Outcome, type UpdateJob, update } from '../../src/database/update.ts';
import { openClient } from '../../src/online/http.ts';
import { write } from '../repo/temporary.ts';
import { ATTRIBUTION, databaseFolder, dumpOf, flaw, flaws, malicious, NOW, type Served, serve } from './osv-records.ts';

const CLIENT = openClient({
  agent: 'gonogo/0',
  wait: async () => undefined,
  limits: { totalMs: 60_000, idleMs: 60_000 },
});

function jobFor(server: Served | string, folder = databaseFolder()): UpdateJob {
  const from = typeof server === 'string' ? server : server.url;
  return {
    folder,
    origin: namedOrigin(CLIENT, from),
    ecosystems: ['npm'],
    malware: false,
    force: false,
    now: NOW,
    builder: '0.0.0',
    attribution: ATTRIBUTION,
    tell: () => undefined,
  };
}

/** What became of npm. */
async function npm(job: UpdateJob): Promise<Pick<Outcome, 'result' | 'sentence'>> {
  const [outcome] = await update(job);
  expect(outcome?.what).toBe('npm');
  return { result: outcome?.result ?? 'failed', sentence: outcome?.sentence ?? '' };
}

async function idsOf(job: UpdateJob, name: string): Promise<readonly string[]> {
  const found = await openStore([job.folder]).lookup('npm', [{ name, version: '1.0.0' }]);
  return (found?.get(name) ?? []).map(({ id }) => id);
}

function filesIn({ folder }: UpdateJob): Readonly<Record<string, string>> {
  const names = existsSync(folder.path) ? readdirSync(folder.path).sort() : [];
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder.path, name), 'base64')]));
}

function pathsAsked(server: Served): readonly string[] {
  return server.asked.splice(0).map(({ path }) => path);
}

describe('an update', () => {
  it('fetches what there is, as old as its newest record says', async () => {
    const server = await serve({ records: [...flaws(3), malicious('MAL-1', 'bad')] });
    const job = jobFor(server);
    expect(await update(job)).toEqual([
      { what: 'npm', result: 'updated', sentence: '3 records, as of 2026-11-10T00:00:00Z' },
      { what: EXPLOITED_STATE, result: 'updated', sentence: '1 listed, as of 2026-11-01T00:00:00Z' },
    ]);
    expect(await idsOf(job, 'pkg-1')).toEqual(['GHSA-0001']);
    expect(await idsOf(job, 'bad')).toEqual([]);
    expect(Object.keys(filesIn(job))).toEqual([
      'exploited.txt',
      'npm.adv',
      'npm.idx',
      'npm.records.gz',
      'npm.state.json',
    ]);
  });

  it('from the publisher itself is as of now', async () => {
    const server = await serve({ records: flaws(2) });
    const services = {
      osvApi: '',
      osvDumps: server.url,
      depsDev: '',
      pagerDuty: '',
      opsgenie: '',
      exploited: `${server.url}/known_exploited_vulnerabilities.json`,
      github: '',
      githubApi: '',
      gitlab: '',
      home: '',
    };
    const job = { ...jobFor(server), origin: publicOrigin(CLIENT, services) };
    await update(job);
    expect(openStore([job.folder]).states.map(({ ecosystem, asOf }) => [ecosystem, asOf])).toEqual([
      ['npm', NOW],
      [EXPLOITED_STATE, NOW],
    ]);
  });

  it('takes the list of malware along when asked to, also later', async () => {
    const server = await serve({ records: [...flaws(2), malicious('MAL-1', 'bad')] });
    const job = jobFor(server);
    await update(job);
    await update({ ...job, malware: true });
    const found = await openStore([job.folder]).lookup('npm', [{ name: 'bad', version: '1.0.0' }]);
    expect(found?.get('bad')?.[0]).toMatchObject({ flags: ['malicious'], ranges: ['*'], severity: 4 });
    expect(openStore([job.folder]).states.map(({ ecosystem }) => ecosystem)).toEqual([
      'npm',
      malwareState('npm'),
      EXPLOITED_STATE,
    ]);
  });

  it('marks what is known to be exploited', async () => {
    const server = await serve({ records: [flaw('GHSA-1', 'a', { aliases: ['CVE-2026-0001'] }), flaw('GHSA-2', 'b')] });
    const job = jobFor(server);
    await update(job);
    const found = await openStore([job.folder]).lookup('npm', [{ name: 'a' }, { name: 'b' }]);
    expect([found?.get('a')?.[0]?.flags, found?.get('b')?.[0]?.flags]).toEqual([['exploited'], []]);
  });

  it('fetches few changes one by one', async () => {
    const server = await serve({ records: [...flaws(50), malicious('MAL-1', 'bad')] });
    const job = jobFor(server);
    await update(job);
    server.asked.splice(0);
    const later = '2026-11-15T00:00:00Z';
    const changed = flaw('GHSA-0007', 'pkg-7', { modified: later, fixed: '3.0.0' });
    const withdrawn = { ...flaw('GHSA-0008', 'pkg-8'), modified: later, withdrawn: later };
    const added = flaw('GHSA-9999', 'new', { modified: later });
    server.bucket.records = [
      ...flaws(7),
      changed,
      withdrawn,
      ...flaws(50).slice(9),
      added,
      { ...malicious('MAL-2', 'b'), modified: later },
    ];
    expect(await npm(job)).toEqual({ result: 'updated', sentence: `50 records (+0), as of ${later}` });
    expect(pathsAsked(server)).not.toContain('/npm/all.zip');
    expect([await idsOf(job, 'new'), await idsOf(job, 'pkg-8')]).toEqual([['GHSA-9999'], []]);
    const found = await openStore([job.folder]).lookup('npm', [{ name: 'pkg-7' }]);
    expect(found?.get('pkg-7')?.[0]?.ranges).toEqual(['<3.0.0']);
    // The same as from all records at once.
    const anew = jobFor(server);
    await update(anew);
    expect(filesIn(job)['npm.adv']).toBe(filesIn(anew)['npm.adv']);
  });

  it('fetches nothing but the list of changes when there are none', async () => {
    const server = await serve({ records: flaws(5) });
    const job = jobFor(server);
    await update(job);
    const before = filesIn(job);
    server.asked.splice(0);
    expect(await npm(job)).toEqual({ result: 'unchanged', sentence: 'unchanged, as of 2026-11-10T00:00:00Z' });
    expect(pathsAsked(server).filter((path) => path.endsWith('.zip'))).toEqual([]);
    expect(filesIn(job)).toEqual(before);
  });

  it.each([
    ['there is no list of changes', { changes: false }, NOW],
    ['the last whole one is a week old', {}, '2026-11-24T00:00:00Z'],
  ])('asks for all only if that has changed where %s', async (_, given, later) => {
    const server = await serve({ records: flaws(5), etag: '"1"', ...given });
    const job = jobFor(server);
    await update(job);
    server.asked.splice(0);
    expect((await npm({ ...job, now: later })).result).toBe('unchanged');
    expect(server.asked.find(({ path }) => path === '/npm/all.zip')?.headers['if-none-match']).toBe('"1"');
    server.bucket.etag = '"2"';
    server.bucket.records = flaws(6);
    expect((await npm({ ...job, now: later })).sentence).toBe('6 records (+1), as of 2026-11-10T00:00:00Z');
  });

  it('fetches all where its own memory does not fit the data', async () => {
    for (const damage of ['npm.state.json', 'npm.records.gz', 'npm.adv']) {
      const server = await serve({ records: flaws(5), etag: '"1"' });
      const job = jobFor(server);
      await update(job);
      server.asked.splice(0);
      writeFileSync(join(job.folder.path, damage), 'damaged');
      await update(job);
      const [all] = server.asked.filter(({ path }) => path === '/npm/all.zip');
      expect(all?.headers['if-none-match']).toBeUndefined();
      expect(await idsOf(job, 'pkg-1')).toEqual(['GHSA-0001']);
    }
  });

  it('from a folder is laid out like a mirror, or like the cache of osv-scanner', async () => {
    for (const prefix of ['', 'osv-scanner/']) {
      const { path } = databaseFolder();
      write(path, { [`${prefix}npm/all.zip`]: dumpOf(flaws(3)) });
      const job = jobFor(path);
      expect((await npm(job)).sentence).toBe('3 records, as of 2026-11-10T00:00:00Z');
      expect((await npm({ ...job, ecosystems: ['npm'] })).result).toBe('unchanged');
    }
    expect(() => namedOrigin(CLIENT, '/nonexistent')).toThrow('is neither a folder nor an address');
  });
});

describe('an update that goes wrong leaves what was there', () => {
  const troubles: Readonly<Record<string, [NonNullable<Served['bucket']['trouble']>, RegExp]>> = {
    'the server answers 500': [
      (_, response) => Boolean(response.writeHead(500).end()),
      /all\.zip answered 500 \(Internal Server Error\)/,
    ],
    'the server answers with a page': [
      (_, response) => Boolean(response.end('<html>hello</html>')),
      /all\.zip of .* is no zip, or is cut off$/,
    ],
    'half of the zip is missing': [
      (_, response) => Boolean(response.end(dumpOf(flaws(5)).subarray(0, 500))),
      /is no zip, or is cut off$/,
    ],
    'the zip is damaged': [
      (_, response) => {
        const bytes = dumpOf(flaws(5));
        bytes[60] = (bytes[60] ?? 0) ^ 0xff;
        return Boolean(response.end(bytes));
      },
      /is damaged at the member "GHSA-0000.json"$/,
    ],
    'a record is none': [
      (_, response) =>
        Boolean(
          response.end(
            dumpOf([...flaws(5), { id: 'odd', modified: '' }].map((it) => (it.id === 'odd' ? (7 as never) : it))),
          ),
        ),
      /holds something that is no record/,
    ],
    'the sum does not match': [
      (_, response) => {
        response.setHeader('x-goog-hash', 'crc32c=AAAAAA==, md5=1B2M2Y8AsgTpgAmY7PhCfg==');
        return Boolean(response.end(dumpOf(flaws(5))));
      },
      /sent something else than it says \(the sums differ\)$/,
    ],
    'the server breaks off': [
      (_, response) => {
        response.setHeader('content-length', '100000');
        response.write('PK', () => response.destroy());
        return true;
      },
      /broke off before its answer was complete/,
    ],
    'records have gone': [
      (_, response) => Boolean(response.end(dumpOf(flaws(17)))),
      /^17 records would take the place of 20, so the old data stays$/,
    ],
    'the data is older': [
      (_, response) =>
        Boolean(response.end(dumpOf(flaws(20).map((it) => ({ ...it, modified: '2026-11-01T00:00:00Z' }))))),
      /^data of 2026-11-01T00:00:00Z would take the place of data of 2026-11-10T00:00:00Z/,
    ],
  };

  it.each(Object.entries(troubles))('where %s', async (_, [trouble, sentence]) => {
    const server = await serve({ records: flaws(20), changes: false });
    const job = jobFor(server);
    await update(job);
    const { 'exploited.txt': __, ...before } = filesIn(job);
    server.bucket.trouble = (path, response) => path.endsWith('all.zip') && trouble(path, response);
    const outcome = await npm(job);
    expect(outcome.result).toBe('failed');
    expect(outcome.sentence).toMatch(sentence);
    const { 'exploited.txt': ___, ...after } = filesIn(job);
    expect(after).toEqual(before);
    expect(await idsOf(job, 'pkg-19')).toEqual(['GHSA-0019']);
  });

  it('but takes fewer or older records when told to', async () => {
    const server = await serve({ records: flaws(20), changes: false });
    const job = jobFor(server);
    await update(job);
    server.bucket.records = flaws(3);
    expect((await npm({ ...job, force: true })).sentence).toBe('3 records (-17), as of 2026-11-10T00:00:00Z');
  });

  it('where the list of changes is empty, which proves nothing', async () => {
    const server = await serve({ records: flaws(20) });
    const job = jobFor(server);
    await update(job);
    server.bucket.records = [...flaws(20), flaw('GHSA-9', 'new')];
    server.bucket.trouble = (path, response) => path.endsWith('.csv') && Boolean(response.end(''));
    expect((await npm(job)).sentence).toBe('21 records (+1), as of 2026-11-10T00:00:00Z');
  });

  it('in one ecosystem, and goes on with the others', async () => {
    const server = await serve({ records: flaws(2) });
    const outcomes = await update({ ...jobFor(server), ecosystems: ['PyPI', 'npm'] });
    expect(outcomes.map(({ what, result }) => [what, result])).toEqual([
      ['PyPI', 'failed'],
      ['npm', 'updated'],
      [EXPLOITED_STATE, 'updated'],
    ]);
  });

  it('of what is known to be exploited', async () => {
    const server = await serve({ records: flaws(2), exploited: ['CVE-1', 'CVE-2', 'CVE-3'] });
    const job = jobFor(server);
    await update(job);
    for (const exploited of [[], ['CVE-1']]) {
      server.bucket.exploited = exploited;
      const [, outcome] = await update(job);
      expect(outcome?.result).toBe('failed');
    }
    expect(openStore([job.folder]).states.at(-1)).toMatchObject({ ecosystem: EXPLOITED_STATE, records: 3 });
  });

  it('even where the records that were fetched one by one are odd', async () => {
    const server = await serve({ records: flaws(20) });
    const job = jobFor(server);
    await update(job);
    server.bucket.records = [...flaws(20), flaw('GHSA-9', 'new', { modified: '2026-11-15T00:00:00Z' })];
    server.bucket.trouble = (path, response) => path.endsWith('GHSA-9.json') && Boolean(response.end('{"id":"other"}'));
    server.asked.splice(0);
    expect((await npm(job)).sentence).toBe('21 records (+1), as of 2026-11-15T00:00:00Z');
    expect(pathsAsked(server)).toContain('/npm/all.zip');
  });

  it('and removes what one that was killed has left, a day later', async () => {
    const server = await serve({ records: flaws(2) });
    const job = jobFor(server);
    write(job.folder.path, { '.new-old/all.zip': 'x', '.new-young/all.zip': 'x' });
    utimesSync(join(job.folder.path, '.new-old'), 1, 1);
    utimesSync(join(job.folder.path, '.new-young'), new Date(NOW), new Date(NOW));
    await update(job);
    expect(readdirSync(job.folder.path).filter((name) => name.startsWith('.'))).toEqual(['.new-young']);
  });

  it('where two run at once, one of them is whole', async () => {
    const [one, two] = [await serve({ records: flaws(40) }), await serve({ records: flaws(41) })];
    const folder = databaseFolder();
    await Promise.all([update(jobFor(one, folder)), update(jobFor(two, folder))]);
    const store = openStore([folder]);
    expect([40, 41]).toContain(store.describe('npm')?.header.records);
    expect(store.troubles).toEqual([]);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
