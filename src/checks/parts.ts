/** Puts the opinions on the parts of a statement together: the whole is as good as its worst part. Pure. */
import type { Assessment, Place, Problem, Standing } from '../model.ts';
import { assessed } from './define.ts';

/** What stands about one part, e.g. about one dependency. */
export interface Part {
  readonly standing: Standing;
  readonly evidence?: readonly Place[];
  readonly problems?: readonly Problem[];
}

/** Worst first: what is disproved weighs more than what is not there, and that more than what could not be read. */
const WORST_FIRST: readonly Standing[] = [
  'contradicted',
  'missing',
  'stale',
  'unknown',
  'declared',
  'verified',
  'not-applicable',
];

/** The worst standing among the parts; not-applicable when there is none. */
export function worstStanding(parts: readonly Pick<Part, 'standing'>[]): Standing {
  return WORST_FIRST.find((standing) => parts.some((part) => part.standing === standing)) ?? 'not-applicable';
}

/** One assessment of all parts, with the problems of the worst first. */
export function together(parts: readonly Part[], because: string, claim?: Place): Assessment {
  const sorted = [...parts].sort((a, b) => WORST_FIRST.indexOf(a.standing) - WORST_FIRST.indexOf(b.standing));
  const evidence = [...new Map(parts.flatMap((part) => part.evidence ?? []).map((at) => [keyOf(at), at])).values()];
  return assessed(worstStanding(parts), because, {
    claim,
    evidence,
    problems: sorted.flatMap((part) => part.problems ?? []),
  });
}

function keyOf({ root, path, line, column }: Place): string {
  return [root, path, line, column].join(':');
}

/** A part that fails by one problem. */
export function failing(standing: 'contradicted' | 'missing' | 'unknown', problem: Problem): Part {
  return { standing, problems: [problem] };
}
