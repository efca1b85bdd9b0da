/** Two reports, and what is different from the one to the other: which rules got worse or better, and whether a gate on changes passes. Pure. */
import type { Against, Change, Finding, Report, RuleChange, ServiceChange, ServiceReport } from '../model.ts';
import { type Pair, pairServices } from './pairs.ts';
import type { Files } from './problems.ts';
import { type Answer, isUnmet, newlyJudged, noLongerJudged, ruleChange } from './rule-change.ts';
import { newWaivers } from './waivers.ts';
import { differences, sameChecklists, yardstickNotes } from './yardstick.ts';

/** What is known beyond the two reports. */
export interface Known {
  /** All files then and now; as far as the reports name them where not given. */
  readonly files?: Files;
  /** Every former id of a rule → the id it has now. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Whether there is still something at a folder that was a service's; nobody knows where not given. */
  readonly remains?: (dir: string) => boolean;
}

/** What is different in `after`; `against` says how the user called `before`. */
export function compareReports(before: Report, after: Report, against: Against, known: Known = {}): Change {
  const yard: Yard = {
    files: known.files ?? { before: pathsIn(before), after: pathsIn(after) },
    idOf: (rule) => known.aliases?.get(rule) ?? rule,
    fair: sameChecklists(before, after),
    remains: known.remains ?? (() => false),
  };
  const pairs = pairServices(before.services, after.services);
  const services = pairs.map((pair) => compareService(pair, yard));
  const notes = [
    ...yardstickNotes(before, after),
    ...pairs.flatMap((pair, index) => differences(pair, services[index]?.abandoned ?? false)),
  ];
  return changeOf(against, services, notes);
}

/** The sums over all services. */
export function changeOf(against: Against, services: readonly ServiceChange[], notes: readonly string[]): Change {
  const rules = services.flatMap((it) => it.rules);
  const count = (way: RuleChange['direction']) =>
    rules.filter(({ direction }) => direction === way || direction === 'mixed').length;
  return {
    against,
    passes: !rules.some(({ blocks }) => blocks) && !services.some(({ abandoned }) => abandoned),
    worse: count('worse'),
    better: count('better'),
    services,
    ...(notes.length > 0 && { notes }),
  };
}

/** What blocks, then what else got worse, then what got better, then the rest; each in the checklist's order. */
export function inOrder(rules: readonly RuleChange[]): readonly RuleChange[] {
  const weight = ({ blocks, direction }: RuleChange) => (blocks ? 0 : WEIGHT[direction]);
  return rules.toSorted((a, b) => weight(a) - weight(b));
}

const WEIGHT: Readonly<Record<RuleChange['direction'], number>> = {
  worse: 1,
  mixed: 1,
  better: 2,
  eased: 3,
  neither: 4,
};

interface Yard {
  readonly files: Files;
  readonly idOf: (rule: string) => string;
  /** Whether a rule that was not judged before is new by the change's own doing. */
  readonly fair: boolean;
  readonly remains: (dir: string) => boolean;
}

function compareService({ before, after }: Pair<ServiceReport, ServiceReport>, yard: Yard): ServiceChange {
  const { service } = (after ?? before) as ServiceReport;
  const waived = after ? newWaivers(before, after) : [];
  // What had no manifest was judged only because nothing else was there.
  const abandoned = !after && before?.manifest !== undefined && yard.remains(before.service.dir);
  return {
    service: service.name,
    dir: service.dir,
    ...(before && { before: { verdict: before.verdict, score: before.score } }),
    ...(after && { after: { verdict: after.verdict, score: after.score } }),
    ...(after ? compareFindings(before, after, yard) : { rules: [], remaining: 0 }),
    ...(abandoned && { abandoned }),
    ...(waived.length > 0 && { waived }),
  };
}

function compareFindings(
  before: ServiceReport | undefined,
  after: ServiceReport,
  { files, idOf, fair }: Yard,
): Pick<ServiceChange, 'rules' | 'remaining'> {
  const then = new Map(before?.findings.map((it) => [idOf(it.rule), answer(it, before)]));
  const now = new Map(after.findings.map((it) => [it.rule, answer(it, after)]));
  const changes = [...now].flatMap(([rule, its]) => {
    const was = then.get(rule);
    return (was ? ruleChange(was, its, files) : newlyJudged(its, fair || !before)) ?? [];
  });
  const dropped = [...then].flatMap(([rule, its]) => (now.has(rule) ? [] : (noLongerJudged(its) ?? [])));
  const counted = new Set(changes.filter((it) => it.direction !== 'neither' || !it.before).map((it) => it.rule));
  const remaining = [...now].filter(([rule, { finding }]) => {
    const was = then.get(rule)?.finding;
    return was && isUnmet(was) && isUnmet(finding) && !counted.has(rule);
  });
  return { rules: inOrder([...changes, ...dropped]), remaining: remaining.length };
}

function answer(finding: Finding, { service }: ServiceReport): Answer {
  return { finding, dir: service.dir };
}

/** Every file of the judged repository that a report names. */
function pathsIn({ services }: Report): ReadonlySet<string> {
  const places = services.flatMap(({ findings, looked, manifest }) => [
    manifest,
    ...looked.flatMap((it) => [...it.unread, ...it.delegated].map(({ at }) => at)),
    ...findings.flatMap(({ claim, evidence, problems }) => [claim, ...evidence, ...problems.map(({ at }) => at)]),
  ]);
  return new Set(places.flatMap((it) => (it && it.root === undefined ? [it.path] : [])));
}
