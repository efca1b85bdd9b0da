/** The parts that the comment and the job summary are made of: verdict, findings by what was ruled, packages, gaps, notes. */
import type { Finding, Report, Ruling, ServiceReport, Verdict } from '../model.ts';
import { byReason, byTarget, distinctUnread, laterWords, unreadWords } from './gap-words.ts';
import type { Listing, Part } from './markdown-budget.ts';
import { asWaived, type Entry, inBrief, inFull } from './markdown-finding.ts';
import { code, type Markdown, remark } from './markdown-template.ts';
import { bySeverity } from './order.ts';
import { advisoryData, lagWords, packageCounts, vulnerabilityWords } from './packages-words.ts';
import { lineText } from './places.ts';
import { RULING_SIGNS } from './signs.ts';
import { shownVerdict, tally, tallyByArea } from './tally.ts';
import { judgeWords, reportReason, scoreWords } from './verdict-words.ts';
import { capital, counted, nameWords, TIER_WORDS, verdictRuling, verdictWord } from './words.ts';
import { worstFirst } from './worst-first.ts';

/** How many rules that block are shown without a fold. */
const UNFOLDED = 10;

/** The verdict in a heading, why it is so, the score; of several services a table. */
export function verdictParts(report: Report): readonly Part[] {
  const { services, repo } = report;
  const [only] = services;
  const one = services.length === 1 ? only : undefined;
  const name = one ? one.service.name : repo.name;
  const verdict = verdictText(report.verdict, services);
  return [
    remark`## ${verdict}: ${nameWords(name)}\n\n${reportReason(report)}\n`,
    one ? remark`${capital(scoreWords(one))}.\n` : serviceTable(report),
  ];
}

/** No sign of success where no rule applied. */
function verdictText(verdict: Verdict, services: readonly ServiceReport[]): string {
  const shown = shownVerdict(verdict, services);
  return `${RULING_SIGNS[verdictRuling(shown)]} ${verdictWord(shown)}`;
}

function serviceTable({ services }: Report): Listing {
  return {
    importance: 3,
    open: remark`| Service | Verdict | Blocking | Waived | Warnings | Met | Verified |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n`,
    entries: worstFirst(services).map((its) => {
      const { blocking, waived, warnings } = tally(its.findings);
      const { met, applicable, verified } = its.score;
      const verdict = verdictText(its.verdict, [its]);
      return remark`| ${nameWords(its.service.name)} | ${verdict} | ${blocking} | ${waived} | ${warnings} | ${met} of ${applicable} | ${verified} |\n`;
    }),
  };
}

/** Where the services stand, area by area. */
export function areaTable({ services }: Report): Listing {
  return {
    importance: 1,
    open: remark`### By area\n\n| Area | Met | Blocking | Waived | Warnings | Verified | Declared | Unknown |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n`,
    entries: tallyByArea(services.flatMap(({ findings }) => findings)).map(
      ([area, { met, applicable, blocking, waived, warnings, verified, declared, unknown }]) =>
        remark`| ${area} | ${met} of ${applicable} | ${blocking} | ${waived} | ${warnings} | ${verified} | ${declared} | ${unknown} |\n`,
    ),
  };
}

/** What blocks, the most severe first; beyond the first few folded, so that the rest of a comment is seen. */
export function blockingParts(report: Report): readonly Part[] {
  const entries = entriesRuled(report, 'fail');
  const further = entries.slice(UNFOLDED);
  return [
    {
      importance: 2,
      open: remark`### Blocking: ${counted(entries.length, 'rule')}\n\n`,
      entries: entries.slice(0, UNFOLDED).map(inFull),
    },
    folded(
      `${counted(further.length, 'more rule')} that ${further.length === 1 ? 'blocks' : 'block'}`,
      further.map(inFull),
      2,
    ),
  ];
}

/** What was accepted. Never folded: an exception is to be seen. */
export function waivedPart(report: Report): Listing {
  const entries = entriesRuled(report, 'waived');
  return {
    importance: 4,
    open: remark`### Waived: ${counted(entries.length, 'rule')}\n\n`,
    entries: entries.map((it) => asWaived(it, report.asOf)),
  };
}

/** Findings of some rulings, folded: in full or in a line each. */
export function foldedPart(report: Report, { title, rulings, full, importance }: Readonly<Fold>): Listing {
  const entries = entriesRuled(report, ...rulings);
  return folded(`${title}: ${counted(entries.length, 'rule')}`, entries.map(full ? inFull : inBrief), importance);
}

