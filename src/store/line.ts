/** An audit as a store keeps it: the run, and a compact line a service. Pure and deterministic: the same audit is the same run. */
import { createHash } from 'node:crypto';
import { distinct } from '../grouped.ts';
import type { PackagesReport } from '../model.ts';
import type { AuditedService, AuditHeader, AuditRow, PackedFinding } from '../model-audit.ts';
import type { Kept, ServiceLine, StoredRule, StoredRun, StoredWaiver } from '../model-trend.ts';
import { unpackFinding } from '../packed-report.ts';
import { letterOf, NOT_JUDGED } from './letters.ts';

/** Digits of a commit that are kept: as many as people are shown. */
const COMMIT_DIGITS = 12;

/** The run and its lines. Rules are those of the audit and those that repositories brought along, sorted by id; rows are gone through once. */
export function keptOf(header: AuditHeader, rows: Iterable<AuditRow>): Kept {
  const { schemaVersion, tool, asOf, checklists, policy, yardstick } = header;
  const ledger = newLedger(header);
  const unjudged: StoredRun['unjudged'][number][] = [];
  const drafts: Draft[] = [];
  let repositories = 0;
  for (const row of rows) {
    repositories++;
    if (row.outcome !== 'judged') unjudged.push({ repo: row.repo, outcome: row.outcome });
    for (const judged of row.services) drafts.push(draftOf(row, judged, ledger));
  }
  const rules = [...ledger.rules.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const order = rules.map(({ place }) => place);
  // Services whose names differ only in what no store keeps would be one.
  const lines = distinct(
    drafts.map((draft) => storable(lineOf(draft, order))),
    ({ repo, dir }) => JSON.stringify([repo, dir]),
  ).toSorted(byKey);
  const run = storable({
    ...{ schemaVersion, tool, asOf, checklists, ...(policy && { policy }), yardstick },
    rules: rules.map(({ place: _, ...rule }) => rule),
    repositories,
    services: lines.length,
    unjudged,
  });
  return { run: { id: idOf(run, linesText(lines)), ...run }, lines };
}

/** The digest that a run has by what it holds: sixteen hexadecimal digits. `text` is that of its lines. */
export function idOf(run: Omit<StoredRun, 'id'>, text: string): string {
  const hash = createHash('sha256').update(JSON.stringify(run)).update('\n').update(text);
  return hash.digest('hex').slice(0, 16);
}

/** Lines as JSON lines. */
export function linesText(lines: readonly ServiceLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Orders lines by repository and folder (by code units). */
export function byKey(a: ServiceLine, b: ServiceLine): number {
  if (a.repo !== b.repo) return a.repo < b.repo ? -1 : 1;
  return a.dir < b.dir ? -1 : Number(a.dir > b.dir);
}

/** The rules met so far, each with its place in the letters of a draft. */
interface RuleLedger {
  readonly header: AuditHeader;
  readonly rules: Map<string, StoredRule & { readonly place: number }>;
}

function newLedger(header: AuditHeader): RuleLedger {
  const rules = Object.entries(header.rules).map(
    ([id, { area, fix }], place) => [id, { id, area, fix, place }] as const,
  );
  return { header, rules: new Map(rules) };
}

function placeIn({ header, rules }: RuleLedger, finding: PackedFinding): number {
  const known = rules.get(finding.rule);
  if (known) return known.place;
  const { rule: id, area, fix } = unpackFinding(finding, header);
  const place = rules.size;
  rules.set(id, { id, area, fix, place });
  return place;
}

/** A line whose letters are in the order in which the rules were met: the last repository may bring one along. */
interface Draft extends Omit<ServiceLine, 'letters'> {
  readonly letters: readonly string[];
}

function lineOf(draft: Draft, order: readonly number[]): ServiceLine {
  return { ...draft, letters: order.map((place) => draft.letters[place] ?? NOT_JUDGED).join('') };
}

function draftOf(
  { repo, commit }: AuditRow,
  { service, verdict, score, findings, waivers, packages, facts }: AuditedService,
  ledger: RuleLedger,
): Draft {
  const letters: string[] = [];
  for (const finding of findings) letters[placeIn(ledger, finding)] = letterOf(finding);
  const { name, dir, tier, stage, profile, owner } = service;
  const { leads, endOfLife } = facts;
  const announced = findings.flatMap(({ rule, countsFrom: from }) => (from === undefined ? [] : [{ rule, from }]));
  return {
    repo,
    name,
    dir,
    tier,
    stage,
    profile,
    ...(owner !== undefined && { owner }),
    ...(commit !== undefined && { commit: commit.slice(0, COMMIT_DIGITS) }),
    verdict,
    score,
    letters,
    ...(waivers.length > 0 && { waivers: waivers.map(waiverOf) }),
    ...(endOfLife && { endOfLife }),
    ...(packages && packages.checked > 0 && { overdue: overdueOf(packages) }),
    ...(leads && { leads: Object.fromEntries(leads.map(({ area, person }) => [area, person])) }),
    ...(announced.length > 0 && { announced }),
  };
}

function waiverOf({ rule, expires, owner, from, scope }: StoredWaiver): StoredWaiver {
  return { rule, expires, owner, ...(from !== undefined && { from }), ...(scope !== undefined && { scope }) };
}

function overdueOf({ overdue }: PackagesReport): number {
  return Object.values(overdue).reduce((sum, count) => sum + count, 0);
}

/** The same without what PostgreSQL keeps in no text: NUL and halves of characters. So every store answers the same. */
function storable<T>(data: T): T {
  return mapped(data) as T;
}

function mapped(data: unknown): unknown {
  if (typeof data === 'string') return storableText(data);
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(mapped);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [storableText(key), mapped(value)]));
}

/** A text that every store keeps as it is. */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
