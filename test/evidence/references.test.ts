import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sources } from '../../src/evidence/collector.ts';
import { parseMarkdown } from '../../src/evidence/pages/markdown.ts';
import { globMatcher, isGlob } from '../../src/evidence/references/glob.ts';
import { referenceAt, referencesUnder } from '../../src/evidence/references/lookup.ts';
import { resolveReference } from '../../src/evidence/references/resolve-reference.ts';
import { targetOf } from '../../src/evidence/references/target.ts';
import { collector, type Facts } from '../../src/evidence/references.ts';
import { openReading, openSources } from '../../src/evidence/sources.ts';
import { readManifest } from '../../src/manifest/read.ts';
import type { Gathered, Unread } from '../../src/model.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { anyCharacter } from '../any-character.ts';
import { AS_OF, HEAD, validate } from '../manifest/reading.ts';

const ROLLBACK =
  '# Rollback\n\nWhen a release hurts.\n\n## Steps\n\n1. `kubectl rollout undo deploy/fx`\n\n## Straße prüfen\n\nLook.\n';

const FILES = {
  'services/fx/docs/runbooks/rollback.md': ROLLBACK,
  'services/fx/docs/runbooks/gateway-down.md': '# Gateway down\n',
  'services/fx/docs/runbooks2/other.md': '# Other\n',
  'services/fx/infra/rds.tf': 'resource "aws_db_instance" "fx" {\n  max_connections = 400\n}\n',
  'services/fx/ops/alerts/latency.yaml': 'groups: []\n',
  'services/fx/ops/alerts/errors.yml': 'groups: []\n',
  'services/fx/ops/alerts/deep/saturation.yaml': 'groups: []\n',
  'services/fx/src/[id].ts': 'export {};\n',
  'services/fx/src/C#/thing.cs': '// thing\n',
  'services/fx/notes/node_modules/readme.md': '# Readme\n',
  'shared/on-call.md': '# On call\n\n## Hours\n',
  'README.md': '# The estate\n',
};

const PLATFORM = { 'payments/alerts.yaml': 'groups: []\n', 'docs/sla.md': '# SLA\n\n## Gold\n' };

function sourcesFor(manifestText: string, repo?: Repo): Sources {
  const path = 'services/fx/gonogo.yaml';
  const its = repo ?? memoryRepo({ files: { ...FILES, [path]: manifestText } });
  const manifest = readManifest(memoryRepo({ files: { [path]: manifestText } }), path, AS_OF, validate);
  expect(manifest.problems).toEqual([]);
  const platform = memoryRepo({ files: PLATFORM, root: 'lumenpay/platform-rules', name: 'platform-rules' });
  const reading = openReading(its, (name) => (name === platform.root ? platform : undefined));
  reading.parsers.markdown = parseMarkdown;
  return openSources(reading, manifest, [manifest.dir]);
}

async function gathered(rest: string): Promise<Gathered<Facts>> {
  return collector.collect(sourcesFor(HEAD + rest));
}

function resolve(reference: string): {
  readonly said: string;
  readonly nearest?: string | undefined;
  readonly unread: readonly Unread[];
} {
  const unread: Unread[] = [];
  const { outcome, matches, nearest } = resolveReference(reference, sourcesFor(HEAD), unread);
  const places = matches.map(({ root, path, line }) => `${root ? `${root}:` : ''}${path}${line ? `:${line}` : ''}`);
  return { said: [outcome, ...places].join(' '), nearest, unread };
}

