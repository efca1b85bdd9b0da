/** SARIF 2.1.0: a report as the log that code scanning and editors read, within the limits that GitHub sets. */
import type { Invocation, Log, Notification, ReportingDescriptor, Result, Run } from 'sarif';
import { grouped } from '../grouped.ts';
import type { Place, Report, ServiceReport } from '../model.ts';
import { gateLine } from './change-words.ts';
import { inCheckout } from './in-checkout.ts';
import { byRuling } from './order.ts';
import { ROOT, resultOf, type Setting } from './sarif-result.ts';
import { descriptorOf } from './sarif-rule.ts';
import { inert } from './sarif-text.ts';
import { shownVerdict, wasJudged } from './tally.ts';
import { type Unmet, unmetOf } from './unmet.ts';
import { counted } from './words.ts';

/** GitHub takes 20 runs of a file. */
const RUNS = 20;
/** GitHub takes 10 MB after gzip. Of noise that a hostile repository may hold gzip leaves 83 % (measured), of words a tenth: so many bytes before it. */
const BYTES = 11_500_000;

/** How much of a report a log shows. */
export interface Extent {
  /** Results of one run. */
  readonly results: number;
  /** Whether what a waiver accepts is shown, marked as suppressed. */
  readonly accepted: boolean;
}

/** What becomes one run. */
interface Group {
  readonly id: string;
  readonly services: readonly ServiceReport[];
}

/** A result before it is known whether there is room for it. */
interface Draft {
  readonly unmet: Unmet;
  readonly rule: ReportingDescriptor;
  readonly result: Result;
}

/** The log. */
export function sarifLog(whole: Report, extent: Extent): Log {
  const report = inCheckout(whole);
  const groups = groupsOf(report.services);
  const drafts = groups.map((group) => draftsOf(group, report, extent));
  const kept = withinBytes(drafts.map((some) => some.slice(0, extent.results)));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: groups.map((group, index) => {
      const all = drafts[index] ?? [];
      const shown = all.filter((draft) => kept.has(draft));
      // The run of gonogo was one: its notes are told once.
      const notes = index === 0 ? [...report.notes, ...gateOf(report)] : [];
      return runOf(group, shown, report, notificationsOf(group, all.length - shown.length, notes, extent));
    }),
  };
}

/** A run for each service, because GitHub closes the alerts of each category by itself; one for all where there would be too many. */
function groupsOf(services: readonly ServiceReport[]): readonly Group[] {
  if (services.length === 0 || services.length > RUNS) return [{ id: 'gonogo/all-services/', services }];
  const named = grouped(services, ({ service }) => service.name);
  return services.map((it) => {
    const { name, dir } = it.service;
    const folder = (named.get(name)?.length ?? 0) > 1 ? `@${dir}` : '';
    return { id: `gonogo/${categoryOf(`${name}${folder}`)}/`, services: [it] };
  });
}

/** A slash would divide a category, anything invisible would hide in it. */
function categoryOf(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll('%40', '@');
}

/** The most severe first. */
function draftsOf({ services }: Group, report: Report, extent: Extent): readonly Draft[] {
  const setting = settingFor(report, services.length > 1);
  const shown = services
    .flatMap(unmetOf)
    .filter(({ accepted }) => extent.accepted || !accepted)
    .toSorted((a, b) => byRuling(a.finding, b.finding));
  const rules = new Map(
    [...grouped(shown, ({ finding }) => finding.rule)].flatMap(([id, [first, ...others]]) =>
      first ? [[id, descriptorOf(first, others)] as const] : [],
    ),
  );
  return shown.flatMap((unmet) => {
    const rule = rules.get(unmet.finding.rule);
    return rule ? [{ unmet, rule, result: resultOf(unmet, setting) }] : [];
  });
}

function settingFor({ lines = [] }: Report, several: boolean): Setting {
  const known = new Map(lines.map((it) => [keyOf(it), it]));
  return {
    several,
    lineAt: (place) => (place.root === undefined ? known.get(keyOf(place)) : undefined),
  };
}

function keyOf({ path, line = 1 }: Place): string {
  return `${line}:${path}`;
}

/** The most severe results of all runs, as many as there is room for; a rule takes room once in each run. */
function withinBytes(runs: readonly (readonly Draft[])[]): ReadonlySet<Draft> {
  const kept = new Set<Draft>();
  const rules = new Set<ReportingDescriptor>();
  let bytes = 0;
  for (const draft of runs.flat().toSorted((a, b) => byRuling(a.unmet.finding, b.unmet.finding))) {
    bytes += sizeOf(draft.result) + (rules.has(draft.rule) ? 0 : sizeOf(draft.rule));
    if (bytes > BYTES) break;
    rules.add(draft.rule);
    kept.add(draft);
  }
  return kept;
}

function sizeOf(data: Result | ReportingDescriptor): number {
  return Buffer.byteLength(JSON.stringify(data));
}

function notificationsOf(
  { services }: Group,
  left: number,
  notes: readonly string[],
  { accepted }: Extent,
): readonly Notification[] {
  const silent = accepted ? 0 : services.flatMap(unmetOf).filter((unmet) => unmet.accepted).length;
  return [
    ...(allJudged(services) ? [] : [notification('error', 'no rule applies to a service, so nothing was judged')]),
    ...(left > 0
      ? [notification('warning', `${counted(left, 'result')} left out: the log holds the most severe`)]
      : []),
    ...(silent > 0 ? [notification('note', `${counted(silent, 'waived result')} not shown`)] : []),
    ...notes.map((note) => notification('warning', note)),
  ];
}

/** What a gate on changes said: the results are those of the whole. */
function gateOf(report: Report): readonly string[] {
  return report.change ? [gateLine(report, report.change)] : [];
}

function notification(level: Notification.level, text: string): Notification {
  return { level, message: { text: inert(text) } };
}

function allJudged(services: readonly ServiceReport[]): boolean {
  return services.length > 0 && services.every(wasJudged);
}

function runOf(
  { id, services }: Group,
  drafts: readonly Draft[],
  report: Report,
  notifications: readonly Notification[],
): Run {
  const rules = [...new Set(drafts.map(({ rule }) => rule))].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const indices = new Map(rules.map((rule, index) => [rule, index]));
  const invocation: Invocation = {
    executionSuccessful: allJudged(services),
    toolExecutionNotifications: [...notifications],
  };
  const { name, version } = report.tool;
  return {
    tool: { driver: { name, version, semanticVersion: version, rules } },
    automationDetails: { id },
    invocations: [invocation],
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the checkout.' } } },
    columnKind: 'utf16CodeUnits',
    results: drafts.map(({ rule, result: { ruleId, ...rest } }) => ({
      ...(ruleId !== undefined && { ruleId }),
      ruleIndex: indices.get(rule) ?? -1,
      ...rest,
    })),
    properties: { asOf: report.asOf, services: services.map(judgementOf) },
  };
}

function judgementOf(judged: ServiceReport) {
  const { name, tier, stage, profile } = judged.service;
  const verdict = shownVerdict(judged.verdict, [judged]) ?? null;
  return { name: inert(name), tier, stage, profile, verdict, score: judged.score };
}
