import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statusText } from '../../src/cli/db-status.ts';
import { exported } from '../../src/database/bundle.ts';
import { type ImportJob, importAll } from '../../src/database/import.ts';
import { openStore } from '../../src/database/store.ts';
import { InputError } from '../../src/input-error.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { ATTRIBUTION, databaseFolder, dumpOf, flaw, flaws, malicious } from './osv-records.ts';
import { zipOf } from './zip-maker.ts';

function jobFor(paths: readonly string[], more: Partial<ImportJob> = {}): ImportJob {
  return {
    folder: databaseFolder(),
    paths,
    ecosystems: [],
    malware: false,
    force: false,
    builder: '0.0.0',
    attribution: ATTRIBUTION,
    tell: () => undefined,
    ...more,
  };
}

function zipIn(folder: string, content: string | Buffer): string {
  write(folder, { 'npm.zip': content });
  return join(folder, 'npm.zip');
}

function statesOf({ folder }: ImportJob) {
  return openStore([folder]).states.map(({ ecosystem, records, partial }) => [ecosystem, records, partial ?? false]);
}

function bytesIn({ folder }: ImportJob): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder.path)
      .sort()
      .map((name) => [name, readFileSync(join(folder.path, name), 'base64')]),
  );
}

describe('an import', () => {
  it('of dumps is whole for the ecosystem that each is named after, and for no other', async () => {
    const folder = temporaryFolder();
    const both = {
      ...flaw('GHSA-B', 'both'),
      affected: [...(flaw('', 'x').affected as []), ...(flaw('', 'y', { ecosystem: 'PyPI' }).affected as [])],
    };
    write(folder, {
      'npm/all.zip': dumpOf([...flaws(3), both]),
      'go.zip': dumpOf([flaw('GO-1', 'm', { ecosystem: 'Go' })]),
    });
    const job = jobFor([join(folder, 'npm/all.zip'), join(folder, 'go.zip')]);
    expect(await importAll(job)).toEqual([
      { what: 'npm', sentence: '4 records, as of 2026-11-10T00:00:00Z' },
      { what: 'Go', sentence: '1 record, as of 2026-11-10T00:00:00Z' },
    ]);
    expect(statesOf(job)).toEqual([
      ['npm', 4, false],
      ['Go', 1, false],
    ]);
  });

  it('of the cache of osv-scanner finds all dumps in it', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'osv-scanner/npm/all.zip': dumpOf([...flaws(2), malicious('MAL-1', 'bad')]),
      'osv-scanner/crates.io/all.zip': dumpOf([flaw('RUSTSEC-1', 'c', { ecosystem: 'crates.io' })]),
    });
    const job = jobFor([folder], { malware: true });
    await importAll(job);
    expect(statesOf(job)).toEqual([
      ['npm', 2, false],
      ['npm malware', 1, false],
      ['crates.io', 1, false],
      ['crates.io malware', 0, false],
    ]);
  });

  it('of records in JSON and YAML is a part, unless they are said to be all', async () => {
    const folder = temporaryFolder();
    const yaml =
      'id: PYSEC-1\nmodified: "2026-11-09T00:00:00Z"\naffected:\n- package: { ecosystem: PyPI, name: a }\n  ranges: [{ type: ECOSYSTEM, events: [{ introduced: "0" }, { fixed: "2.0" }] }]\n';
    write(folder, {
      'a/GHSA-1.json': JSON.stringify(flaw('GHSA-1', 'a')),
      'b/PYSEC-1.yaml': yaml,
      '.git/x.json': '{',
      'README.md': '#',
    });
    symlinkSync('/etc', join(folder, 'etc'));
    const job = jobFor([folder]);
    expect((await importAll(job)).map(({ sentence }) => sentence)).toEqual([
      '1 record, as of 2026-11-10T00:00:00Z (some of them, so that "none found" proves nothing)',
      '1 record, as of 2026-11-09T00:00:00Z (some of them, so that "none found" proves nothing)',
    ]);
    expect(statesOf(job)).toEqual([
      ['npm', 1, true],
      ['PyPI', 1, true],
    ]);
    const all = jobFor([folder], { ecosystems: ['npm'], asOf: '2026-11-16T00:00:00Z' });
    await importAll(all);
    expect(statesOf(all)).toEqual([
      ['npm', 1, false],
      ['PyPI', 1, true],
    ]);
    expect(openStore([all.folder]).describe('npm')?.header).toMatchObject({
      asOf: '2026-11-16T00:00:00Z',
      sources: [{ name: 'imported records' }],
    });
  });

  it('with something unreadable in it is never whole', async () => {
    const folder = temporaryFolder();
    write(folder, { 'GHSA-1.json': JSON.stringify(flaw('GHSA-1', 'a')), 'GHSA-2.json': '{"id": "GHSA-2"' });
    const told: string[] = [];
    const job = jobFor([folder], { ecosystems: ['npm'], tell: (sentence) => void told.push(sentence) });
    await importAll(job);
    expect(statesOf(job)).toEqual([['npm', 1, true]]);
    expect(told).toEqual([`"${join(folder, 'GHSA-2.json')}" is no record`]);
  });

  it('says that nobody tells how old records with empty dates are, and takes the day that the operator gives', async () => {
    const folder = temporaryFolder();
    const empty = { ecosystem: 'Go', modified: '0001-01-01T00:00:00Z', published: '0001-01-01T00:00:00Z' };
    write(folder, { 'GO-1.json': JSON.stringify(flaw('GO-2026-1', 'm', empty)) });
    const told: string[] = [];
    const job = jobFor([folder], { ecosystems: ['Go'], tell: (sentence) => void told.push(sentence) });
    expect(await importAll(job)).toEqual([{ what: 'Go', sentence: '1 record, of an age that nobody tells' }]);
    expect(told).toEqual(['Go: no record tells when it was changed; give the day they are of with --as-of']);
    expect(statusText(openStore([job.folder]), [], '2026-11-16T00:00:00Z')).toContain(
      'Go  1 record  of an unknown day',
    );
    expect(await importAll({ ...job, asOf: '2026-11-15T00:00:00Z' })).toEqual([
      { what: 'Go', sentence: '1 record, as of 2026-11-15T00:00:00Z' },
    ]);
  });

  it('of a checkout passes over files that are no records, and is whole all the same', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'vulns/GHSA-1.json': JSON.stringify(flaw('GHSA-1', 'a')),
      'triage/list.yaml': 'todo: [a, b]\n',
      '.lint.yml': 'rules: {}\n',
      'package.json': '{"name": "x"}',
    });
    const told: string[] = [];
    const job = jobFor([folder], { ecosystems: ['npm'], tell: (sentence) => void told.push(sentence) });
    await importAll(job);
    expect(statesOf(job)).toEqual([['npm', 1, false]]);
    expect(told).toEqual([`2 files are no OSV records and were passed over, first "${join(folder, 'package.json')}"`]);
  });

  it('of a part does not take the place of the whole', async () => {
    const folder = temporaryFolder();
    write(folder, { 'npm/all.zip': dumpOf(flaws(1)), 'own/GHSA-1.json': JSON.stringify(flaw('GHSA-1', 'a')) });
    const job = jobFor([join(folder, 'npm/all.zip')]);
    await importAll(job);
    const before = bytesIn(job);
    await expect(importAll({ ...job, paths: [join(folder, 'own')] })).rejects.toThrow(
      'npm: some records would take the place of all, so the old data stays',
    );
    expect(bytesIn(job)).toEqual(before);
  });

  it('builds the same bytes from the same records, whatever their order and packing', async () => {
    const folder = temporaryFolder();
    write(folder, {
      'one/npm/all.zip': dumpOf(flaws(9)),
      'two/npm/all.zip': zipOf(
        [...flaws(9)]
          .reverse()
          .map((it) => ({ name: `x/${it.id}.json`, content: JSON.stringify(it, undefined, 2), stored: true })),
      ),
    });
    const jobs = ['one', 'two'].map((name) => jobFor([join(folder, name)], { asOf: '2026-11-16T00:00:00Z' }));
    for (const job of jobs) await importAll(job);
    const [one, two] = jobs.map(bytesIn);
    expect(one).toEqual(two);
    expect(Object.keys(one ?? {})).toEqual(['npm.adv', 'npm.idx']);
  });

  it.each([
    ['a path that is not there', (folder: string) => join(folder, 'none'), /there is no file or folder/],
    ['a folder without records', (folder: string) => folder, /there are no advisories at/],
    ['a zip that is none', (folder: string) => zipIn(folder, 'hello'), /is no zip, or is cut off$/],
    [
      'a zip that is cut off',
      (folder: string) => zipIn(folder, dumpOf(flaws(3)).subarray(9)),
      /is (cut off|damaged|no zip)|has a broken directory/,
    ],
  ])('says what is wrong with %s', async (_, make, sentence) => {
    const job = jobFor([make(temporaryFolder())]);
    await expect(importAll(job)).rejects.toThrow(sentence);
    await expect(importAll(job)).rejects.toBeInstanceOf(InputError);
    expect(statesOf(job)).toEqual([]);
  });
});

