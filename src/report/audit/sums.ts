/** What a person wants to know of an audit, summed up in one pass over its rows: of thousands of repositories only a line each is kept. Pure. */

import type { Finding, Tier, Verdict } from '../../model.ts';
import type { Audit, AuditedService, AuditRow, Outcome, PackedFinding } from '../../model-audit.ts';
import { keyOf } from '../../service-key.ts';
import { byUrgency, compareText } from '../order.ts';
import { tally, wasJudged } from '../tally.ts';
import { endsSoon } from '../waiver-clock.ts';
import { type RowNotes, rowNotes } from './row-notes.ts';

/** A verdict, or none where no rule applied. */
export type Shown = Verdict | 'nothing judged';

/** A service that is not ready. */
export interface Unready {
  readonly name: string;
  /** What it calls itself, where its repository does not say so. */
  readonly called?: string;
  readonly tier: Tier;
  readonly owner?: string;
  readonly blocking: number;
  /** The finding that is the most urgent. */
  readonly first: Pick<Finding, 'rule' | 'severity' | 'standing' | 'because'>;
}

/** A repository without a judgement. */
export interface Unjudged {
  readonly repo: string;
  readonly outcome: Outcome;
  readonly because: string;
}

/** A rule that several services do not meet. */
export interface Fix {
  readonly rule: string;
  readonly fix: string;
  /** Services in which it blocks, and in which it warns. */
  readonly blocks: number;
  readonly warns: number;
}

/** An exception that ends soon, or has ended. */
export interface Ending {
  readonly service: string;
  readonly rule: string;
  readonly owner: string;
  readonly expires: string;
}

/** What is shown of an audit. */
export interface Sums {
  readonly repositories: number;
  readonly services: number;
  readonly byTier: ReadonlyMap<Tier, ReadonlyMap<Shown, number>>;
  /** The worst first. */
  readonly unready: readonly Unready[];
  /** By repository. */
  readonly unjudged: readonly Unjudged[];
  /** What helps the most services first. */
  readonly fixes: readonly Fix[];
  /** The next to end first. */
  readonly ending: readonly Ending[];
  /** Sentences about repositories, each once, with a name. */
  readonly notes: readonly string[];
}

interface Adding {
  repositories: number;
  services: number;
  readonly byTier: Map<Tier, Map<Shown, number>>;
  readonly unready: Unready[];
  readonly unjudged: Unjudged[];
  readonly fixes: Map<string, { fix: string; blocks: number; warns: number }>;
  readonly ending: Ending[];
  readonly notes: RowNotes;
}

/** Goes through the rows once. */
export function sumsOf(audit: Audit): Sums {
  const sums: Adding = {
    repositories: 0,
    services: 0,
    byTier: new Map(),
    unready: [],
    unjudged: [],
    fixes: new Map(),
    ending: [],
    notes: rowNotes(),
  };
  for (const row of audit.rows()) addRow(sums, row, audit);
  return {
    ...sums,
    unready: sums.unready.sort(worstFirst),
    fixes: [...sums.fixes].map(([rule, it]) => ({ rule, ...it })).sort(mostHelpFirst),
    ending: sums.ending.sort(soonestFirst),
    notes: sums.notes.all(),
  };
}

function addRow(sums: Adding, row: AuditRow, audit: Audit): void {
  sums.repositories++;
  if (row.outcome !== 'judged')
    sums.unjudged.push({ repo: row.repo, outcome: row.outcome, because: row.because ?? 'nobody knows why' });
  sums.notes.add(row);
  for (const service of row.services) addService(sums, keyOf(row, service), service, audit);
}

function addService(sums: Adding, name: string, judged: AuditedService, { asOf, rules }: Audit): void {
  const { service, findings, verdict, waivers } = judged;
  sums.services++;
  count(sums, service.tier, wasJudged(judged) ? verdict : 'nothing judged');
  if (verdict === 'NO-GO') addUnready(sums, name, judged);
  for (const finding of findings) addFix(sums, finding, finding.fix ?? rules[finding.rule]?.fix ?? '');
  for (const { rule, owner, expires } of waivers)
    if (endsSoon(asOf, expires)) sums.ending.push({ service: name, rule, owner, expires });
}

function count({ byTier }: Adding, tier: Tier, shown: Shown): void {
  const counts = byTier.get(tier) ?? new Map<Shown, number>();
  counts.set(shown, (counts.get(shown) ?? 0) + 1);
  byTier.set(tier, counts);
}

function addUnready({ unready }: Adding, name: string, { service, findings }: AuditedService): void {
  const failed = findings.filter(({ ruling }) => ruling === 'fail');
  const [first] = failed.toSorted((a, b) => byUrgency(a, b) || compareText(a.rule, b.rule));
  if (!first) return;
  const { rule, severity, standing, because } = first;
  unready.push({
    name,
    ...(service.name.trim() !== '' && !name.endsWith(service.name) && { called: service.name }),
    tier: service.tier,
    ...(service.owner !== undefined && { owner: service.owner }),
    blocking: tally(failed).blocking,
    first: { rule, severity, standing, because },
  });
}

function addFix({ fixes }: Adding, { rule, ruling }: PackedFinding, fix: string): void {
  if (ruling !== 'fail' && ruling !== 'warn') return;
  const sum = fixes.get(rule) ?? { fix, blocks: 0, warns: 0 };
  if (ruling === 'fail') sum.blocks++;
  else sum.warns++;
  fixes.set(rule, sum);
}

function worstFirst(a: Unready, b: Unready): number {
  return a.tier - b.tier || b.blocking - a.blocking || compareText(a.name, b.name);
}

/** What stops releases before what only warns. */
function mostHelpFirst(a: Fix, b: Fix): number {
  return b.blocks - a.blocks || b.warns - a.warns || compareText(a.rule, b.rule);
}

function soonestFirst(a: Ending, b: Ending): number {
  return compareText(a.expires, b.expires) || compareText(a.service, b.service) || compareText(a.rule, b.rule);
}
