import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topicOf } from '../../src/evidence/customer-records/claimed.ts';
import { dayOf } from '../../src/evidence/customer-records/day.ts';
import { linesWith } from '../../src/evidence/customer-records/figures.ts';
import { accessible, everyLine } from '../../src/evidence/customer-records/parts.ts';
import { collector as records } from '../../src/evidence/customer-records.ts';
import { collector as callers } from '../../src/evidence/declared-callers.ts';
import { collector as traces } from '../../src/evidence/feedback-traces.ts';
import { citation } from '../../src/evidence/history/marked.ts';
import { spot } from './collected.ts';
import { HEAD, sourcesOf } from './sources-of.ts';

describe('the day of a record', () => {
  it.each([
    ['docs/2026-10-03.md', '', { on: '2026-10-03' }],
    ['docs/2026-10.md', '', { on: '2026-10-31', period: true }],
    ['docs/2024-02.md', '', { on: '2024-02-29', period: true }],
    ['docs/2026-q4.md', '', { on: '2026-12-31', period: true }],
    ['docs/x.md', 'Date: 3 October 2026', { on: '2026-10-03' }],
    ['docs/1.2026-10.3.md', '', undefined],
    ['docs/2026-13.md', '', undefined],
    ['docs/x.md', 'It was nice.', undefined],
  ])('%s %s', (path, text, wanted) => expect(dayOf({}, text, path)).toEqual(wanted));
});

describe('a figure on a line', () => {
  it.each([
    ['2026-10-31,66.2', 66.2],
    ['66.20 %', 66.2],
    ['20 of 30', 20],
    ['20.0', 20],
    ['within 3 hours', '3h'],
    ['2026-09-30,3h', '3h'],
    ['median 15 min', '15m'],
  ])('%s shows %s', (line, figure) => expect(linesWith(line, figure)).toHaveLength(1));

  it.each([
    ['166.2', 66.2],
    ['66.25', 66.2],
    ['v1.20', 20],
    ['2020-10-20', 20],
    ['20.5', 20],
    ['3 high', '3h'],
    ['13h', '3h'],
    ['3 months', '3m'],
  ])('%s does not show %s', (line, figure) => expect(linesWith(line, figure)).toEqual([]));

  it('is found wherever a number stands alone, and knows its line', () => {
    fc.assert(
      fc.property(fc.nat(99_999), fc.nat(99), fc.nat(20), (whole, rest, above) => {
        const figure = Number(`${whole}.${rest}`);
        const text = `${'\n'.repeat(above)}on 2026-10-31 it was ${figure} %`;
        expect(linesWith(text, figure)).toEqual([
          { line: above + 1, text: `on 2026-10-31 it was ${figure} %`, days: ['2026-10-31'] },
        ]);
      }),
    );
  });

  it('is looked for in any text without a throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.double(), fc.string()), (text, figure) => {
        for (const it of linesWith(text, figure)) expect(it.line).toBeGreaterThan(0);
      }),
    );
  });
});

describe('a statement on accessibility', () => {
  const read = (text: string) => {
    const { standard, level, audits } = accessible(text);
    return [standard?.words, level?.words, audits.map(({ on }) => on)];
  };
  it.each([
    [
      'the WCAG (Web Content Accessibility Guidelines) version 2.2 AA standard. Tested in March 2025. Tested on 2026-01-02.',
      ['WCAG 2.2', 'AA', ['2025-03-01', '2026-01-02']],
    ],
    ["<%= link 'Web Content Accessibility Guidelines (WCAG) 2.2', u %> AA standard", ['WCAG 2.2', 'AA', []]],
    ['It has not been tested in 2026-01-01. An audit will follow in April 2026.', [undefined, undefined, []]],
    ['It conforms to WCAG 2.1 level AA. It was tested on 12 May 2026.', ['WCAG 2.1', 'AA', ['2026-05-12']]],
    ['<p>meets the <a href="x">WCAG 2.2</a> AA standard</p>', ['WCAG 2.2', 'AA', []]],
    ['EN 301 549, audited on 2026-03-04 by us', ['EN 301 549', undefined, ['2026-03-04']]],
    ['Accessibility is a matter of the heart. Grade A work.', [undefined, undefined, []]],
    ['The next audit will be on 12 May 2027; to be tested on 1 June 2026', [undefined, undefined, []]],
    ['Tested on Chrome 120.0 and Firefox', [undefined, undefined, []]],
  ])('%s', (text, wanted) => expect(read(text)).toEqual(wanted));
});

it.each([
  ['This website is not compliant with WCAG 2.2 AA.', true],
  ['<p>(c) This website is not compliant with WCAG 2.2 AA.</p>', true],
  ['It works. Our service does not comply yet.', true],
  ['The following content on the Notify website is not compliant with it:', false],
  ['The following content on\nthis website is not compliant with it', false],
  ['This website is partially compliant.', false],
])('%s denies all: %s', (text, wanted) => expect(accessible(text).denied !== undefined).toBe(wanted));