describe('an export', () => {
  async function filled(): Promise<ImportJob> {
    const folder = temporaryFolder();
    write(folder, {
      'npm/all.zip': dumpOf([...flaws(5), malicious('MAL-1', 'bad')]),
      'PyPI/all.zip': dumpOf([flaw('PYSEC-1', 'p', { ecosystem: 'PyPI' })]),
    });
    const job = jobFor([folder], { malware: true });
    await importAll(job);
    return job;
  }

  it('is one zip that another site takes in as it is', async () => {
    const job = await filled();
    const { zip } = exported(job.folder);
    expect(exported(job.folder).zip.equals(zip)).toBe(true);
    const file = join(temporaryFolder(), 'advisories.zip');
    writeFileSync(file, zip);
    const there = jobFor([file]);
    expect((await importAll(there)).map(({ what }) => what)).toEqual(['npm', 'PyPI']);
    expect(bytesIn(there)).toEqual(bytesIn(job));
    // A folder of such files is as good.
    const beside = jobFor([job.folder.path]);
    await importAll(beside);
    expect(bytesIn(beside)).toEqual(bytesIn(job));
  });

  it('that was damaged is not taken in', async () => {
    const job = await filled();
    const adv = join(job.folder.path, 'npm.adv');
    const text = readFileSync(adv, 'utf8');
    writeFileSync(adv, text.replace('<2.0.0', '<0.0.0'));
    const there = jobFor([job.folder.path]);
    await expect(importAll(there)).rejects.toThrow('npm.adv: it is damaged: its contents are not what its digest says');
    expect(() => statesOf(there)).not.toThrow();
    expect(statesOf(there)).toEqual([]);
  });

  it('of nothing is refused', () => {
    expect(() => exported(databaseFolder())).toThrow('there is no database in');
  });

  it('holds no name but those of a database', async () => {
    const file = join(temporaryFolder(), 'npm.zip');
    writeFileSync(
      file,
      zipOf([
        { name: '../npm.adv', content: 'x' },
        { name: 'npm.adv', content: 'x' },
      ]),
    );
    const job = jobFor([file]);
    await importAll(job);
    expect(statesOf(job)).toEqual([['npm', 0, false]]);
  });
});
