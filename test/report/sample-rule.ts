/** Rules explained by hand, for the tests of `explain` and `rules`. */
import type { RuleExplained } from '../../src/report/rule-explained.ts';

/** A rule with everything that a rule can have. */
export const FULL_RULE: RuleExplained = {
  id: 'runbooks/runbook-fresh',
  area: 'runbooks',
  statement: 'Every runbook was reviewed within the time allowed.',
  aliases: ['runbooks/reviewed'],
  severity: { tier1: 'critical', tier2: 'major', tier3: 'standard', tier4: 'off' },
  proof: 'required',
  due: 'beta',
  why: 'A runbook that describes last year\u2019s system costs the person on call the first twenty minutes of an incident.',
  fix: 'Read the page against the running system, correct it, and set last_reviewed_on in its front matter.',
  refs: ['https://handbook.lumenpay.io/operations/runbooks', 'Operations handbook, chapter 4'],
  check: {
    id: 'generic/reviewed-within',
    summary:
      'Reads the review date from the front matter of every page in runbooks.dir; where there is none, from the commits that changed it.',
    needs: ['docs', 'history'],
    params: [
      {
        name: 'max_age',
        doc: 'Longest time since the last review.',
        default: '365d',
        perTier: { tier1: '180d', tier2: '180d' },
      },
      { name: 'bulk', doc: 'Commits that touch at least this many files are no review.', default: 15 },
      { name: 'keys', doc: 'Front-matter keys that carry the date.', default: ['last_reviewed_on', 'reviewed'] },
      { name: 'strict', doc: 'Whether a page without any date counts as stale.', default: true },
    ],
  },
  profiles: [
    { profile: 'stability', change: 'major for tier 3, max_age 90d for tier 1' },
    { profile: 'flexibility', change: 'major for tier 1' },
  ],
  example: [
    '## Not ready: reviewed too long ago',
    '',
    '```markdown docs/runbooks/refunds.md',
    '---',
    'last_reviewed_on: 2026-02-03',
    '---',
    '# Refunds are stuck',
    '```',
    '',
    '> **stale** 1 of 1 runbooks was last reviewed more than 180 days ago',
  ].join('\n'),
};

/** A rule with as little as possible. */
export const SMALL_RULE: RuleExplained = {
  id: 'ownership/team-declared',
  area: 'ownership',
  statement: 'A team owns the service.',
  aliases: [],
  severity: { tier1: 'critical', tier2: 'critical', tier3: 'critical', tier4: 'major' },
  proof: 'optional',
  due: 'design',
  why: 'What belongs to nobody is repaired by nobody.',
  fix: 'Set owner.team.',
  refs: [],
  check: { id: 'ownership/team-declared', summary: 'Looks for owner.team in the manifest.', needs: [], params: [] },
  profiles: [],
};
