/** The invariants of the architecture, as tests: who may import whom, what a layer may touch, how large a file may grow. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Layer → layers it may import. A layer is the first folder under src/, or the file itself at the top. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'model.ts': ['model-change.ts', 'model-packages.ts'],
  'model-change.ts': ['model.ts'],
  'model-packages.ts': ['model.ts'],
  'model-facts.ts': ['model.ts'],
  'model-audit.ts': ['model.ts', 'model-facts.ts', 'model-trend.ts'],
  'model-trend.ts': ['model.ts', 'model-audit.ts', 'model-facts.ts'],
  'service-key.ts': ['model.ts', 'model-audit.ts'],
  'input-error.ts': [],
  'dates.ts': [],
  'nearest.ts': [],
  'table.ts': [],
  'grouped.ts': [],
  'secrets.ts': [],
  repo: ['model.ts', 'input-error.ts', 'secrets.ts'],
  manifest: ['model.ts', 'dates.ts', 'nearest.ts', 'repo', 'evidence', 'generated'],
  checklist: [
    'model.ts',
    'input-error.ts',
    'dates.ts',
    'nearest.ts',
    'manifest',
    'checks',
    'repo',
    'verdict',
    'generated',
    'run.ts',
  ],
  versions: [],
  advisories: ['dates.ts', 'versions', 'releases'],
  lifecycles: ['dates.ts', 'generated'],
  releases: ['dates.ts', 'versions'],
  live: ['model.ts'],
  expressions: ['model.ts'],
  online: ['model.ts', 'model-audit.ts', 'versions', 'advisories', 'releases', 'live'],
  database: ['input-error.ts', 'repo', 'evidence', 'versions', 'advisories', 'online', 'releases'],
  evidence: [
    'model.ts',
    'dates.ts',
    'manifest',
    'repo',
    'generated',
    'nearest.ts',
    'versions',
    'lifecycles',
    'advisories',
    'releases',
    'live',
    'expressions',
  ],
  checks: [
    'model.ts',
    'dates.ts',
    'nearest.ts',
    'manifest',
    'evidence',
    'generated',
    'versions',
    'lifecycles',
    'advisories',
    'releases',
    'live',
    'expressions',
  ],
  verdict: ['model.ts', 'dates.ts', 'nearest.ts'],
  handover: ['model.ts', 'dates.ts', 'checks', 'evidence', 'manifest', 'generated', 'run.ts'],
  report: [
    'model.ts',
    'model-audit.ts',
    'model-trend.ts',
    'packed-report.ts',
    'service-key.ts',
    'dates.ts',
    'handover',
    'trends',
    'generated',
  ],
  estate: [
    'model.ts',
    'model-audit.ts',
    'model-facts.ts',
    'service-key.ts',
    'dates.ts',
    'nearest.ts',
    'checklist',
    'checks',
    'evidence',
    'manifest',
    'run.ts',
    'verdict',
    'versions',
    'generated',
    'service-key.ts',
  ],
  audit: [
    'model.ts',
    'model-audit.ts',
    'packed-report.ts',
    'input-error.ts',
    'nearest.ts',
    'secrets.ts',
    'checklist',
    'estate',
    'manifest',
    'repo',
    'run.ts',
    'verdict',
    'generated',
  ],
  store: [
    'model.ts',
    'model-audit.ts',
    'model-facts.ts',
    'model-trend.ts',
    'service-key.ts',
    'packed-report.ts',
    'input-error.ts',
    'dates.ts',
    'audit',
    'repo',
    'generated',
    'service-key.ts',
  ],
  trends: [
    'model.ts',
    'model-audit.ts',
    'model-trend.ts',
    'service-key.ts',
    'packed-report.ts',
    'dates.ts',
    'evidence',
    'store',
    'checklist',
    'verdict',
    'generated',
    'service-key.ts',
  ],
  'packed-report.ts': ['model.ts', 'model-audit.ts', 'model-facts.ts', 'checklist', 'verdict'],
  'journeys-report.ts': ['model.ts', 'checks', 'manifest'],
  'assess.ts': ['model.ts', 'checklist', 'checks', 'evidence', 'manifest', 'generated'],
  'line-hashes.ts': [],
  'lines.ts': ['model.ts', 'repo', 'line-hashes.ts'],
  'packages-report.ts': ['model.ts', 'dates.ts', 'assess.ts', 'checks', 'evidence', 'manifest', 'generated'],
  'stored-report.ts': ['model.ts', 'input-error.ts', 'manifest', 'generated'],
  record: ['model.ts', 'input-error.ts', 'dates.ts', 'verdict', 'report', 'generated'],
  compare: ['model.ts', 'input-error.ts', 'report', 'generated'],
  'run.ts': [
    'packages-report.ts',
    'lines.ts',
    'journeys-report.ts',
    'model.ts',
    'input-error.ts',
    'assess.ts',
    'checklist',
    'evidence',
    'manifest',
    'repo',
    'verdict',
    'generated',
  ],
  examples: [
    'model.ts',
    'model-audit.ts',
    'packed-report.ts',
    'audit',
    'estate',
    'input-error.ts',
    'repo',
    'run.ts',
    'generated',
    'evidence',
    'advisories',
    'releases',
    'live',
    'versions',
    'packed-report.ts',
  ],
  'explained.ts': ['model.ts', 'assess.ts', 'checklist', 'report', 'generated'],
  init: ['model.ts', 'input-error.ts', 'checks', 'evidence', 'manifest', 'repo'],
  page: [
    'model.ts',
    'input-error.ts',
    'nearest.ts',
    'assess.ts',
    'checks',
    'evidence',
    'manifest',
    'report',
    'run.ts',
    'generated',
  ],
  scaffold: ['input-error.ts', 'dates.ts', 'evidence', 'manifest', 'report', 'run.ts'],
  'index.ts': ['model.ts', 'input-error.ts', 'run.ts', 'compare', 'repo', 'generated'],
  cli: ['*'],
};

interface Module {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const MODULES: readonly Module[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
  .map((path) => {
    const text = readFileSync(join('src', path), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) => target);
    return { path, text, imports };
  });

function layerOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function within(...layers: readonly string[]): readonly Module[] {
  return MODULES.filter(({ path }) => layers.includes(layerOf(path)));
}

function offences(modules: readonly Module[], pattern: RegExp): readonly string[] {
  return modules.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** What any layer may import: it knows nothing of services. */
