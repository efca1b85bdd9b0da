import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collector as budgets } from '../../src/evidence/error-budget.ts';
import { actionsIn } from '../../src/evidence/records/actions.ts';
import { entriesIn } from '../../src/evidence/records/entries.ts';
import { reviewedIncident } from '../../src/evidence/records/incident.ts';
import { collector as records } from '../../src/evidence/records.ts';
import { collector as debts } from '../../src/evidence/tech-debt.ts';
import { sourcesOf } from './sources-of.ts';

describe('what is listed', () => {
  it('is rows, items with what is nested in them, and headings with labels', () => {
    const text =
      '# Log\n\n| a | b |\n|---|:-:|\n| 1 | x \\| y |\n\n- [x] done, owner: Ada\n  - due: 2026-01-02\n\n1. second\n\n## Third\n\n**Owner:** Lin\n';
    expect(entriesIn(text).map(({ shape, fields, checked, line }) => [shape, fields, checked, line])).toEqual([
      ['section', {}, undefined, 1],
      ['row', { a: '1', b: 'x | y' }, undefined, 5],
      ['item', { owner: 'Ada', due: '2026-01-02' }, true, 7],
      ['item', {}, undefined, 10],
      ['section', { owner: 'Lin' }, undefined, 12],
    ]);
  });

  it('is not what stands in code and comments', () => {
    expect(entriesIn('```\n- a\n```\n<!-- - b\n- c\n-->\n- d').map(({ text }) => text)).toEqual(['d']);
  });

  it('is read from any text', () => {
    const word = fc.constantFrom(
      '# ',
      '- ',
      '[ ] ',
      '[x] ',
      '| ',
      '|---|',
      '\n',
      '  ',
      'owner: ',
      'due: ',
      '2026-01-02',
      'word ',
      '```',
      '<!--',
      '-->',
      '**',
      '~~',
      ':',
      '__proto__',
      'Actions',
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 80 }).map((it) => it.join('')),
        (text) => {
          const lines = text.split('\n').length;
          for (const { line, text: words } of entriesIn(text))
            expect(line >= 1 && line <= lines && words.length > 0).toBe(true);
          expect(actionsIn(text)).toEqual(JSON.parse(JSON.stringify(actionsIn(text))));
          reviewedIncident({}, text);
        },
      ),
    );
  });
});

describe('actions', () => {
  const first = (line: string) => actionsIn(`## Actions\n\n${line}`)[0];
  it.each([
    ['- [ ] a thing, owner: Ada, due: 2026-01-02', { owner: 'Ada', due: '2026-01-02', state: 'open' }],
    ['- [x] a thing', { state: 'done' }],
    ['- a thing (@grace) by 2026-01-02', { owner: '@grace', due: '2026-01-02', state: 'unsaid' }],
    ["- a thing, status: won't do", { state: 'dropped' }],
    [
      '| Action | Assignee | Deadline | Status |\n|--|--|--|--|\n| a | Lin | 2026-01-02 | In progress |',
      { owner: 'Lin', due: '2026-01-02', state: 'open' },
    ],
    ['| Action | Status |\n|--|--|\n| a | not done |', { state: 'unsaid' }],
  ])('%s', (line, wanted) => expect(first(line)).toMatchObject(wanted));

  it('are those below a heading for them', () => {
    expect(
      actionsIn('## Timeline\n\n- [ ] 02:13 page\n\n## Actions taken\n\n- restarted\n\n## Next steps\n\n- None'),
    ).toEqual([]);
  });
});

it('a review tells its incident, its severity and its own day', async () => {
  const { facts } = await records.collect(
    sourcesOf({
      'docs/postmortems/a.md':
        '# A\n\n**Incident:** INC-7\nSeverity: SEV-2\n| Date of incident | 2026-03-01 |\nReviewed on: 2026-03-05\n\n## Actions\n\n- [x] a\n',
    }),
  );
  expect(facts.records[0]?.incident).toEqual({
    id: 'INC-7',
    severity: 'SEV-2',
    on: '2026-03-01',
    reviewed: '2026-03-05',
  });
  expect(facts.records[0]?.actions?.map(({ state, at }) => [state, at.line])).toEqual([['done', 10]]);
});

it('a log of debt tells what is open and what is paid back', async () => {
  const { facts } = await debts.collect(
    sourcesOf({
      'docs/debt.md':
        '# Debt\n\n## Open\n\n- two clients, owner: Ada, impact: slow, since: 2026-01-02\n- ~~old queue~~\n\n## Paid back\n\n- old cache\n',
    }),
  );
  expect(facts.items.map(({ title, closed, owner, cost, since }) => [title, closed, owner, cost, since])).toEqual([
    ['two clients, owner: Ada, impact: slow, since: 2026-01-02', false, 'Ada', 'slow', '2026-01-02'],
    ['old queue', true, undefined, undefined, undefined],
    ['old cache', true, undefined, undefined, undefined],
  ]);
});

describe('what happens when a budget is spent', () => {
  const said = async (text: string) => {
    const { facts } = await budgets.collect(sourcesOf({ 'docs/slo.md': `# Error budget policy\n\n${text}` }));
    return facts.passages[0]?.consequence;
  };
  it.each([
    'If the budget is exhausted, we freeze feature releases.',
    'Once the SLO is missed no new features are deployed.',
    'When less than 10 % is left, reliability comes first.',
  ])('%s', async (text) => expect(await said(text)).toBe(text));
  it.each([
    'The budget is 22 minutes.',
    'When it is spent we do not stop releases.',
    'The build stops when a test fails.',
  ])('not: %s', async (text) => expect(await said(text)).toBeUndefined());
});
