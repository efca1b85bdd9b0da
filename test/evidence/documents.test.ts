/** Where an alert's link leads: to a file, to a section, to nothing, or out of what is at hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector, type Facts } from '../../src/evidence/documents.ts';
import { linkTarget } from '../../src/evidence/references/link-target.ts';
import { resolveDocument } from '../../src/evidence/references/resolve-document.ts';
import { mentionsIn } from '../../src/evidence/runbooks/mentions.ts';
import { anyCharacter } from '../any-character.ts';
import { HEAD, sourcesOf } from './sources-of.ts';

const RUNBOOK =
  '# Ledger\n\n## LedgerLag\n\nRestart the poster.\n\n### Check\n\n`ledger_lag_seconds`\n\n## LedgerDown\n\nTODO\n\n## LedgerSlow & late\n\nWait.\n';
const RULES =
  'groups: []\n# docs/runbooks/ledger.md guides/errors.html https://docs.lumenpay.io/ledger/errors/ playbooks/a.md\n';
const FILES = {
  'gonogo.yaml': `${HEAD}runbooks:\n  dir: docs/runbooks\n  url_map:\n    "https://docs.lumenpay.io/ledger/": guides\n    "https://docs.lumenpay.io/": repo:lumenpay/handbook//pages\nalerts: repo:lumenpay/rules//ledger/*.yaml\n`,
  'package.json':
    '{ "name": "ledger", "repository": { "type": "git", "url": "git+https://github.com/lumenpay/ledger.git" } }',
  'ops/alerts/rules.yaml': RULES,
  'ops/alerts/beside.md': '# Beside\n\nText\n',
  'docs/runbooks/ledger.md': RUNBOOK,
  'docs/runbooks/empty.md': '',
  'docs/runbooks/todo.md': '# Later\n\nTODO\n',
  'docs/runbooks/README.md': '# Runbooks\n\n- [Ledger](ledger.md)\n',
  'guides/errors.html.md.erb': '# Errors\n\nText\n\n## Too many\n\nText\n',
  'guides/index.md': '# Guides\n\nText\n',
  'docs/manual.adoc': '= Manual\n',
  'docs/unread.md': '# Unread\n\nText\n',
  'README.md': '# Ledger\n\nText\n\n## On call\n\nText\n',
};
const ROOTS = {
  'lumenpay/handbook': { 'pages/paging.md': '# Paging\n\n## Who\n\nText\n' },
  'lumenpay/runbooks': { 'ledger/lag.md': '# Lag\n\nText\n', 'other/unrelated.md': '# Unrelated\n\nText\n' },
  'lumenpay/rules': {
    'ledger/a.yaml':
      'runbook: https://github.com/lumenpay/runbooks/blob/main/ledger/lag.md\nother: https://docs.lumenpay.io/paging#who\n',
  },
};
const FROM = { path: 'ops/alerts/rules.yaml' };

async function facts(files: Readonly<Record<string, string>> = FILES): Promise<Facts> {
  const gathered = await collector.collect(sourcesOf(files, { roots: ROOTS }));
  expect(JSON.parse(JSON.stringify(gathered))).toEqual(gathered);
  return gathered.facts;
}

const GATHERED = facts();

async function leads(target: string | null, from: { path: string; root?: string } = FROM): Promise<string> {
  const { outcome, place, repository } = resolveDocument(await GATHERED, target, from);
  const spot = place && `${place.root ? `${place.root}:` : ''}${place.path}${place.line ? `:${place.line}` : ''}`;
  return [outcome, spot ?? repository].filter(Boolean).join(' ');
}

describe('what is gathered', () => {
  it('reads documents that are linked or named like runbooks, and lists the others', async () => {
    const { documents, others, roots, names } = await GATHERED;
    expect(documents.map(({ root, path }) => `${root}:${path}`)).toEqual([
      ':README.md',
      ':docs/runbooks/README.md',
      ':docs/runbooks/empty.md',
      ':docs/runbooks/ledger.md',
      ':docs/runbooks/todo.md',
      ':guides/errors.html.md.erb',
      ':guides/index.md',
      'lumenpay/handbook:pages/paging.md',
      'lumenpay/runbooks:ledger/lag.md',
    ]);
    expect(others.map(({ path }) => path)).toContain('docs/unread.md');
    expect(roots).toEqual(['lumenpay/handbook', 'lumenpay/rules', 'lumenpay/runbooks']);
    expect(names).toEqual(['lumenpay/ledger', 'ledger']);
  });

  it('keeps at most 4,000 characters below a heading', async () => {
    const long = await facts({ 'docs/runbook.md': `# Long\n\n${'word '.repeat(2000)}\n` });
    expect(long.documents[0]?.sections[0]?.text.length).toBe(4000);
  });
});

describe('an alert’s link', () => {
  it.each([
    ['docs/runbooks/ledger.md', 'file docs/runbooks/ledger.md'],
    ['./docs/runbooks/ledger.md', 'file docs/runbooks/ledger.md'],
    ['/docs/runbooks/ledger.md', 'file docs/runbooks/ledger.md'],
    ['beside.md', 'file ops/alerts/beside.md'],
    ['../../docs/runbooks/ledger.md#ledgerlag', 'section docs/runbooks/ledger.md:3'],
    ['docs/runbooks/ledger.md#LedgerLag', 'section docs/runbooks/ledger.md:3'],
    ['docs/runbooks/ledger.md#ledgerslow-late', 'section docs/runbooks/ledger.md:15'],
    ['docs/runbooks/ledger.md#nowhere', 'no-section docs/runbooks/ledger.md'],
    ['docs/runbooks/ledger.md#ledgerdown', 'empty docs/runbooks/ledger.md:11'],
    ['docs/runbooks/ledger.md#L3', 'file docs/runbooks/ledger.md'],
    ['docs/runbooks/empty.md', 'empty docs/runbooks/empty.md'],
    ['docs/runbooks/todo.md', 'empty docs/runbooks/todo.md'],
    ['docs/runbooks/gone.md', 'no-file'],
    ['docs/runbooks/', 'file docs/runbooks/README.md'],
    ['docs/runbooks/ledger', 'file docs/runbooks/ledger.md'],
    ['docs/runbooks/ledger.html#ledgerlag', 'section docs/runbooks/ledger.md:3'],
    ['guides/errors.html', 'file guides/errors.html.md.erb'],
    ['docs/manual.html', 'file docs/manual.adoc'],
    ['docs/manual.adoc#start', 'unread docs/manual.adoc'],
    ['docs/unread.md', 'file docs/unread.md'],
    ['docs/unread.md#unread', 'unread docs/unread.md'],
    ['../../../elsewhere/x.md', 'outside'],
  ])('%s is a path', async (target, expected) => {
    expect(await leads(target)).toBe(expected);
  });

  it.each([
    [
      'https://github.com/lumenpay/ledger/blob/main/docs/runbooks/ledger.md#ledgerlag',
      'section docs/runbooks/ledger.md:3',
    ],
    [
      'https://github.com/lumenpay/ledger/blob/main/docs/runbooks/ledger.md#ledgerslow--late',
      'section docs/runbooks/ledger.md:15',
    ],
    // What GitLab would accept is dead on GitHub.
    [
      'https://github.com/lumenpay/ledger/blob/main/docs/runbooks/ledger.md#ledgerslow-late',
      'no-section docs/runbooks/ledger.md',
    ],
    [
      'https://github.com/LumenPay/Ledger/blob/release/2026/docs/runbooks/ledger.md?plain=1',
      'file docs/runbooks/ledger.md',
    ],
    ['https://github.com/lumenpay/ledger/tree/main/docs/runbooks', 'file docs/runbooks/README.md'],
    ['https://github.com/lumenpay/ledger#on-call', 'section README.md:5'],
    ['https://github.com/lumenpay/ledger/blob/main/docs/runbooks/gone.md', 'no-file'],
    ['https://raw.githubusercontent.com/lumenpay/ledger/main/docs/runbooks/ledger.md', 'file docs/runbooks/ledger.md'],
    [
      'https://gitlab.lumenpay.io/lumenpay/ledger/-/blob/main/docs/runbooks/ledger.md#ledgerslow-late',
      'section docs/runbooks/ledger.md:15',
    ],
    ['https://github.com/lumenpay/runbooks/blob/main/ledger/lag.md', 'file lumenpay/runbooks:ledger/lag.md'],
    ['https://github.com/lumenpay/runbooks/blob/main/ledger/gone.md', 'no-file'],
    ['https://github.com/lumenpay/absent/blob/main/x.md', 'root-not-at-hand lumenpay/absent'],
    ['https://github.com/lumenpay/ledger/wiki/Lag', 'external'],
    ['https://wiki.lumenpay.io/display/OPS/Lag', 'external'],
    ['https://docs.lumenpay.io/ledger/errors/#too-many', 'section guides/errors.html.md.erb:5'],
    ['https://docs.lumenpay.io/ledger/', 'file guides/index.md'],
    ['https://docs.lumenpay.io/ledger/gone', 'no-file'],
    ['https://docs.lumenpay.io/paging#who', 'section lumenpay/handbook:pages/paging.md:3'],
  ])('%s is a page', async (target, expected) => {
    expect(await leads(target)).toBe(expected);
  });

  it.each([
    null,
    '',
    '#',
    'null',
    'TODO',
    'TBD',
    'N/A',
    'https://',
    'https://example.com/',
    'http://runbooks.example.org/x',
    'http://localhost:8080/x',
    'https://todo',
    '<runbook url>',
    'https://wiki.your-company.com/x',
  ])('%s is a placeholder', async (target) => {
    expect(await leads(target)).toBe('placeholder');
  });

  it.each([
    ['https://runbooks.lumenpay.io/{{ $labels.alertname }}', 'templated'],
    ['{{ .Values.runbookUrl }}/lag', 'templated'],
    [['$', '{local.playbooks}/LAG.md'].join(''), 'templated'],
    ['link:https://wiki.lumenpay.io/x', 'malformed'],
    ['[https://wiki.lumenpay.io/x]', 'malformed'],
    ['https:/wiki.lumenpay.io/x', 'malformed'],
    ['htps://wiki.lumenpay.io/x', 'malformed'],
    ['Restart the poster, then call the DBA.', 'text'],
    ['See docs/runbooks/ledger.md and restart', 'text'],
    ['mailto:ledger@lumenpay.io', 'outside'],
  ])('%s is neither', async (target, expected) => {
    expect(await leads(target)).toBe(expected);
  });

  it('is looked up in the repository it is written in', async () => {
    expect(await leads('lag.md', { root: 'lumenpay/runbooks', path: 'ledger/rules.yaml' })).toBe(
      'file lumenpay/runbooks:ledger/lag.md',
    );
    expect(await leads('docs/runbooks/ledger.md', { root: 'lumenpay/runbooks', path: 'ledger/rules.yaml' })).toBe(
      'no-file',
    );
  });

  it('comes with what stands there, headings below included', async () => {
    const { content } = resolveDocument(await GATHERED, 'docs/runbooks/ledger.md#ledgerlag', FROM);
    expect(content).toMatchObject({ title: 'LedgerLag', words: 4, state: 'filled' });
    expect(content?.text).toContain('ledger_lag_seconds');
    expect(content?.text).not.toContain('LedgerSlow');
    expect(resolveDocument(await GATHERED, 'docs/runbooks/ledger.md', FROM).content?.text).toContain('LedgerSlow');
  });

  it('to another repository of the same name is not taken for one to this', async () => {
    const own = await facts({ 'docs/runbooks/a.md': '# A\n\nText\n' });
    expect(own.names).toEqual(['ledger']);
    const outcome = (path: string): string =>
      resolveDocument(own, `https://github.com/other/ledger/blob/main/${path}`, FROM).outcome;
    expect([outcome('docs/runbooks/a.md'), outcome('docs/runbooks/b.md'), outcome('guides/b.md')]).toEqual([
      'file',
      'no-file',
      'root-not-at-hand',
    ]);
  });
});

describe('any text', () => {
  it('as a link is taken apart and looked up without a throw', async () => {
    const known = await GATHERED;
    const pieces = fc.constantFrom(
      'https://',
      'github.com/',
      'lumenpay/ledger',
      '/blob/main/',
      '/-/blob/',
      '..',
      '/',
      '#',
      '%',
      '%E0',
      '?',
      ' ',
      '{{',
      'docs/runbooks/ledger.md',
      '.html',
      'repo:',
      '//',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: anyCharacter }),
          fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 10 }).map((it) => it.join('')),
        ),
        (text) => {
          expect(linkTarget(text).kind).toMatch(/^\w+$/);
          const { outcome, place } = resolveDocument(known, text, FROM);
          if (['section', 'file', 'empty', 'no-section', 'unread'].includes(outcome)) expect(place).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives the addresses that configuration holds', () => {
    const text =
      'a: 1\nrunbook_url: "https://wiki.lumenpay.io/x"\nplaybook = ops/lag\nmessage: see docs/lag.md#top, now\nurl: https://x.lumenpay.io\n';
    expect(mentionsIn(text)).toEqual([
      { target: 'https://wiki.lumenpay.io/x', named: true, line: 2 },
      { target: 'ops/lag', named: true, line: 3 },
      { target: 'docs/lag.md#top', named: false, line: 4 },
      { target: 'https://x.lumenpay.io', named: false, line: 5 },
    ]);
  });
});
