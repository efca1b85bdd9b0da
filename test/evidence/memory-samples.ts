/** Samples that are judged with and without a memory, and what somebody does to them between two runs. */
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Memory } from '../../src/evidence/memory.ts';
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import type { Report } from '../../src/model.ts';
import { diskRepo } from '../../src/repo/disk.ts';
import { judgeRepository, type Options } from '../../src/run.ts';
import { git } from '../repo/temporary.ts';

/** Holds all samples. */
export const FOLDER = mkdtempSync(join(tmpdir(), 'memory-'));
/** Another repository, which a sample may refer to. */
const BESIDE = 'acme/rules';

/** A copy of a sample service, and of a further evidence root. */
export interface Sample {
  readonly folder: string;
  readonly beside: string;
}

/** The sample; with `git`, committed and tagged; `refers` to the alert rules of the further root. */
export function sampleOf(name: string, { git: versioned = false, refers = false } = {}): Sample {
  const around = mkdtempSync(join(FOLDER, `${name}-`));
  const sample = { folder: join(around, 'copy'), beside: join(around, 'beside') };
  cpSync(`fixtures/services/${name}`, sample.folder, { recursive: true });
  cpSync('fixtures/services/payments/ops', join(sample.beside, 'ops'), { recursive: true });
  if (refers)
    write(sample.folder, 'gonogo.yaml', (text) =>
      text.replace(/^ {2}sources: .*$/m, `  sources: ["repo:${BESIDE}//ops/alerts/*.yaml"]`),
    );
  if (versioned) {
    git(sample.folder, ['init', '-q', '-b', 'main']);
    commitAll(sample);
  }
  return sample;
}

/** Judges it; roots are at hand as long as their folder is there. */
export function judged({ folder, beside }: Sample, options: Partial<Options> = {}, memory?: Memory): Promise<Report> {
  return judgeRepository(
    {
      repo: diskRepo(folder, { name: 'copy', clock: Date.now }),
      dir: '',
      rootNamed: (name) => (name === BESIDE && existsSync(beside) ? diskRepo(beside, { root: name }) : undefined),
    },
    {
      asOf: '2026-11-16',
      only: [],
      failOn: 'critical',
      checklists: CHECKLISTS,
      profiles: PROFILES,
      version: '0.0.0',
      ...options,
      ...(memory && { memory }),
    },
  );
}

/** Waits until the file system's clock tells what comes from what was. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 40));
}

/** Changes a file's text. */
export function write(folder: string, path: string, change: (text: string) => string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  const text = existsSync(join(folder, path)) ? readFileSync(join(folder, path), 'utf8') : '';
  writeFileSync(join(folder, path), change(text));
}