const ANYWHERE: readonly string[] = ['table.ts', 'grouped.ts'];

/** Layers that may touch the disk: what is judged, the data on advisories, and what the operator names. */
const ON_DISK: readonly string[] = ['repo', 'database', 'audit', 'store', 'cli'];

describe('architecture', () => {
  it('has no layer outside the table', () => {
    expect([...new Set(MODULES.map(({ path }) => layerOf(path)))].filter((layer) => !(layer in MAY_IMPORT))).toEqual(
      [],
    );
  });

  it('imports only from layers that the table allows', () => {
    const wrong = MODULES.flatMap(({ path, imports }) =>
      imports
        .filter((target) => target.startsWith('.'))
        .filter((target) => !target.includes('/schemas/'))
        .map((target) => layerOf(normalize(join(dirname(path), target))))
        .filter((layer) => layer !== layerOf(path) && !ANYWHERE.includes(layer) && !allowed(layerOf(path), layer))
        .map((layer) => `${path} imports ${layer}`),
    );
    expect(wrong).toEqual([]);
  });

  it('touches the disk only where the operator names it, and starts processes only in repo/', () => {
    const elsewhere = MODULES.filter(({ path }) => !ON_DISK.includes(layerOf(path)));
    expect(offences(elsewhere, /'node:(fs|fs\/promises)'/)).toEqual([]);
    const others = MODULES.filter(({ path }) => layerOf(path) !== 'repo');
    expect(offences(others, /'node:(child_process|worker_threads)'/)).toEqual([]);
  });

  it('touches process, environment and streams only in cli/', () => {
    const allowedInRepo = MODULES.filter(({ path }) => layerOf(path) !== 'cli');
    expect(
      offences(allowedInRepo, /\bprocess\.(argv|env|stdout|stderr|stdin|exit|exitCode|cwd)\b|\bconsole\./),
    ).toEqual([]);
    // Git is found on the operator's PATH; nothing else of the environment is handed on.
    const importers = allowedInRepo.filter(({ imports }) => imports.includes('node:process')).map(({ path }) => path);
    expect(importers).toEqual(['repo/sealed-git.ts']);
  });

  it('never calls process.exit, and opens network connections only in online/', () => {
    expect(offences(MODULES, /process\.exit\(/)).toEqual([]);
    const offline = MODULES.filter(({ path }) => layerOf(path) !== 'online');
    expect(offences(offline, /\bfetch\(|'node:(net|http|https|http2|tls|dgram|dns)'/)).toEqual([]);
  });

  it('names hosts of data services in one table only', () => {
    const others = within('online', 'database', 'cli').filter(({ path }) => path !== 'online/services.ts');
    expect(offences(others, /https?:\/\/(?!host\b)\w/)).toEqual([]);
  });

  it('knows no clock outside cli/ and no randomness anywhere', () => {
    expect(
      offences(
        MODULES.filter(({ path }) => layerOf(path) !== 'cli'),
        /\bDate\.now\(|new Date\(\)|performance\.now/,
      ),
    ).toEqual([]);
    expect(
      offences(
        MODULES.filter(({ path }) => !/write|sealed/.test(path)),
        /Math\.random|randomUUID|randomBytes/,
      ),
    ).toEqual([]);
  });

  it('keeps checks, verdict, handovers, comparisons, reports and records pure: no promise, no disk, no git', () => {
    expect(
      offences(
        within('checks', 'verdict', 'report', 'handover', 'compare', 'record', 'estate', 'trends'),
        /\basync\s+(function|\()|\bawait\b|\bPromise\b|simple-git|'node:(?!crypto|util|zlib')/,
      ),
    ).toEqual([]);
    // Compressing is as pure as hashing, where it answers at once; a page's data are what needs it.
    const packers = MODULES.filter(({ imports }) => imports.includes('node:zlib'));
    expect(packers.filter(({ path }) => layerOf(path) === 'report').map(({ path }) => path)).toEqual([
      'report/audit/html-pack.ts',
    ]);
    expect(
      offences(
        packers.filter(({ path }) => layerOf(path) === 'report'),
        /\b(deflate|inflate|gzip)(Raw)?\(/,
      ),
    ).toEqual([]);
  });

  it('lets only repo/ and cli/ load simple-git, and only reports load chalk and cli-table3', () => {
    expect(
      MODULES.filter(({ path, imports }) => imports.includes('simple-git') && layerOf(path) !== 'repo').map(
        ({ path }) => path,
      ),
    ).toEqual([]);
    const painters = MODULES.filter(({ imports }) => imports.some((it) => ['chalk', 'cli-table3'].includes(it)));
    expect(painters.filter(({ path }) => layerOf(path) !== 'report').map(({ path }) => path)).toEqual([]);
  });

  it('lets only store/ load the driver of PostgreSQL', () => {
    const importers = MODULES.filter(({ imports }) => imports.some((it) => /^pg(-|$)/.test(it)));
    expect([...new Set(importers.map(({ path }) => layerOf(path)))]).toEqual(['store']);
  });

  it('lets only audit/ load the pool of threads', () => {
    const importers = MODULES.filter(({ imports }) => imports.some((it) => it === 'workerpool'));
    expect([...new Set(importers.map(({ path }) => layerOf(path)))]).toEqual(['audit']);
  });

  it('looks words up in tables without a prototype, so that `constructor` is a word like any other', () => {
    expect(offences(MODULES, /^(?:export )?const \w+: (?:Readonly<)?Record<string,[^=]*> = \{/m)).toEqual([]);
  });

  it('has checks that never rule', () => {
    // `warn` is left out: it is a severity in the words of alerts too, and the type of a standing forbids it anyway.
    expect(offences(within('checks'), /['"](pass|fail|waived|trust)['"]|\bruling\s*:/)).toEqual([]);
  });

  it('exports by name, without classes but errors, without `any` and `!`', () => {
    expect(offences(MODULES, /export default/)).toEqual([]);
    expect(offences(MODULES, /^\s*(export\s+)?class (?!\w*(Error|Pipe)\b)\w+/m)).toEqual([]);
  });

  it('opens every module with a sentence that says what it does', () => {
    expect(MODULES.filter(({ text }) => !/^\/\*\*? ?\S/.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('keeps files small: none above 350 lines, median at most 80, nine of ten at most 200', () => {
    const lengths = MODULES.map(({ path, text }) => ({ path, lines: text.split('\n').length }));
    expect(lengths.filter(({ lines }) => lines > 350)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
    expect(sorted[Math.floor(sorted.length * 0.9)]).toBeLessThanOrEqual(200);
  });

  it('has no folder or file named after nothing', () => {
    expect(
      MODULES.filter(({ path }) => /(^|\/)(utils?|helpers?|common|core|managers?|misc)(\/|\.ts$)/.test(path)),
    ).toEqual([]);
  });
});

function allowed(layer: string, imported: string): boolean {
  const list = MAY_IMPORT[layer] ?? [];
  return list.includes('*') || list.includes(imported);
}
