import {
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/database/assemble.ts';
import { databaseFolders } from '../../src/database/folders.ts';
import { openData } from '../../src/database/opened.ts';
import { rawRecord } from '../../src/database/records.ts';
import { replaceFiles } from '../../src/database/replace.ts';
import { openStore } from '../../src/database/store.ts';
import { makePipe } from '../repo/temporary.ts';
import { ATTRIBUTION, databaseFolder, flaw, type OsvRecord } from './osv-records.ts';

interface Given {
  readonly folder?: ReturnType<typeof databaseFolder>;
  readonly asOf?: string;
  readonly complete?: boolean;
}

/** A folder with a database of npm. */
async function databaseOf(
  records: readonly OsvRecord[],
  given: Given = {},
): Promise<ReturnType<typeof databaseFolder>> {
  const { folder = databaseFolder(), asOf = '2026-11-10T00:00:00Z', complete = true } = given;
  const { files } = await assemble({
    ecosystem: 'npm',
    advisories: records.flatMap((record) => rawRecord(record) ?? []),
    asOf,
    complete,
    source: ATTRIBUTION,
    builder: '0.0.0',
  });
  replaceFiles(folder.path, files);
  return folder;
}

/** Takes the last bytes off a file. */
function cut(path: string): void {
  truncateSync(path, statSync(path).size - 10);
}

/** Moves a file away; answers with its new path, which is five letters longer. */
function aside(path: string): string {
  renameSync(path, `${path}.real`);
  return `${path}.real`;
}

const ONE = [flaw('GHSA-1', 'a')];

describe('a store', () => {
  it('opens nothing before it is asked, and then only what it is asked for', async () => {
    const folder = await databaseOf(ONE);
    writeFileSync(join(folder.path, 'PyPI.adv'), 'broken');
    const store = openStore([folder]);
    expect(store.troubles).toEqual([]);
    expect((await store.lookup('npm', [{ name: 'a' }, { name: 'b' }]))?.size).toBe(1);
    expect(store.troubles).toEqual([]);
    expect(store.states.map(({ ecosystem }) => ecosystem)).toEqual(['npm']);
    expect(store.troubles.length).toBe(1);
  });

  it('knows nothing of an ecosystem that it has no data on', async () => {
    expect(await openStore([databaseFolder()]).lookup('npm', [{ name: 'a' }])).toBeUndefined();
    expect(await openStore([await databaseOf(ONE)]).lookup('PyPI', [{ name: 'a' }])).toBeUndefined();
    expect(await openStore([await databaseOf(ONE)]).lookup('Terraform', [{ name: 'a' }])).toBeUndefined();
    expect(openStore([]).states).toEqual([]);
  });

  it('takes the newest of several, and whole ones before parts', async () => {
    const old = await databaseOf(ONE, { asOf: '2026-10-01T00:00:00Z' });
    const recent = await databaseOf([flaw('GHSA-2', 'a')], { asOf: '2026-11-01T00:00:00Z' });
    const part = await databaseOf([flaw('GHSA-3', 'a')], { asOf: '2026-11-09T00:00:00Z', complete: false });
    const ids = async (folders: readonly (typeof old)[]) =>
      (await openStore(folders).lookup('npm', [{ name: 'a' }]))?.get('a')?.map(({ id }) => id);
    expect([await ids([old, recent, part]), await ids([part, old])]).toEqual([['GHSA-2'], ['GHSA-1']]);
    expect(openStore([part]).states).toEqual([
      { ecosystem: 'npm', asOf: '2026-11-09T00:00:00Z', records: 1, from: part.path, partial: true },
    ]);
  });

  it('falls back to an older one where the newest cannot be used, and says so', async () => {
    const old = await databaseOf(ONE, { asOf: '2026-10-01T00:00:00Z' });
    const broken = await databaseOf(ONE);
    cut(join(broken.path, 'npm.adv'));
    const store = openStore([broken, old]);
    expect((await store.lookup('npm', [{ name: 'a' }]))?.size).toBe(1);
    expect(store.troubles).toEqual([expect.stringMatching(/^npm\.adv: it is cut short: \d+ bytes are missing$/)]);
  });
});

describe('data that is not trusted', () => {
  const damages: Readonly<Record<string, [(path: string) => void, RegExp]>> = {
    'is empty': [(path) => writeFileSync(path, ''), /it is no advisory database/],
    'is something else': [(path) => writeFileSync(path, Buffer.alloc(5000, 7)), /it is no advisory database/],
    'is cut short': [cut, /it is cut short/],
    'may be written to by anybody': [
      (path) => chmodSync(path, 0o666),
      /may be written to by anybody, so it is not trusted$/,
    ],
    'is a link': [(path) => symlinkSync(aside(path), path), /is a link, and links are not followed$/],
    'is a link to nothing': [(path) => symlinkSync(`${aside(path)}.none`, path), /is a link/],
    'is a folder': [(path) => mkdirSync(aside(path).slice(0, -5)), /is a folder$/],
    'is a pipe': [(path) => makePipe(aside(path).slice(0, -5)), /is no regular file$/],
    'is of another ecosystem': [
      (path) => renameSync(path, path.replace('npm', 'PyPI')),
      /PyPI\.adv holds data on npm under another name$/,
    ],
  };

  it.each(Object.entries(damages))('%s: one sentence, and as if it were not there', async (_, [damage, sentence]) => {
    const folder = await databaseOf(ONE);
    damage(join(folder.path, 'npm.adv'));
    const store = openStore([folder]);
    expect(store.states).toEqual([]);
    expect(await store.lookup('npm', [{ name: 'a' }])).toBeUndefined();
    expect(store.troubles).toEqual([expect.stringMatching(sentence)]);
  });

  it('in the lists beside it is left out, and what is whole is used', async () => {
    const folder = await databaseOf(ONE);
    writeFileSync(join(folder.path, 'npm.mal'), 'x');
    writeFileSync(join(folder.path, 'exploited.txt'), 'x');
    writeFileSync(join(folder.path, 'npm.idx'), 'x');
    const store = openStore([folder]);
    expect((await store.lookup('npm', [{ name: 'a' }]))?.size).toBe(1);
    expect(store.states.map(({ ecosystem }) => ecosystem)).toEqual(['npm']);
    expect(store.troubles.map((it) => it.replace(/^.*\//, ''))).toEqual([
      'npm.adv: its index is not of this file, and was made anew in memory',
      'exploited.txt: it is no list of exploited vulnerabilities, or damaged',
      'npm.mal: it is no list of malware: its first line is not a header',
    ]);
  });

  it('on one package leaves that one unanswered', async () => {
    const folder = await databaseOf([flaw('GHSA-1', 'a'), flaw('GHSA-2', 'b')]);
    const path = join(folder.path, 'npm.adv');
    const text = readFileSync(path, 'latin1');
    const at = text.indexOf('\na\t[') + 3;
    writeFileSync(path, `${text.slice(0, at)}{${text.slice(at + 1)}`, 'latin1');
    const store = openStore([folder]);
    expect([...((await store.lookup('npm', [{ name: 'a' }, { name: 'b' }])) ?? new Map()).keys()]).toEqual(['b']);
    expect([...(store.unanswered?.('npm') ?? [])]).toEqual(['a']);
    expect(store.troubles).toEqual([expect.stringMatching(/npm\.adv: a: its line cannot be read$/)]);
  });
});

describe('where it is', () => {
  const home = '/home/ada';
  it.each([
    [{ platform: 'linux', env: {} }, ['/home/ada/.cache/gonogo/db']],
    [{ platform: 'darwin', env: { XDG_CACHE_HOME: '/cache' } }, ['/cache/gonogo/db']],
    [{ platform: 'linux', env: { XDG_CACHE_HOME: 'relative' } }, ['/home/ada/.cache/gonogo/db']],
    [{ platform: 'linux', env: {}, installed: '/opt/gonogo/data' }, ['/home/ada/.cache/gonogo/db', '/opt/gonogo/data']],
    [{ platform: 'linux', env: {}, named: '/srv/db', installed: '/opt/gonogo/data' }, ['/srv/db']],
    [{ platform: 'linux', env: {}, home: '' }, []],
  ] as const)('%j', (where, paths) => {
    expect(databaseFolders({ home, ...where }).map(({ path }) => path)).toEqual(paths);
  });
});

describe('stores over the same data', () => {
  it('open it once, and each tells the troubles of what it was asked itself', async () => {
    const folder = await databaseOf(ONE);
    writeFileSync(join(folder.path, 'PyPI.adv'), 'no database');
    const data = openData([folder]);
    const [first, second] = [openStore([folder], data), openStore([folder], data)];
    expect((await first.lookup('npm', [{ name: 'a' }]))?.size).toBe(1);
    // What is open stays open, and nobody opens it again.
    renameSync(join(folder.path, 'npm.adv'), join(folder.path, 'gone'));
    expect((await second.lookup('npm', [{ name: 'a' }]))?.size).toBe(1);
    await first.lookup('PyPI', [{ name: 'a' }]);
    expect(first.troubles).toHaveLength(1);
    expect(second.troubles).toEqual([]);
    await second.lookup('PyPI', [{ name: 'a' }]);
    expect(second.troubles).toEqual(first.troubles);
  });
});

describe('the identity of the data', () => {
  it('is the same wherever it lies, and another one of other data, of newer and of none', async () => {
    const identityOf = (folder: ReturnType<typeof databaseFolder>): string =>
      JSON.stringify(openStore([folder]).identity());
    const one = identityOf(await databaseOf(ONE));
    expect(identityOf(await databaseOf(ONE))).toBe(one);
    expect(identityOf(databaseFolder())).not.toBe(one);
    expect(identityOf(await databaseOf(ONE, { asOf: '2026-11-11T00:00:00Z' }))).not.toBe(one);
    expect(identityOf(await databaseOf(ONE, { complete: false }))).not.toBe(one);
    expect(identityOf(await databaseOf([...ONE, ...ONE.map((it) => ({ ...it, id: `${it.id}-2` }))]))).not.toBe(one);
    const [broken, too] = [await databaseOf(ONE), await databaseOf(ONE)];
    for (const { path } of [broken, too]) cut(join(path, 'npm.adv'));
    expect(identityOf(broken)).not.toBe(one);
    expect(identityOf(broken)).toBe(identityOf(too));
  });
});