/** What somebody does to a sample; `at` picks the file. */
export const EDITS: Readonly<Record<string, (sample: Sample, at: number) => void>> = {
  append: (sample, at) => appendFileSync(fileAt(sample, at), '\n# one more line\n'),
  truncate: (sample, at) => change(fileAt(sample, at), (text) => text.slice(0, Math.floor(text.length / 2))),
  shuffle: (sample, at) => change(fileAt(sample, at), (text) => text.split('\n').reverse().join('\n')),
  digits: (sample, at) => change(fileAt(sample, at), (text) => text.replace(/[1-8]/g, (it) => String(Number(it) + 1))),
  backdate: (sample, at) => {
    const { atime, mtime } = statSync(fileAt(sample, at));
    change(fileAt(sample, at), (text) => text.replaceAll('e', 'a'));
    utimesSync(fileAt(sample, at), atime, mtime);
  },
  binary: (sample, at) => writeFileSync(fileAt(sample, at), Buffer.alloc(100)),
  large: (sample, at) => change(fileAt(sample, at), (text) => `${text}\n`.padEnd(3 * 1024 * 1024, '#\n')),
  large64k: (sample, at) => change(fileAt(sample, at), (text) => `${text}\n`.padEnd(70 * 1024, '#\n')),
  remove: (sample, at) => rmSync(fileAt(sample, at)),
  rename: (sample, at) => renameSync(fileAt(sample, at), `${fileAt(sample, at)}.moved`),
  'upper case': (sample, at) =>
    renameSync(
      fileAt(sample, at),
      fileAt(sample, at).replace(/[^/]+$/, (it) => it.toUpperCase()),
    ),
  add: (sample, at) => cpSync(fileAt(sample, at), join(sample.folder, `added-${at}.md`)),
  'save by rename': (sample, at) => {
    const path = fileAt(sample, at);
    writeFileSync(`${path}~`, readFileSync(path, 'utf8').replaceAll('a', 'o'));
    renameSync(`${path}~`, path);
  },
  'swap files': (sample, at) => swap(fileAt(sample, at), fileAt(sample, at + 7)),
  'swap folders': (sample, at) => swap(folderAt(sample, at), folderAt(sample, at + 1)),
  'remove folder': (sample, at) => rmSync(folderAt(sample, at), { recursive: true }),
  unreadable: (sample, at) => chmodSync(fileAt(sample, at), 0),
  link: (sample, at) => {
    const [path, target] = [fileAt(sample, at), fileAt(sample, at + 13)];
    if (path === target) return;
    rmSync(path);
    symlinkSync(target, path);
  },
  'folder becomes a link': (sample, at) => {
    const folder = folderAt(sample, at);
    renameSync(folder, `${folder}.real`);
    symlinkSync(`${folder}.real`, folder);
  },
  attributes: (sample, at) =>
    write(
      sample.folder,
      '.gitattributes',
      () => `${pathAt(sample, at)} linguist-${at % 2 ? 'vendored' : 'generated'}\n`,
    ),
  ignore: (sample, at) => write(sample.folder, '.gitignore', (text) => `${text}${pathAt(sample, at)}\n`),
  'ignore no more': (sample) => write(sample.folder, '.gitignore', () => ''),
  track: (sample, at) => inGit(sample, ['add', '-f', pathAt(sample, at)]),
  untrack: (sample, at) => inGit(sample, ['rm', '-q', '--cached', '--ignore-unmatch', pathAt(sample, at)]),
  commit: (sample) => commitAll(sample),
  tag: (sample, at) => inGit(sample, ['tag', '-f', `v${at}.0.0`]),
  'go back': (sample) => inGit(sample, ['reset', '-q', '--soft', 'HEAD~1']),
  stash: (sample) => inGit(sample, ['stash', '-q', '-u']),
  'no git': (sample) => rmSync(join(sample.folder, '.git'), { recursive: true, force: true }),
  'a submodule': (sample, at) => mkdirSync(join(folderAt(sample, at), '.git'), { recursive: true }),
  'another service': (sample, at) =>
    write(folderAt(sample, at), 'gonogo.yaml', () => 'apiVersion: gonogo/v1\nkind: Service\nname: second\ntier: 1\n'),
  'a root of its own': (sample, at) =>
    write(folderAt(sample, at), 'gonogo.yaml', () => 'apiVersion: gonogo/v1\nkind: Service\nname: alone\nroot: true\n'),
  'root here': (sample) => write(sample.folder, 'gonogo.yaml', (text) => `${text}\nroot: true\n`),
  waivers: (sample, at) => write(sample.folder, 'gonogo.waivers.yaml', (text) => text.slice(0, at % 400)),
  'beside: change': ({ beside }, at) =>
    existsSync(beside) &&
    change(join(beside, filesIn(beside)[at % filesIn(beside).length] ?? ''), (it) => it.slice(at)),
  'beside: away': ({ beside }) => existsSync(beside) && renameSync(beside, `${beside}.away`),
  'beside: back': ({ beside }) => existsSync(`${beside}.away`) && renameSync(`${beside}.away`, beside),
};

/** By what is judged from then on. */
export const OPTIONS: readonly Partial<Options>[] = [
  {},
  {},
  {},
  { asOf: '2027-05-01' },
  { scope: 'all' },
  { only: ['runbooks'] },
  { tier: 1, stage: 'live' },
  { reference: { publicHosts: ['registry.example.com'] } },
  { supplements: ['lines', 'components'] },
];

function change(path: string, by: (text: string) => string): void {
  writeFileSync(path, by(readFileSync(path, 'utf8')));
}

function swap(a: string, b: string): void {
  if (a === b || a.startsWith(b) || b.startsWith(a)) return;
  renameSync(a, `${a}.between`);
  renameSync(b, a);
  renameSync(`${a}.between`, b);
}

function inGit({ folder }: Sample, args: readonly string[]): void {
  if (!existsSync(join(folder, '.git'))) return;
  try {
    git(folder, args);
  } catch {
    // Not everything can be done in every state, and then nothing is.
  }
}

function commitAll(sample: Sample): void {
  inGit(sample, ['add', '-A']);
  inGit(sample, ['commit', '-q', '--allow-empty', '-m', 'feat: more']);
}

function pathAt({ folder }: Sample, at: number): string {
  const paths = filesIn(folder);
  return paths[at % paths.length] ?? '';
}

function fileAt(sample: Sample, at: number): string {
  return join(sample.folder, pathAt(sample, at));
}

/** A folder of the sample below its root. */
function folderAt(sample: Sample, at: number): string {
  const folders = [...new Set(filesIn(sample.folder).map(dirname))].filter((it) => it !== '.');
  return join(sample.folder, folders[at % folders.length] ?? 'made');
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => !/(^|\/)\.git(\/|$)/.test(path) && lstatSync(join(folder, path)).isFile())
    .sort();
}
