/** Which problems came and which went: two multisets matched one to one, never counted against each other. Pure. */
import { grouped } from '../grouped.ts';
import type { ReportedProblem } from '../model.ts';
import { likeness } from './likeness.ts';

/** The problems of one finding, and the folder of its service. */
export interface ProblemsOf {
  readonly problems: readonly ReportedProblem[];
  readonly dir: string;
}

/** Which files there were, and which there are: a file can only have moved where its old path is gone and its new one is new. */
export interface Files {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
}

/** What came and what went. */
export interface ProblemChange {
  /** Problems that count now and did not: new ones, and those that a waiver covered. */
  readonly appeared: readonly ReportedProblem[];
  /** Problems that counted and do not: those that are gone, and those that a waiver covers now, marked as waived. */
  readonly gone: readonly ReportedProblem[];
}

type KeyOf = (problem: ReportedProblem, dir: string) => string | undefined;
type Match = readonly [before: ReportedProblem, after: ReportedProblem];

/**
 * Matches by fingerprint, then by likeness in the same file, then by likeness in a file that moved. A problem is matched once, so
 * that one that was fixed never makes up for another that is new.
 */
export function matchProblems(before: ProblemsOf, after: ProblemsOf, files: Files): ProblemChange {
  // Copies, because two problems that are alike may be one object.
  const [befores, afters] = [before, after].map(({ problems }) => problems.map((it) => ({ ...it })));
  const [lefts, rights] = [new Set(befores), new Set(afters)];
  const matches = waysOf(files).flatMap(([keyBefore, keyAfter]) =>
    matched(keyed(lefts, before.dir, keyBefore), keyed(rights, after.dir, keyAfter), lefts, rights),
  );
  const reopened = new Set(matches.flatMap(([then, now]) => (then.waived && !now.waived ? [now] : [])));
  const accepted = matches.flatMap(([then, now]) => (now.waived && !then.waived ? [{ ...then, waived: true }] : []));
  return {
    appeared: (afters ?? []).filter((it) => rights.has(it) || reopened.has(it)),
    gone: [...lefts, ...accepted],
  };
}

/** Pairs of keys, the surest first; each before and after are first sought among those that count alike. */
function waysOf({ before, after }: Files): readonly (readonly [KeyOf, KeyOf])[] {
  const byFingerprint: KeyOf = ({ fingerprint }) => fingerprint;
  const inPlace: KeyOf = (problem, dir) => `${placeOf(problem)}\0${likeness(problem, dir)}`;
  const left: KeyOf = (problem, dir) => (isAmong(problem, after) ? undefined : likeness(problem, dir));
  const came: KeyOf = (problem, dir) => (isAmong(problem, before) ? undefined : likeness(problem, dir));
  const ways: readonly (readonly [KeyOf, KeyOf])[] = [
    [byFingerprint, byFingerprint],
    [inPlace, inPlace],
    [left, came],
  ];
  return ways.flatMap(([a, b]) => [[countingAlike(a), countingAlike(b)] as const, [a, b] as const]);
}

function countingAlike(keyOf: KeyOf): KeyOf {
  return (problem, dir) => {
    const key = keyOf(problem, dir);
    return key === undefined ? undefined : `${problem.waived}\0${key}`;
  };
}

function placeOf({ at }: ReportedProblem): string {
  return at ? `${at.root ?? ''}\0${at.path}` : '';
}

/** What no file carries, or a file of another root, has not moved. */
function isAmong({ at }: ReportedProblem, files: ReadonlySet<string>): boolean {
  return at === undefined || at.root !== undefined || files.has(at.path);
}

function keyed(
  problems: ReadonlySet<ReportedProblem>,
  dir: string,
  keyOf: KeyOf,
): ReadonlyMap<string, readonly ReportedProblem[]> {
  const known = [...problems].flatMap((problem) => {
    const key = keyOf(problem, dir);
    return key === undefined ? [] : [{ key, problem }];
  });
  return new Map([...grouped(known, ({ key }) => key)].map(([key, its]) => [key, its.map(({ problem }) => problem)]));
}

function matched(
  befores: ReadonlyMap<string, readonly ReportedProblem[]>,
  afters: ReadonlyMap<string, readonly ReportedProblem[]>,
  lefts: Set<ReportedProblem>,
  rights: Set<ReportedProblem>,
): readonly Match[] {
  return [...afters].flatMap(([key, group]) => {
    const partners = befores.get(key) ?? [];
    return group.slice(0, partners.length).flatMap((after, index) => {
      const before = partners[index];
      if (!before) return [];
      lefts.delete(before);
      rights.delete(after);
      return [[before, after] as const];
    });
  });
}