describe('a reference', () => {
  it.each([
    ['docs/runbooks/rollback.md', 'file services/fx/docs/runbooks/rollback.md'],
    ['./docs//runbooks/./rollback.md', 'file services/fx/docs/runbooks/rollback.md'],
    ['docs/runbooks', 'folder services/fx/docs/runbooks'],
    ['docs/runbooks/', 'folder services/fx/docs/runbooks'],
    ['.', 'folder services/fx'],
    ['docs/runbooks/rollback.md#steps', 'section services/fx/docs/runbooks/rollback.md:5'],
    ['docs/runbooks/rollback.md#stra%C3%9Fe-pr%C3%BCfen', 'section services/fx/docs/runbooks/rollback.md:9'],
    ['docs/runbooks/rollback.md#L7', 'file services/fx/docs/runbooks/rollback.md:7'],
    ['docs/runbooks/rollback.md#undo', 'no-section'],
    ['docs/runbooks#steps', 'no-section'],
    ['infra/rds.tf#L2', 'file services/fx/infra/rds.tf:2'],
    ['infra/rds.tf#L2-L3', 'file services/fx/infra/rds.tf:2'],
    ['infra/rds.tf#L4', 'no-section'],
    ['infra/rds.tf#L0', 'no-section'],
    ['infra/rds.tf#max_connections', 'file services/fx/infra/rds.tf:2'],
    ['infra/rds.tf#deletion_protection', 'no-section'],
    ['ops/alerts/*.yaml', 'glob services/fx/ops/alerts/latency.yaml'],
    ['ops/alerts/*.{yaml,yml}', 'glob services/fx/ops/alerts/errors.yml services/fx/ops/alerts/latency.yaml'],
    ['ops/**/*.yaml', 'glob services/fx/ops/alerts/deep/saturation.yaml services/fx/ops/alerts/latency.yaml'],
    ['docs/runbooks/*.md#steps', 'section services/fx/docs/runbooks/rollback.md:5'],
    ['docs/runbooks/*.md#undo', 'no-section'],
    ['*.yaml/nothing', 'no-match'],
    ['ops/alert/*.yaml', 'no-match'],
    ['src/[id].ts', 'file services/fx/src/[id].ts'],
    ['docs/rollback.md', 'no-file'],
    ['DOCS/runbooks/rollback.md', 'no-file'],
    ['docs/runbooks/rollback.md/x', 'no-file'],
    ['repo://shared/on-call.md#hours', 'section shared/on-call.md:3'],
    ['repo://', 'folder .'],
    ['repo://services/fx', 'folder services/fx'],
    ['repo://**/on-call.md', 'glob shared/on-call.md'],
    ['repo:lumenpay/platform-rules//payments/*.yaml', 'glob lumenpay/platform-rules:payments/alerts.yaml'],
    ['repo:lumenpay/platform-rules//docs/sla.md#gold', 'section lumenpay/platform-rules:docs/sla.md:3'],
    ['repo:lumenpay/platform-rules', 'folder lumenpay/platform-rules:.'],
    ['repo:lumenpay/platform-rules//payment', 'no-file'],
    ['repo:lumenpay/elsewhere//docs/sla.md', 'root-not-at-hand'],
    ['https://runbooks.lumenpay.io/fx#steps', 'url'],
    ['mailto:fx@lumenpay.io', 'no-file'],
    ['/etc/passwd', 'outside'],
    ['~/notes.md', 'outside'],
    ['C:\\notes.md', 'outside'],
    ['../../README.md', 'outside'],
    ['docs/../../fx/docs', 'outside'],
    ['repo:lumenpay/platform-rules//../x', 'outside'],
    ['a'.repeat(2000), 'outside'],
    ['docs\0runbooks', 'no-file'],
    ['constructor', 'no-file'],
  ])('%s → %s', (reference, expected) => {
    const { said, unread } = resolve(reference);
    expect(said).toBe(expected);
    expect(unread).toEqual([]);
  });

  it.each([
    ['docs/runbooks/rolback.md', 'docs/runbooks/rollback.md'],
    ['docs/runbook', 'docs/runbooks'],
    ['rollback.md', 'docs/runbooks/rollback.md'],
    ['docs/on-call.md', 'repo://shared/on-call.md'],
    ['../../shared/on-call.md#hours', 'repo://shared/on-call.md#hours'],
    ['repo:lumenpay/platform-rules//payments/alert.yaml', 'repo:lumenpay/platform-rules//payments/alerts.yaml'],
    ['docs/runbooks/rollback.md#step', 'steps'],
    ['docs/runbooks/rollback.md#deployment', undefined],
    ['../../../outside.md', undefined],
    ['utterly/different.txt', undefined],
  ])('%s: perhaps %s', (reference, expected) => {
    expect(resolve(reference).nearest).toBe(expected);
  });
});

