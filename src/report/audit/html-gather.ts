/** One pass over an audit for its page: compact lines of services, packs of findings, and counts. Never holds a repository longer than a pack. Pure. */
import { daysBetween } from '../../dates.ts';
import type { Ruling, Verdict, Waiver } from '../../model.ts';
import type { Audit, AuditedService, AuditRow, ServiceKey } from '../../model-audit.ts';
import { keyOf } from '../../service-key.ts';
import { visible } from '../escape-terminal.ts';
import { wasJudged } from '../tally.ts';
import { nameWords, percent, STAGE_WORDS } from '../words.ts';
import { pageFinding } from './html-finding.ts';
import { packed } from './html-pack.ts';
import { type Numbered, numbered, type Rulebook, rulebook } from './html-rulebook.ts';
import type { PageFinding, PageService } from './page-data.ts';
import { rowNotes } from './row-notes.ts';

/** How many services share a pack: unpacked in a few milliseconds when one of them is opened. */
export const PER_PACK = 64;

/** Most earlier runs that a line shows: half a year of weeks. */
const MOST_RUNS = 26;

/** Days before its end from which a waiver is listed. */
export const ENDING_DAYS = 30;

/** Stages by their number on the page. */
export const STAGES = Object.keys(STAGE_WORDS);

/** The verdicts by their number on the page; after them comes that nothing was judged. */
export const VERDICTS: readonly Verdict[] = ['NO-GO', 'CONDITIONAL GO', 'GO'];

/** A waiver that ends soon, or the reason why one covers nothing. */
export interface Ending {
  /** Number of the service. */
  readonly service: number;
  readonly waiver?: Waiver;
  /** Why it covers nothing, e.g. that it expired. */
  readonly trouble?: string;
}

/** How often each ruling was given by one rule. */
export type RuleTally = Record<Ruling, number>;

/** All that the page needs. */
export interface Gathered {
  readonly services: readonly PageService[];
  /** Keys of services with their numbers. */
  readonly numberOf: ReadonlyMap<ServiceKey, number>;
  /** Packs of findings, compressed, in base64. */
  readonly packs: readonly string[];
  readonly book: Rulebook;
  readonly owners: readonly string[];
  /** Rulings by the number of the rule. */
  readonly tallies: readonly RuleTally[];
  readonly repositories: number;
  readonly unjudged: readonly Pick<AuditRow, 'repo' | 'outcome' | 'because'>[];
  readonly endings: readonly Ending[];
  /** How the run went, each sentence once, with a repository. */
  readonly notes: readonly string[];
}

/** Goes through the rows once. */
export function gather(audit: Audit): Gathered {
  const book = rulebook(audit);
  const owners = numbered<string>();
  const services: PageService[] = [];
  const numberOf = new Map<ServiceKey, number>();
  const packs: string[] = [];
  const tallies: RuleTally[] = [];
  const unjudged: Gathered['unjudged'][number][] = [];
  const endings: Ending[] = [];
  const notes = rowNotes();
  let repositories = 0;
  let pack: (readonly PageFinding[])[] = [];
  const closePack = (): void => {
    packs.push(packed(pack));
    pack = [];
  };
  for (const row of audit.rows()) {
    repositories += 1;
    const { repo, outcome, because } = row;
    if (outcome !== 'judged') unjudged.push({ repo, outcome, ...(because !== undefined && { because }) });
    notes.add(row);
    for (const judged of row.services) {
      const key = keyOf(row, judged);
      endings.push(...endingsOf(judged, audit.asOf, services.length));
      count(judged, book, tallies);
      pack.push(unmetOf(judged, book, audit.asOf));
      if (pack.length === PER_PACK) closePack();
      numberOf.set(key, services.length);
      services.push(lineOf(row, judged, book, owners, trendOf(audit, key)));
    }
  }
  if (pack.length > 0) closePack();
  return {
    services,
    numberOf,
    packs,
    book,
    owners: owners.all,
    tallies,
    repositories,
    unjudged,
    endings: endings.sort((a, b) => compareEnds(a, b) || a.service - b.service),
    notes: notes.all(),
  };
}

/** Percent met in the latest of the earlier runs. */
function trendOf({ trends }: Audit, key: ServiceKey): readonly number[] {
  const points = trends && Object.hasOwn(trends, key) ? (trends[key] ?? []) : [];
  return points.slice(-MOST_RUNS).map(({ score }) => percent(score.met, score.applicable));
}

function lineOf(
  row: AuditRow,
  judged: AuditedService,
  book: Rulebook,
  owners: Numbered<string>,
  trend: readonly number[],
): PageService {
  const { repo, commit = '' } = row;
  const { service, verdict, score, findings } = judged;
  const owner = service.owner === undefined ? undefined : nameWords(visible(service.owner));
  return [
    visible(repo),
    // A folder that was audited by itself is in the repository's id already.
    keyOf(row, judged) === repo ? '' : visible(service.dir),
    nameWords(visible(service.name)),
    owner === undefined ? -1 : owners.numberOf(owner, () => owner),
    service.tier,
    STAGES.indexOf(service.stage),
    wasJudged(judged) ? VERDICTS.indexOf(verdict) : VERDICTS.length,
    score.met,
    score.applicable,
    score.verified,
    book.lettersOf(findings),
    trend,
    visible(commit).slice(0, 12),
  ];
}

function unmetOf({ findings }: AuditedService, book: Rulebook, asOf: string): readonly PageFinding[] {
  return findings.filter(isUnmet).map((finding) => pageFinding(finding, book.ruleOf(finding), asOf));
}

function isUnmet({ ruling }: { readonly ruling: Ruling }): boolean {
  return ruling === 'fail' || ruling === 'waived' || ruling === 'warn';
}

function count({ findings }: AuditedService, book: Rulebook, tallies: RuleTally[]): void {
  for (const finding of findings) {
    const rule = book.ruleOf(finding);
    const tally = tallies[rule] ?? { pass: 0, trust: 0, warn: 0, fail: 0, waived: 0, skip: 0 };
    tally[finding.ruling] += 1;
    tallies[rule] = tally;
  }
}

/** The rule whose problems are the waivers that cover nothing, each with the reason. */
const VALID_WAIVERS = 'waivers/valid';

function endingsOf({ waivers, findings }: AuditedService, asOf: string, service: number): readonly Ending[] {
  const broken = findings
    .filter((finding) => finding.rule === VALID_WAIVERS && isUnmet(finding))
    .flatMap(({ problems }) => problems.map(({ message }): Ending => ({ service, trouble: message })));
  const soon = waivers.filter(({ expires }) => !(daysBetween(asOf, expires) > ENDING_DAYS));
  return [...broken, ...soon.map((waiver): Ending => ({ service, waiver }))];
}

/** What covers nothing any more comes first, then what ends first. */
function compareEnds({ waiver: a }: Ending, { waiver: b }: Ending): number {
  const [first, second] = [a?.expires ?? '', b?.expires ?? ''];
  return first < second ? -1 : Number(first > second);
}
