/** Builds runs for tests of trends: services by what stands about a few rules. */
import type { Verdict } from '../../src/model.ts';
import type { Kept, ServiceLine, StoredRun } from '../../src/model-trend.ts';
import { letterOf, type Mark, markOf, NOT_JUDGED } from '../../src/store/letters.ts';
import { verdictOf } from '../../src/verdict/judge.ts';

/** What stands about a rule, in a word. */
export const MARKS = {
  met: { severity: 'major', standing: 'verified', ruling: 'pass' },
  trusted: { severity: 'major', standing: 'declared', ruling: 'trust' },
  fails: { severity: 'major', standing: 'missing', ruling: 'fail' },
  warns: { severity: 'standard', standing: 'missing', ruling: 'warn' },
  'as major': { severity: 'major', standing: 'missing', ruling: 'fail' },
  waived: { severity: 'major', standing: 'missing', ruling: 'waived' },
  unproven: { severity: 'major', standing: 'declared', ruling: 'fail' },
  unknown: { severity: 'major', standing: 'unknown', ruling: 'warn' },
  'n/a': { severity: 'major', standing: 'not-applicable', ruling: 'skip' },
} satisfies Record<string, Mark>;

/** What stands about each rule of one service; `-`: not judged. */
export type Sample = Readonly<Record<string, keyof typeof MARKS | '-'>>;

/** A run of services by key; rules are all that any of them names, and further ones. */
export function runOf(
  asOf: string,
  services: Readonly<Record<string, Sample>>,
  more: Partial<StoredRun> = {},
  lineOf: (key: string) => Partial<ServiceLine> = () => ({}),
): Kept {
  const ids = [...new Set(Object.values(services).flatMap((it) => Object.keys(it)))].sort();
  const rules = ids.map((id) => ({ id, area: id.split('/')[0] ?? id, fix: `Do ${id}.` }));
  const lines = Object.entries(services).map(([key, sample]) => {
    const letters = ids.map((id) => {
      const word = sample[id] ?? '-';
      return word === '-' ? NOT_JUDGED : letterOf(MARKS[word]);
    });
    return { ...lineWith(key, letters.join('')), ...lineOf(key) };
  });
  const run: StoredRun = {
    id: `run-${asOf}`,
    schemaVersion: 1,
    tool: { name: 'gonogo', version: '0.1.0' },
    asOf,
    checklists: [],
    yardstick: '0123456789abcdef',
    rules,
    repositories: lines.length,
    services: lines.length,
    unjudged: [],
    ...more,
  };
  return { run, lines };
}

function lineWith(key: string, letters: string): ServiceLine {
  const [repo = '', dir = ''] = key.split('//');
  const marks = [...letters].flatMap((letter) => markOf(letter) ?? []);
  const applicable = marks.filter(({ ruling }) => ruling !== 'skip');
  const verdict: Verdict = verdictOf(marks);
  return {
    repo,
    dir,
    name: dir || repo,
    tier: 2,
    stage: 'live',
    profile: 'balanced',
    owner: 'team-a',
    commit: '0123456789ab',
    verdict,
    score: {
      applicable: applicable.length,
      met: applicable.filter(({ ruling }) => ruling === 'pass' || ruling === 'trust').length,
      verified: applicable.filter(({ standing }) => standing === 'verified').length,
      declared: applicable.filter(({ standing }) => standing === 'declared').length,
    },
    letters,
  };
}
