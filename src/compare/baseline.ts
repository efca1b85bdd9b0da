/** A report against a baseline: what blocks and was not accepted, and what was accepted and is no more. The verdict knows nothing of it. Pure. */
import type { GonogoBaseline } from '../generated/baseline.ts';
import { grouped } from '../grouped.ts';
import type {
  Against,
  Change,
  Finding,
  Report,
  ReportedProblem,
  RuleChange,
  ServiceChange,
  ServiceReport,
} from '../model.ts';
import { type Accepted, openProblems } from './baseline-file.ts';
import { changeOf, inOrder } from './compare.ts';
import { type OfService, type Pair, pairServices } from './pairs.ts';
import { matchProblems } from './problems.ts';
import { directionOf, isUnmet } from './rule-change.ts';
import { yardstickNotes } from './yardstick.ts';

/** The accepted problems of one service. */
interface AcceptedOf extends OfService {
  readonly accepted: readonly Accepted[];
}

/** What blocks today and is not in the baseline, and what is in it and gone; `paths` are all files of today. */
export function compareBaseline(
  baseline: GonogoBaseline,
  report: Report,
  against: Against,
  paths: ReadonlySet<string>,
): Change {
  const pairs = pairServices(byService(baseline.accepted), report.services);
  const absent = pairs.flatMap(({ before, after }) => (before && !after ? [before.service.name] : []));
  const notes = [
    ...yardstickNotes(baseline, report),
    ...absent.map((name) => `the baseline accepts problems of ${name}, which is not judged here`),
  ];
  return changeOf(
    against,
    pairs.flatMap((pair) => ofService(pair, paths)),
    notes,
  );
}

/** The entries of a baseline that a report shows to be fixed. */
export function fixedIn(change: Change): readonly ReportedProblem[] {
  return change.services.flatMap(({ rules }) => rules.flatMap(({ gone }) => gone));
}

/** What blocks and is in no baseline. */
export function newIn(change: Change): readonly ReportedProblem[] {
  return change.services.flatMap(({ rules }) => rules.flatMap(({ appeared }) => appeared));
}

/** The baseline without the entries that a change shows to be fixed; the others stay as they are. */
export function withoutFixed(baseline: GonogoBaseline, change: Change): GonogoBaseline {
  const left = new Map<string, number>();
  for (const { rules } of change.services)
    for (const { rule, gone } of rules)
      for (const it of gone) left.set(keyOf(rule, it), (left.get(keyOf(rule, it)) ?? 0) + 1);
  const accepted = baseline.accepted.filter((entry) => {
    const key = keyOf(entry.rule, problemOf(entry));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
  return { ...baseline, accepted };
}

/** A fingerprint knows its service. */
function keyOf(rule: string, { fingerprint, at, message }: ReportedProblem): string {
  return [rule, fingerprint, at?.root, at?.path, message].join('\0');
}

/** A change of which nothing blocks that a baseline accepts. */
export function accepting(change: Change, byBaseline: Change): Change {
  const open = new Set(
    byBaseline.services.flatMap(({ service, dir, rules }) =>
      rules.flatMap(({ rule, blocks }) => (blocks ? [[service, dir, rule].join('\0')] : [])),
    ),
  );
  const services = change.services.map((it) => ({
    ...it,
    rules: inOrder(
      it.rules.map((rule) => ({
        ...rule,
        blocks: rule.blocks && open.has([it.service, it.dir, rule.rule].join('\0')),
      })),
    ),
  }));
  return changeOf(change.against, services, change.notes ?? []);
}

function byService(accepted: readonly Accepted[]): readonly AcceptedOf[] {
  return [...grouped(accepted, ({ service, dir }) => `${service}\0${dir}`).values()].flatMap((its) =>
    its.slice(0, 1).map(({ service, dir }) => ({ service: { name: service, dir }, accepted: its })),
  );
}

function ofService(
  { before, after }: Pair<AcceptedOf, ServiceReport>,
  paths: ReadonlySet<string>,
): readonly ServiceChange[] {
  if (!after) return [];
  const { service, verdict, score, findings } = after;
  const entries = grouped(before?.accepted ?? [], ({ rule }) => rule);
  const dirs = { before: before?.service.dir ?? service.dir, after: service.dir };
  const changes = findings.map((it) => ofRule(it, entries.get(it.rule) ?? [], dirs, paths));
  const remaining = findings.filter(({ ruling }, index) => ruling === 'fail' && !changes[index]).length;
  return [
    {
      service: service.name,
      dir: service.dir,
      after: { verdict, score },
      rules: inOrder(changes.flatMap((it) => it ?? [])),
      remaining,
    },
  ];
}

function ofRule(
  finding: Finding,
  entries: readonly Accepted[],
  dirs: { readonly before: string; readonly after: string },
  paths: ReadonlySet<string>,
): RuleChange | undefined {
  const { rule, statement, severity, standing, ruling } = finding;
  // It fails as a whole, as it did in parts: nothing is new, and nothing fixed.
  if (entries.length > 0 && finding.problems.length === 0 && isUnmet(finding)) return undefined;
  // What is waived or only warns is not fixed; nothing but what blocks can be new.
  const there = isUnmet(finding) ? [...openProblems(finding), ...finding.problems.filter(({ waived }) => waived)] : [];
  const files = { before: new Set(entries.flatMap(({ path }) => path ?? [])), after: paths };
  const { appeared, gone } = matchProblems(
    { problems: entries.map(problemOf), dir: dirs.before },
    { problems: there, dir: dirs.after },
    files,
  );
  const [open, fixed] = [ruling === 'fail' ? appeared.filter((it) => !it.waived) : [], gone.filter((it) => !it.waived)];
  if (open.length === 0 && fixed.length === 0) return undefined;
  return {
    rule,
    statement,
    severity,
    after: { standing, ruling },
    direction: directionOf(open.length > 0, fixed.length > 0),
    blocks: open.length > 0,
    appeared: open,
    gone: fixed,
  };
}

function problemOf({ message, fingerprint, path, subject }: Accepted): ReportedProblem {
  const at = path === undefined ? undefined : placeFrom(path);
  return { message, fingerprint, waived: false, ...(at && { at }), ...(subject !== undefined && { subject }) };
}

function placeFrom(path: string): { readonly path: string; readonly root?: string } {
  const [, root, inside] = /^repo:(.+?)\/\/(.+)$/s.exec(path) ?? [];
  return root !== undefined && inside !== undefined ? { path: inside, root } : { path };
}
