import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordKind } from '../../src/evidence/records/record.ts';
import { collector as records } from '../../src/evidence/records.ts';
import { isAboutRelease, isRollbackTitle, stepsIn } from '../../src/evidence/rollback-docs/rollback-passage.ts';
import { collector as rollbacks } from '../../src/evidence/rollback-docs.ts';
import { sourcesOf } from './sources-of.ts';

describe('records', () => {
  it.each([
    ['drills/2026-06-10-gateway.md', 'exercise'],
    ['docs/game-days/zone.md', 'exercise'],
    ['docs/postmortems/2026-01-02-queue.md', 'postmortem'],
    ['docs/adr/0007-queues.md', 'decision'],
    ['docs/decisions/README.md', undefined],
    ['drills/template.md', undefined],
    ['exercises/01.md', undefined],
    ['docs/backdrill.md', undefined],
  ])('%s', (path, kind) => expect(recordKind(path)).toBe(kind));

  it('know their day by name, front matter or text, and a decision its status', async () => {
    const { facts } = await records.collect(
      sourcesOf({
        'drills/2026-06-10.md': '# Drill\n\nFindings: it works.',
        'drills/b.md': '---\ndate: 2026-05-01\n---\n# Drill\n\nx',
        'drills/c.md': '# Drill\n\n**Date:** 3 April 2026\n\nx',
        'drills/d.md': '# Drill\n\nIt was nice.',
        'docs/adr/0001-a.md': '# A\n\n## Status\n\nSuperseded by 2\n',
        'docs/adr/0002-b.md': '# B\n\n* Status: accepted\n',
      }),
    );
    expect(facts.records.map(({ at, date, status }) => [at.path, date ?? status])).toEqual([
      ['drills/2026-06-10.md', '2026-06-10'],
      ['drills/b.md', '2026-05-01'],
      ['drills/c.md', '2026-04-03'],
      ['docs/adr/0001-a.md', 'superseded by 2'],
      ['docs/adr/0002-b.md', 'accepted'],
      ['drills/d.md', undefined],
    ]);
  });

  it('take no note to oneself for a part, neither behind a label nor as one', async () => {
    const { facts } = await records.collect(
      sourcesOf({
        'drills/2026-06-10.md':
          '# Drill\n\nParticipants: TODO\n\n## Findings\n\n- TODO: what was different\n\nTODO: who owns which action\n',
      }),
    );
    expect(facts.records).toMatchObject([{ date: '2026-06-10', parts: [] }]);
  });
});

describe('taking a release back', () => {
  const about = (title: string, context = '', text = '') =>
    isRollbackTitle(title) && isAboutRelease(title, context, text);

  it.each([
    'Rolling back a release',
    'How to roll back a deployment',
    'Revert production to the previous version',
    'Rollback of the app',
  ])('%s', (title) => expect(about(title)).toBe(true));

  it.each(['Rollback', 'Rollback process', '3.8 Rollback and reliability', 'Deploy and rollback'])(
    '%s, where it is about operations',
    (title) => {
      expect(about(title, 'docs/deployment.md')).toBe(true);
      if (/^Rollback/.test(title)) expect(about(title, 'docs/transactions.md')).toBe(false);
    },
  );

  it.each([
    'Rolling back a migration',
    'Rollback of a transaction',
    'Reverting a commit',
    'The `rollback` action',
    'Reverting to public',
    'Backups',
    'argocd app rollback command reference',
  ])('not: %s', (title) => expect(about(title, 'docs/deployment.md')).toBe(false));

  it('counts what one is told to do', () => {
    expect(stepsIn('1. Open the history.\nClick on the run, then wait for it.')).toBe(3);
    expect(stepsIn('Manual\nTBD\nOur tool supports rollbacks.')).toBe(0);
  });
});

it('both read any Markdown', async () => {
  const word = fc.constantFrom(
    '# ',
    '## Rollback a release\n',
    '**Rollback**\n',
    '\n\n',
    'Run it.',
    '| a |\n|---|\n',
    '- [ ] x\n',
    'Date: 31/02/2026\n',
    '---\n',
    'Findings: ',
    '```\n',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 30 }), async (words) => {
      const files = {
        'drills/a.md': words.join(''),
        'docs/adr/0001-a.md': words.join(''),
        'docs/deploy.md': words.join(''),
      };
      for (const collector of [records, rollbacks]) {
        const { facts } = await collector.collect(sourcesOf(files));
        expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      }
    }),
    { numRuns: 50 },
  );
});