describe('what cannot be read', () => {
  const files = { 'services/fx/gonogo.yaml': HEAD, 'services/fx/docs/a.md': '# A\n' };
  const base = memoryRepo({ files });
  const submodule: Unread = {
    at: { path: 'services/fx/charts' },
    reason: 'submodule',
    detail: 'a submodule is not read',
  };

  it('is unread below a folder that was left out, and not missing', () => {
    const repo: Repo = { ...base, list: () => ({ ...base.list(), skipped: [submodule] }) };
    const unread: Unread[] = [];
    expect(resolveReference('charts/values.yaml', sourcesFor(HEAD, repo), unread).outcome).toBe('unread');
    expect(unread).toEqual([submodule]);
    expect(resolveReference('charts2/values.yaml', sourcesFor(HEAD, repo), unread).outcome).toBe('no-file');
  });

  it('is unread where only the section would have to be opened', () => {
    const repo: Repo = { ...base, read: () => ({ ok: false, reason: 'encoding', detail: 'it is UTF-16' }) };
    const unread: Unread[] = [];
    expect(resolveReference('docs/a.md', sourcesFor(HEAD, repo), unread).outcome).toBe('file');
    expect(resolveReference('docs/a.md#a', sourcesFor(HEAD, repo), unread).outcome).toBe('unread');
    expect(resolveReference('docs/a.md#L1', sourcesFor(HEAD, repo), unread).outcome).toBe('unread');
    expect(unread.map(({ reason, at }) => [reason, at.path])).toEqual([
      ['encoding', 'services/fx/docs/a.md'],
      ['encoding', 'services/fx/docs/a.md'],
    ]);
  });

  it('is a glob that stands for more alternatives than we try', () => {
    const unread: Unread[] = [];
    expect(resolveReference(`docs/${'{a,b}'.repeat(7)}.md`, sourcesFor(HEAD), unread).outcome).toBe('unread');
    expect(unread[0]).toMatchObject({ reason: 'limit' });
  });
});

