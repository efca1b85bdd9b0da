/** A digest as a page in words: sections of a table each, for Markdown and for HTML. Pure; decides nothing. */
import { grouped } from '../grouped.ts';
import type { Verdict } from '../model.ts';
import type { TrendRow } from '../model-trend.ts';
import { type Digest, END_OF_LIFE_DAYS, WAIVER_DAYS } from '../trends/digest.ts';
import { MANY_RENEWALS } from '../trends/digest-waivers.ts';
import { campaignSections } from './digest-campaigns.ts';
import { daysLeft } from './waiver-clock.ts';
import { counted, percent, verdictWord } from './words.ts';

/** A page. */
export interface DigestPage {
  readonly title: string;
  readonly lead: readonly string[];
  readonly sections: readonly DigestSection[];
}

/** A part of it. */
export interface DigestSection {
  readonly id: string;
  readonly title: string;
  /** What the table says in a sentence, or that there is nothing to say. */
  readonly lead: string;
  readonly columns: readonly string[];
  /** Columns of numbers, by index. */
  readonly numbers?: readonly number[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows that a part of one page has room for. */
const ROOM = 10;

/** The page. */
export function digestPage(digest: Digest): DigestPage {
  return {
    title: `Readiness on ${digest.run.asOf}`,
    lead: leadOf(digest),
    sections: [
      verdictSection(digest),
      movedSection(digest, 'improved'),
      movedSection(digest, 'regressed'),
      ...[movedSection(digest, 'mixed')].filter(({ rows }) => rows.length > 0),
      ...newSection(digest),
      waiverSection(digest),
      runbookSection(digest),
      overdueSection(digest),
      endOfLifeSection(digest),
      fixSection(digest),
      ...campaignSections(digest.campaigns, digest.run.asOf),
      ...announcedSection(digest),
      areaSection(digest),
      ...leadSection(digest),
      ...unjudgedSection(digest),
    ],
  };
}

/** The first rows, and how many there are besides. */
function firstOf<T>(all: readonly T[], rowOf: (it: T) => readonly string[], width: number): DigestSection['rows'] {
  const rows = all.slice(0, ROOM).map(rowOf);
  const rest = all.length - rows.length;
  return rest > 0 ? [...rows, [`and ${rest} more`, ...Array<string>(width - 1).fill('')]] : rows;
}

/** Of the first audit of a store nothing is known, which is not that nothing moved. */
function nothing(trend: Digest['trend']): string {
  return trend ? 'None.' : 'Not known: there is no earlier audit.';
}

const VERDICTS: readonly Verdict[] = ['NO-GO', 'CONDITIONAL GO', 'GO'];

function leadOf({ run, verdicts, verdictsBefore, trend }: Digest): readonly string[] {
  const state = VERDICTS.map((verdict) => {
    const before = verdictsBefore?.[verdict];
    const was = before === undefined || before === verdicts[verdict] ? '' : ` (was ${before})`;
    return `${verdicts[verdict]} ${verdictWord(verdict)}${was}`;
  });
  const sentences = [
    `${counted(run.services, 'service')} in ${counted(run.repositories, 'repository', 'repositories')}: ${state.join(', ')}.`,
  ];
  if (!trend) sentences.push('This is the first audit in the store: nothing is known of what moved.');
  else sentences.push(`Held against ${trend.from.asOf}.${yardstickWords(trend.ruleSet)}`);
  if (run.unjudged.length > 0)
    sentences.push(
      `${counted(run.unjudged.length, 'repository was', 'repositories were')} not judged: nothing is known of them.`,
    );
  return sentences;
}

function yardstickWords({ added, removed, isOther }: NonNullable<Digest['trend']>['ruleSet']): string {
  if (!isOther) return '';
  const parts = [
    added.length > 0 ? `${counted(added.length, 'rule')} added` : '',
    removed.length > 0 ? `${counted(removed.length, 'rule')} removed` : '',
  ].filter(Boolean);
  const what = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  return ` The yardstick is another one now${what}; what only that did is no movement here.`;
}

function verdictSection({ trend }: Digest): DigestSection {
  const changes = trend?.verdicts ?? [];
  return {
    id: 'verdicts',
    title: 'Verdicts that changed',
    lead:
      changes.length === 0
        ? nothing(trend)
        : `${counted(changes.length, 'service has', 'services have')} another verdict.`,
    columns: ['Service', 'Owner', 'Was', 'Is', 'Because of'],
    rows: firstOf(
      changes,
      ({ service, owner = '', from, to, because }) => [
        service,
        owner,
        verdictWord(from),
        verdictWord(to),
        because === 'service' ? 'the service' : 'the rules',
      ],
      5,
    ),
  };
}

/** As `gonogo trend` has them. */
const MOVED = { improved: 'Most improved', regressed: 'Regressions', mixed: 'As much better as worse' } as const;

/** Both ways for each: who gained more than they lost lost something, too. */
function movedSection({ trend }: Digest, movement: keyof typeof MOVED): DigestSection {
  const rows = (trend?.rows ?? []).filter((row) => row.movement === movement);
  return {
    id: movement,
    title: MOVED[movement],
    lead: rows.length > 0 ? `${counted(rows.length, 'service')}, the furthest first.` : nothing(trend),
    columns: ['Service', 'Owner', 'Met', 'Now met', 'No longer met', 'Commits'],
    rows: firstOf(
      rows,
      (row) => [
        ...[row.name, row.owner ?? '', shareWords(row)],
        ...[rulesOf(row.gained), rulesOf(row.lost), commitsOf(row)],
      ],
      6,
    ),
  };
}

/** Over the rules that judged both times alike, so that a new rule is nobody's regression. */
function shareWords({ alike: { before, after } }: TrendRow): string {
  return `${before.met} of ${before.applicable} → ${after.met} of ${after.applicable}`;
}

/** Names that a cell has room for. */
const NAMED = 3;

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more` : names.join(', ');
}

function rulesOf(turns: TrendRow['gained']): string {
  return listed(turns.map(({ rule }) => rule));
}

function commitsOf({ commits }: TrendRow): string {
  const { from, to } = commits ?? {};
  if (from === to) return to === undefined ? '' : `${to} both times`;
  return `${from ?? 'unknown'}..${to ?? 'unknown'}`;
}

function newSection({ trend }: Digest): readonly DigestSection[] {
  const rows = (trend?.rows ?? []).filter(({ movement }) => movement === 'new' || movement === 'gone');
  if (rows.length === 0) return [];
  return [
    {
      id: 'new',
      title: 'New and gone',
      lead: `${counted(rows.length, 'service')}.`,
      columns: ['Service', 'Owner', 'What', 'Met'],
      rows: firstOf(
        rows,
        ({ name, owner = '', movement, after, before }) => {
          const share = movement === 'new' ? after : before;
          return [name, owner, movement, share ? `${share.met} of ${share.applicable}` : ''];
        },
        4,
      ),
    },
  ];
}

function waiverSection({ waivers, run }: Digest): DigestSection {
  const lead = `Waivers that end within ${WAIVER_DAYS} days, or were renewed at least ${MANY_RENEWALS === 2 ? 'twice' : `${MANY_RENEWALS} times`}`;
  return {
    id: 'waivers',
    title: 'Waivers to decide about',
    lead: waivers.length === 0 ? `${lead}: none.` : `${lead}: ${waivers.length}.`,
    columns: ['Service', 'Rule', 'Accepted by', 'Ends', 'Renewed'],
    rows: firstOf(
      waivers,
      ({ service, rule, owner, expires, renewals }) => [
        service,
        rule,
        owner,
        `${expires} (${daysLeft(run.asOf, expires)})`,
        renewals === 0 ? '' : renewals === 1 ? 'once' : `${renewals} times`,
      ],
      5,
    ),
  };
}

function runbookSection({ staleRunbooks }: Digest): DigestSection {
  return {
    id: 'runbooks',
    title: 'Stale runbooks',
    lead: staleRunbooks.length === 0 ? 'None.' : `${counted(staleRunbooks.length, 'service')}.`,
    columns: ['Service', 'Owner', 'Rules'],
    rows: firstOf(staleRunbooks, ({ service, owner = '', rules }) => [service, owner, listed(rules)], 3),
  };
}

function overdueSection({ overdue, unscanned }: Digest): DigestSection {
  const sum = overdue.reduce((all, { count }) => all + count, 0);
  const blind =
    unscanned > 0
      ? ` ${counted(unscanned, 'service was', 'services were')} held against no advisories: of them nothing is known.`
      : '';
  return {
    id: 'vulnerabilities',
    title: 'Vulnerabilities past their deadline',
    lead: `${sum === 0 ? 'None known.' : `${sum} in ${counted(overdue.length, 'service')}.`}${blind}`,
    columns: ['Service', 'Owner', 'Past deadline'],
    numbers: [2],
    rows: firstOf(overdue, ({ service, owner = '', count }) => [service, owner, String(count)], 3),
  };
}

function endOfLifeSection({ endOfLife }: Digest): DigestSection {
  return {
    id: 'end-of-life',
    title: 'Runtimes whose maintenance ends',
    lead:
      endOfLife.length === 0
        ? `None within ${END_OF_LIFE_DAYS} days, as far as is known.`
        : `Ended, or ending within ${END_OF_LIFE_DAYS} days: ${endOfLife.length}.`,
    columns: ['What', 'Maintained until', 'Services'],
    rows: firstOf(
      endOfLife,
      ({ name, on, days, services }) => [
        name,
        `${on} (${days < 0 ? `ended ${counted(-days, 'day')} ago` : `${counted(days, 'day')} left`})`,
        `${services.length}: ${listed(services)}`,
      ],
      3,
    ),
  };
}

function fixSection({ fixes }: Digest): DigestSection {
  return {
    id: 'fixes',
    title: 'What would help most services',
    lead:
      fixes.length === 0
        ? 'Every rule is met.'
        : `The first ${Math.min(ROOM, fixes.length)} of ${counted(fixes.length, 'rule')} that somebody does not meet.`,
    columns: ['Rule', 'Blocks', 'Not met by', 'What to do'],
    numbers: [1, 2],
    rows: fixes.slice(0, ROOM).map(({ rule, fix, blocking, unmet }) => [rule, String(blocking), String(unmet), fix]),
  };
}

function announcedSection({ announced }: Digest): readonly DigestSection[] {
  if (announced.length === 0) return [];
  return [
    {
      id: 'announced',
      title: 'Announced rules, and who would fail by them',
      lead: 'These do not count yet.',
      columns: ['Rule', 'Counts from', 'Services', 'Who'],
      numbers: [2],
      rows: firstOf(announced, ({ rule, from, services }) => [rule, from, String(services.length), whose(services)], 4),
    },
  ];
}

/** By owner, the most concerned first. */
function whose(services: Digest['announced'][number]['services']): string {
  const owners = [...grouped(services, ({ owner }) => owner ?? 'nobody declared')];
  return listed(owners.sort(([, a], [, b]) => b.length - a.length).map(([owner, its]) => `${owner} (${its.length})`));
}

function areaSection({ areas }: Digest): DigestSection {
  return {
    id: 'areas',
    title: 'Areas',
    lead: 'Rules met over all services.',
    columns: ['Area', 'Met', 'Share', 'Was'],
    numbers: [2, 3],
    rows: areas.map(({ area, now, before }) => [
      area,
      `${now.met} of ${now.applicable}`,
      `${percent(now.met, now.applicable)} %`,
      before ? `${percent(before.met, before.applicable)} %` : '',
    ]),
  };
}

function leadSection({ leads }: Digest): readonly DigestSection[] {
  if (leads.length === 0) return [];
  return [
    {
      id: 'leads',
      title: 'Who leads',
      lead: 'As the manifests say.',
      columns: ['Area', 'Leads', 'Services without'],
      numbers: [2],
      rows: leads.map(({ area, people, without }) => [
        area,
        listed(people.map(({ who, services }) => `${who} (${counted(services, 'service')})`)),
        String(without),
      ]),
    },
  ];
}

function unjudgedSection({ run }: Digest): readonly DigestSection[] {
  if (run.unjudged.length === 0) return [];
  return [
    {
      id: 'unjudged',
      title: 'Not judged',
      lead: 'Of these nothing is known.',
      columns: ['Repository', 'Why'],
      rows: firstOf(run.unjudged, ({ repo, outcome }) => [repo, outcome], 2),
    },
  ];
}
