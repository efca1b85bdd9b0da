/** The services of two runs, each once, with its rules side by side. Pure. */
import type { Kept, Presence, ServiceLine, StoredRun, VerdictChange } from '../model-trend.ts';
import { verdictOf } from '../verdict/judge.ts';
import { asBefore, pairsOf, type RulePair, VERDICT_RANK } from './pairs.ts';
import { keyOfLine } from './shares.ts';

/** One service in two runs. */
export interface Joined {
  readonly key: string;
  /** As the later run that has it knows it. */
  readonly line: ServiceLine;
  readonly presence: Presence;
  readonly commits: { readonly from?: string; readonly to?: string };
  readonly pairs: readonly RulePair[];
  /** Where it was compared and its verdict is another. */
  readonly change?: VerdictChange;
}

/** All services of both, those of the later run first. */
export function joined(before: Kept, after: Kept): readonly Joined[] {
  const then = new Map(before.lines.map((line) => [keyOfLine(line), line]));
  const now = new Set(after.lines.map(keyOfLine));
  const gone = before.lines.filter((line) => !now.has(keyOfLine(line)));
  return [
    ...after.lines.map((line) => joinedOf(before.run, then.get(keyOfLine(line)), after.run, line)),
    ...gone.map((line) => joinedOf(before.run, line, after.run, undefined)),
  ];
}

function joinedOf(
  then: StoredRun,
  before: ServiceLine | undefined,
  now: StoredRun,
  after: ServiceLine | undefined,
): Joined {
  const line = after ?? before;
  if (!line) throw new TypeError('a service is in neither run');
  const pairs = pairsOf(before && { run: then, line: before }, after && { run: now, line: after });
  const change = before && after && changeOf(before, after, pairs);
  return {
    key: keyOfLine(line),
    line,
    presence: before && after ? 'compared' : presenceOf(before ? now : then, line, before ? 'gone' : 'new'),
    commits: {
      ...(before?.commit !== undefined && { from: before.commit }),
      ...(after?.commit !== undefined && { to: after.commit }),
    },
    pairs,
    ...(change && { change }),
  };
}

/** Nothing is known of a service whose repository the other run could not judge. */
function presenceOf(other: StoredRun, { repo }: ServiceLine, otherwise: 'new' | 'gone'): Presence {
  return other.unjudged.some((it) => it.repo === repo) ? 'unjudged' : otherwise;
}

function changeOf(before: ServiceLine, after: ServiceLine, pairs: readonly RulePair[]): VerdictChange | undefined {
  if (before.verdict === after.verdict) return undefined;
  const alike = pairs.flatMap((it) =>
    it.before && it.after ? [{ before: it.before, after: asBefore(it.before, it.after) }] : [],
  );
  const from = VERDICT_RANK[verdictOf(alike.map((it) => it.before))];
  const to = VERDICT_RANK[verdictOf(alike.map((it) => it.after))];
  const isSameWay = Math.sign(to - from) === Math.sign(VERDICT_RANK[after.verdict] - VERDICT_RANK[before.verdict]);
  return {
    service: keyOfLine(after),
    ...(after.owner !== undefined && { owner: after.owner }),
    from: before.verdict,
    to: after.verdict,
    because: isSameWay ? 'service' : 'rules',
  };
}
