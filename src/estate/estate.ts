/** What stands across the services of an audit: the graph of who depends on whom, and every rule on it assessed once. Pure; never throws, whatever the rows hold. */
import { type Entry, isPerTier, type Override } from '../checklist/entry.ts';
import { ESTATE } from '../generated/checklists.ts';
import { ESTATE_CHECKS } from '../generated/estate-checks.ts';
import type { Severity } from '../model.ts';
import type { AuditRow, EstateEdge, EstateExcuse, EstateFinding, EstateProblem, EstateReport } from '../model-audit.ts';
import type { ExcuseFact } from '../model-facts.ts';
import { findingFingerprint } from '../verdict/fingerprint.ts';
import type { EstateAssessment, EstateCheck, Trouble } from './define.ts';
import { type Edge, type Graph, graphOf, type Node, placeIn, unreadOf } from './graph.ts';

/** By what the estate is assessed. */
export interface EstateOptions {
  /** ISO date on which ages are counted. */
  readonly asOf: string;
  /** What the organisation's policy changes, by rule. */
  readonly rules?: Readonly<Record<string, Override>>;
  /** Ids or areas; empty means every rule. */
  readonly only?: readonly string[];
  /** Ids of repositories that belong to the estate and have no row. */
  readonly absent?: readonly string[];
  /** Rethrow what a rule throws instead of answering "unknown". */
  readonly debug?: boolean;
}

/** Most problems, places and services of one that are listed: a list of thousands helps nobody and has to be sent around. */
const MOST_PROBLEMS = 1000;
const MOST_PLACES = 50;
const MOST_SERVICES = 500;

/** Assesses every estate rule over all rows, each of which is looked at once. */
export function assessEstate(rows: Iterable<AuditRow>, options: EstateOptions): EstateReport {
  return assessGraph(graphOf(rows, options.absent), options);
}

/** The same over a graph that is there already. */
export function assessGraph(graph: Graph, options: EstateOptions): EstateReport {
  const troubled = new Map<Edge, Set<string>>();
  const findings = ESTATE.rules
    .filter((entry) => isChosen(entry, options))
    .map((entry) => findingOf(entry, graph, options, troubled));
  return { findings, edges: graph.edges.map((edge) => edgeOf(edge, troubled.get(edge))) };
}

function isChosen(entry: Entry, options: EstateOptions): boolean {
  const { only = [] } = options;
  const words = ['estate', 'estate/', 'estate/*', entry.id, ...(entry.aliases ?? [])];
  return severityOf(entry, options) !== 'off' && (only.length === 0 || only.some((word) => words.includes(word)));
}

/** One severity for all tiers: an estate has none. */
function severityOf({ id, severity }: Entry, { rules = {} }: EstateOptions): Severity {
  const override = Object.hasOwn(rules, id) ? rules[id] : undefined;
  if (override?.enabled === false) return 'off';
  return override?.severity?.tier1 ?? severity.tier1 ?? 'off';
}

function findingOf(
  entry: Entry,
  graph: Graph,
  options: EstateOptions,
  troubled: Map<Edge, Set<string>>,
): EstateFinding {
  const excuses = new Map<Node, ExcuseFact>();
  const ids = [entry.id, ...(entry.aliases ?? [])];
  const excused = (node: Node): boolean => {
    const excuse = excuseOf(node, ids);
    if (excuse) excuses.set(node, excuse);
    return excuse !== undefined;
  };
  const assessment = withUnread(assessed(entry, graph, excused, options), ESTATE_CHECKS.get(entry.id)?.ofClaims, graph);
  const left = assessment.problems.filter((trouble) => !isWaived(trouble, entry.id, ids, excuses));
  const isMet = assessment.problems.length > 0 && left.length === 0;
  for (const { edges = [] } of left)
    for (const edge of edges) troubled.set(edge, (troubled.get(edge) ?? new Set()).add(entry.id));
  const { id, statement, why, fix, refs = [] } = entry;
  const more = left.length - MOST_PROBLEMS;
  return {
    rule: id,
    area: ESTATE.area,
    statement,
    severity: severityOf(entry, options),
    standing: isMet ? 'not-applicable' : assessment.standing,
    because: `${isMet ? 'every service that it concerns takes itself out' : assessment.because}${excuseWords(excuses)}`,
    why: why.trim(),
    fix: fix.trim(),
    ...(refs.length > 0 && { refs }),
    problems: left.slice(0, MOST_PROBLEMS).map((trouble) => problemOf(trouble, id)),
    ...(more > 0 && { more }),
    ...(excuses.size > 0 && { excused: [...excuses].sort(([a], [b]) => a.index - b.index).map(shownExcuse) }),
  };
}