/** Which findings are folded under which title. */
interface Fold {
  readonly title: string;
  readonly rulings: readonly Ruling[];
  readonly full: boolean;
  readonly importance: number;
}

/** Entries behind a fold. Its summary is read as HTML: it is ours, and nothing of a repository stands in it. */
export function folded(summary: string, entries: readonly Markdown[], importance: number): Listing {
  return {
    importance,
    open: remark`<details>\n<summary>${{ source: summary }}</summary>\n\n`,
    entries,
    close: remark`\n</details>\n`,
  };
}

function entriesRuled({ services }: Report, ...rulings: readonly Ruling[]): readonly Entry[] {
  const ofThese = ({ ruling }: Finding) => rulings.includes(ruling);
  return worstFirst(services)
    .flatMap((service) =>
      service.findings.filter(ofThese).map((finding) => ({ finding, service, named: services.length > 1 })),
    )
    .toSorted((a, b) => bySeverity(a.finding, b.finding));
}

/** What the services are built from. */
export function packagesPart({ services }: Report): Listing {
  return {
    importance: 7,
    open: remark`### Packages\n\n`,
    entries: services.flatMap(({ service, packages }) => {
      if (!packages) return [];
      const said = [
        packageCounts(packages),
        vulnerabilityWords(packages),
        ...(packages.lag ? [lagWords(packages.lag)] : []),
      ];
      return [
        remark`- ${services.length > 1 && remark`**${nameWords(service.name)}**: `}${said.join('; ')}. Advisory data: ${advisoryData(packages)}.\n`,
      ];
    }),
  };
}

/** What the verdict does not rest on: unread, kept elsewhere, or due later. */
export function gapsPart({ services }: Report): Listing {
  const looked = services.flatMap((it) => it.looked);
  const entries = [
    ...byReason(distinctUnread(looked)).map(unreadLine),
    ...byTarget(looked).map(elsewhereLine),
    ...services.flatMap((it) => laterLine(it, services.length > 1)),
  ];
  return folded('Not read, kept elsewhere, or due later', entries, 9);
}

function unreadLine(group: ReturnType<typeof distinctUnread>): Markdown {
  const [first] = group;
  if (!first) return remark``;
  const more = group.length > 1 && remark` and ${group.length - 1} more`;
  return remark`- Not read: ${unreadWords(group)}, ${code(lineText(first.at))}${more} (${first.detail}). What is in there counts as unknown, not as absent.\n`;
}

function elsewhereLine(group: ReturnType<typeof byTarget>[number]): Markdown {
  const [first] = group;
  if (!first) return remark``;
  return remark`- Elsewhere: ${code(lineText(first.at))} hands to ${code(first.to)}, which was not at hand.\n`;
}

function laterLine({ service, later }: ServiceReport, named: boolean): readonly Markdown[] {
  if (later.length === 0) return [];
  return [remark`- ${named && remark`**${nameWords(service.name)}**: `}${laterWords(later, service)}.\n`];
}

/** Trouble with the run itself. */
export function notesPart({ notes }: Report): Listing {
  return {
    importance: 1,
    open: remark`### Notes on this run\n\n`,
    entries: notes.map((note) => remark`- ${RULING_SIGNS.warn} ${note}\n`),
  };
}

/** What was judged, by which yardstick, when, and how to learn more. */
export function closingPart(report: Report): Markdown {
  const { services, repo, asOf } = report;
  const [only] = services;
  const who = services.length === 1 && only ? remark`${yardstick(only)}. ` : remark``;
  const commit = repo.commit !== undefined && remark` at ${code(repo.commit.slice(0, 12))}`;
  const dirty = repo.dirty && remark`, with uncommitted changes`;
  return remark`${who}${nameWords(repo.name)}${commit}${dirty}, as of ${asOf}, by ${judgeWords(report)}. \`gonogo explain RULE\` tells why a rule is there and how to meet it; \`gonogo check --verbose\` lists every problem.\n`;
}

function yardstick({ service, manifest }: ServiceReport): Markdown {
  const { tier, stage, profile, owner, assumed } = service;
  const guessed = assumed.length > 0 && remark` (assumed: ${assumed.join(', ')})`;
  const source = manifest
    ? remark`manifest ${code(lineText(manifest))}`
    : remark`no manifest, judged from evidence alone`;
  return remark`Tier ${tier} (${TIER_WORDS[tier]}), ${stage}, ${profile} profile${guessed}, ${owner === undefined ? 'nobody declared as owner' : remark`owned by ${owner}`}, ${source}`;
}