it('news at intervals', () => {
  expect(everyLine('a\nWe post every 30 minutes.')).toBe(2);
  expect(everyLine('every hour')).toBe(1);
  expect(everyLine('every customer, for 30 minutes')).toBeUndefined();
});

it.each([
  ['docs/accessibility.md', 'accessibility'],
  ['app/views/accessibility-statement.html.erb', 'accessibility'],
  ['src/accessibility.ts', undefined],
  ['docs/incident-communication.md', 'status'],
  ['docs/status-page-template.md', 'status'],
  ['docs/incident-notifications.md', undefined],
  ['docs/user-research/2026-01-forms.md', 'research'],
  ['docs/user-research/README.md', undefined],
  ['docs/user-research/template.md', undefined],
  ['docs/research/compilers.md', undefined],
])('%s is about %s', (path, topic) => expect(topicOf(path)).toBe(topic));

describe('a marker', () => {
  it.each([
    ['FB-', 'FB-12 link it', 'FB-12'],
    ['fb-', 'Link it (FB-12)', 'FB-12'],
    ['Feedback:', 'Link it, Feedback: #12', 'Feedback: #12'],
    ['feedback', 'Address review feedback', undefined],
    ['FB-', 'Fix SHFB-12', undefined],
    ['FB-', 'FB-x', undefined],
    ['a+(b', 'a+(b 7', 'a+(b 7'],
    ['', '12', undefined],
  ])('%s in "%s"', (marker, text, wanted) => expect(citation(marker)(text)).toBe(wanted));

  it('may be anything', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (marker, text) => void citation(marker)(text)));
  });
});

describe('records', () => {
  it('of a section are those of the section alone', async () => {
    const { facts } = await records.collect(
      sourcesOf({
        'gonogo.yaml': `${HEAD}user_research: ["docs/talks.md#july"]\n`,
        'docs/talks.md':
          '# Talks\n\n## June\n\nParticipants: ten\n\nFindings: much\n\n## July\n\nDate: 2026-07-08\n\nParticipants: two of them\n\n## August\n\nFindings: none of July\n',
      }),
    );
    expect(facts.records.map(({ at, dated, parts }) => [spot(at), dated?.on, parts.map((it) => spot(it.at))])).toEqual([
      ['docs/talks.md:9', '2026-07-08', ['docs/talks.md:13']],
    ]);
  });

  it('that are cut short say so', async () => {
    const files = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`docs/talks/${at}.md`, `# ${at}`]));
    const { unread } = await records.collect(
      sourcesOf({ 'gonogo.yaml': `${HEAD}user_research: [docs/talks]\n`, ...files }),
    );
    expect(unread.map(({ reason }) => reason)).toEqual(['limit']);
  });
});

describe('who depends on it', () => {
  it('is told by manifests and catalogue entries, its own and those of samples aside', async () => {
    const other = (name: string, rest = '') =>
      `apiVersion: gonogo/v1\nkind: Service\nname: ${name}\ntier: 3\n${rest}dependencies:\n  - id: ledger\n  - redis\n`;
    const { facts } = await callers.collect(
      sourcesOf({
        'gonogo.yaml': `${HEAD}dependencies: [ledger]\n`,
        'web/gonogo.yaml': other('web'),
        'samples/gonogo.yaml': other('sample', 'root: true\n'),
        'test/fixtures/gonogo.yaml': other('fixture'),
        'job/catalog-info.yaml':
          'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: job }\nspec: { owner: x, type: service, dependsOn: ["component:default/ledger"] }\n',
      }),
    );
    expect(facts.services.map(({ name, dependsOn }) => [name, dependsOn.map((it) => it.name)])).toEqual([
      ['job', ['ledger']],
      ['web', ['ledger', 'redis']],
    ]);
  });
});

it('all read anything', async () => {
  const word = fc.constantFrom(
    '# Changelog\n',
    '## 1.0 - 2026-10-02\n',
    '- done ([asked](docs/feedback/2026-10.md))\n',
    '[x](../feedback/2026-10.md#y)',
    'FB-12 ',
    'Date: 31/02/2026\n',
    '| a | b |\n|---|---|\n',
    '<p>WCAG 2.2 AA</p>',
    '```\n',
    '---\n',
    'name: [',
    'dependencies: ledger\n',
    '\0',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 25 }), async (words) => {
      const text = words.join('');
      const sources = sourcesOf({
        'gonogo.yaml': `${HEAD}feedback: { channels: [a], marker: FB-, last_summary: docs/feedback/2026-10.md }\nuser_research: [docs/feedback]\naccessibility: docs/accessibility.html\nstatus: { template: "docs/incident-communication.md#where" }\n`,
        'docs/feedback/2026-10.md': text,
        'docs/accessibility.html': text,
        'docs/incident-communication.md': text,
        'docs/adr/0001-a.md': text,
        'CHANGELOG.md': text,
        'web/gonogo.yaml': text,
        'web/catalog-info.yaml': text,
      });
      for (const collector of [records, callers, traces]) {
        const { facts } = await collector.collect(sources);
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      }
    }),
    { numRuns: 60 },
  );
});