function assessed(
  entry: Entry,
  graph: Graph,
  excused: (node: Node) => boolean,
  options: EstateOptions,
): EstateAssessment {
  const check = ESTATE_CHECKS.get(entry.id);
  if (!check) return { standing: 'unknown', because: `no rule across services is called ${entry.id}`, problems: [] };
  try {
    return check.assess({ graph, params: paramsOf(check, entry, options), asOf: options.asOf, excused });
  } catch (error) {
    if (options.debug) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return {
      standing: 'unknown',
      because: `the rule itself failed: ${message}. This is a fault of gonogo.`,
      problems: [],
    };
  }
}

/** Names the manifests that could not be read: without them nothing is verified about all, and where there is no other, nothing is known. */
function withUnread(assessment: EstateAssessment, ofClaims: true | undefined, { alive }: Graph): EstateAssessment {
  const { standing, because } = assessment;
  const unread = ofClaims ? alive.filter((node) => unreadOf(node) !== undefined) : [];
  const [first] = unread;
  if (!first || standing === 'contradicted' || standing === 'missing') return assessment;
  const more = unread.length === 1 ? '' : `, and ${unread.length - 1} more`;
  const isAll = alive.every((node) => node.facts.manifest !== 'valid');
  return {
    ...assessment,
    standing: isAll ? 'unknown' : standing === 'verified' ? 'declared' : standing,
    because: `${because}; not read: ${first.name} (${unreadOf(first)})${more}`,
  };
}

/** A policy's value over the checklist's over the rule's default; what is given for each tier is nothing here. */
function paramsOf(
  { params }: EstateCheck,
  { id, with: given = {} }: Entry,
  { rules = {} }: EstateOptions,
): Record<string, never> {
  const policy = (Object.hasOwn(rules, id) && rules[id]?.with) || {};
  const values = Object.entries(params).map(([name, param]) => [
    name,
    [policy[name], given[name]].find((value) => value !== undefined && !isPerTier(value)) ?? param.default,
  ]);
  return Object.fromEntries(values);
}

/** Why a service is left out of a rule as a whole. */
function excuseOf({ facts }: Node, ids: readonly string[]): ExcuseFact | undefined {
  return (facts.excuses ?? []).find(({ rule, only }) => ids.includes(rule) && only === undefined);
}

/** Whether one of the services waives this one problem, by its fingerprint. */
function isWaived(
  { services, about }: Trouble,
  id: string,
  ids: readonly string[],
  excuses: Map<Node, ExcuseFact>,
): boolean {
  for (const node of services) {
    const scoped = node.facts.excuses?.filter(({ rule, only }) => ids.includes(rule) && only !== undefined);
    const waiver = scoped?.find(({ only }) => only === findingFingerprint(about, id));
    if (waiver) excuses.set(node, waiver);
    if (waiver) return true;
  }
  return false;
}

function excuseWords(excuses: ReadonlyMap<Node, ExcuseFact>): string {
  const [first, ...more] = [...excuses].sort(([a], [b]) => a.index - b.index);
  if (!first) return '';
  const [node, { reason, until }] = first;
  const rest = more.length === 0 ? '' : `, and ${more.length} more`;
  return `; left out: ${node.name} (${reason}${until === undefined ? '' : `, until ${until}`})${rest}`;
}

function shownExcuse([node, { reason, at, until }]: readonly [Node, ExcuseFact]): EstateExcuse {
  return { service: node.key, reason, at: placeIn(node, at), ...(until !== undefined && { until }) };
}

function problemOf({ message, path = [], services, places, fix, about }: Trouble, rule: string): EstateProblem {
  return {
    message,
    path,
    services: [...new Set(services.map(({ key }) => key))].slice(0, MOST_SERVICES),
    places: places.slice(0, MOST_PLACES),
    ...(fix !== undefined && { fix }),
    fingerprint: findingFingerprint(about, rule),
  };
}

function edgeOf(
  { from, to, dependency: { name, criticality } }: Edge,
  rules: ReadonlySet<string> = new Set(),
): EstateEdge {
  return {
    from: from.key,
    ...(to && { to: to.key }),
    name,
    ...(criticality && { criticality }),
    rules: [...rules].sort(),
  };
}