describe('the facts', () => {
  const rest = [
    'handover: docs/handover.md',
    'dependencies:',
    '  - id: redis',
    '    timeout: { request: 1s, evidence: infra/rds.tf }',
    '    fallback: { kind: cached, test: src/C#/thing.cs }',
    '    x-evidence: docs/nowhere.md',
    'runbooks: docs/runbooks',
    'alerts: [ops/alerts/*.yaml, https://alerts.lumenpay.io/fx]',
    'nfrs: { settled_in: { target: 5m, evidence: infra/rds.tf } }',
    '',
  ].join('\n');

  it('list every reference with its pointer, its place and what it leads to', async () => {
    const { facts, looked, unread } = await gathered(rest);
    expect(facts.references.map(({ pointer, target, at, outcome }) => [pointer, target, at.line, outcome])).toEqual([
      ['/alerts/sources/0', 'ops/alerts/*.yaml', 12, 'glob'],
      ['/alerts/sources/1', 'https://alerts.lumenpay.io/fx', 12, 'url'],
      ['/dependencies/0/fallback/test', 'src/C#/thing.cs', 9, 'file'],
      ['/dependencies/0/timeout/evidence/0', 'infra/rds.tf', 8, 'file'],
      ['/handover', 'docs/handover.md', 5, 'no-file'],
      ['/nfrs/settled_in/evidence/0', 'infra/rds.tf', 13, 'file'],
      ['/runbooks/dir', 'docs/runbooks', 11, 'folder'],
    ]);
    expect(looked).toEqual({ files: 5, note: '7 references in the manifest' });
    expect(unread).toEqual([]);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('can be looked up by pointer', async () => {
    const { facts } = await gathered(rest);
    expect(referenceAt(facts, '/handover')?.target).toBe('docs/handover.md');
    expect(referenceAt(facts, '/handove')).toBeUndefined();
    expect(referencesUnder(facts, '/dependencies/0').map(({ outcome }) => outcome)).toEqual(['file', 'file']);
    expect(referencesUnder(facts, '/dependencies')).toHaveLength(2);
    expect(referencesUnder(facts, '/depend')).toEqual([]);
    expect(referencesUnder(facts, '/runbooks/dir')).toHaveLength(1);
  });

  it('are empty without claims', async () => {
    expect(await gathered('')).toEqual({
      facts: { references: [] },
      looked: { files: 0, note: '0 references in the manifest' },
      unread: [],
      delegated: [],
    });
  });

  it('stop at five hundred, and say so', async () => {
    const { facts, unread } = await gathered(
      `imports: [${Array.from({ length: 510 }, (_, n) => `a${n}.yaml`).join(', ')}]\n`,
    );
    expect(facts.references[499]?.outcome).toBe('no-file');
    expect(facts.references[500]?.outcome).toBe('unread');
    expect(unread).toEqual([
      expect.objectContaining({ reason: 'limit', detail: 'only the first 500 references are looked up' }),
    ]);
  });
});

describe('globs', () => {
  it.each([
    ['docs/**', 'docs/a/b.md', true],
    ['docs/**', 'docsx/b.md', false],
    ['**/*.md', 'b.md', true],
    ['a/**/b/*.md', 'a/b/x.md', true],
    ['a/**/b/*.md', 'a/q/r/b/x.md', true],
    ['a/*', 'a/b/c', false],
    ['a/*', 'a/.hidden', true],
    ['a/?.md', 'a/é.md', true],
    ['[!a]x', 'bx', true],
    ['[!a]x', 'ax', false],
    ['[a-c]x', 'bx', true],
    ['{a,b/c}/d', 'b/c/d', true],
    ['(a+)+b', 'aaab', false],
    ['docs/(ops)/*.md', 'docs/(ops)/a.md', true],
    ['C++/*', 'C++/x', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(globMatcher(pattern)?.(path)).toBe(expected);
  });

  it('cost no more than pattern times path, whatever both are', () => {
    const long = `${'a'.repeat(200)}/`.repeat(20);
    for (const pattern of [
      '**/*a*a*a*a*b',
      '**/*a*/**/*a*/**/*a*b',
      `${'*a'.repeat(90)}b`,
      `${'**/'.repeat(60)}b`,
      '(a+)+b',
      '[a]+[a]+[a]+b',
    ]) {
      expect(globMatcher(pattern)?.(long)).toBe(false);
    }
  });

  it('without wildcards match themselves only', () => {
    const word = fc.stringMatching(/^[a-z.()+$^|!@ -]{1,8}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.array(word, { minLength: 1, maxLength: 4 }),
        (a, b) => {
          const [one, other] = [a.join('/'), b.join('/')];
          expect(isGlob(one)).toBe(false);
          expect(globMatcher(one)?.(one)).toBe(true);
          expect(globMatcher(one)?.(other)).toBe(one === other);
          expect(globMatcher('**')?.(one)).toBe(true);
          expect(globMatcher(a.map(() => '*').join('/'))?.(one)).toBe(true);
        },
      ),
    );
  });
});

describe('any reference', () => {
  const piece = fc.constantFrom(
    'repo:',
    '//',
    '/',
    '..',
    '.',
    '#',
    '**',
    '*',
    '?',
    '[',
    ']',
    '{a,',
    '}',
    'L9',
    'docs',
    'runbooks',
    'rollback.md',
    'services/fx',
    'infra/rds.tf',
    '%',
    '%zz',
    ':',
    'https:',
    '\\',
    ' ',
    'lumenpay/platform-rules',
  );
  const reference = fc.oneof(
    fc.string({ maxLength: 60, unit: anyCharacter }),
    fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')),
  );
  const sources = sourcesFor(HEAD);

  it('is looked up without surprises, and never leads to a file that is not listed', () => {
    const known = new Set(
      [...sources.shared, ...sources.filesOf('lumenpay/platform-rules')].map(({ root, path }) => `${root}:${path}`),
    );
    fc.assert(
      fc.property(reference, (text) => {
        const { files, matches, outcome } = resolveReference(text, sources, []);
        expect(files.every(({ root, path }) => known.has(`${root}:${path}`))).toBe(true);
        const leads = ['file', 'folder', 'glob', 'section'].includes(outcome);
        expect(matches.length > 0).toBe(leads);
        const target = targetOf(text, 'services/fx');
        if (target.kind === 'path') expect(target.path.split('/')).not.toContain('..');
      }),
      { numRuns: 500 },
    );
  });
});
