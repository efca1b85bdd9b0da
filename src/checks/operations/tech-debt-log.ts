/** Assesses whether debt is written down with its owner, its cost and its day, and looked at every quarter. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { Facts as History } from '../../evidence/history.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { DebtItem, DebtLog } from '../../evidence/tech-debt.ts';
import type { Assessment, Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, type Subject, stale, unknown, verified } from '../define.ts';
import { duration, type Params } from '../params.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';

const QUARTER = 91;

export const check = defineCheck({
  summary:
    "Reads the log that `operations.tech_debt` names, or docs/debt.md and kin: every open item needs an owner (its own or the log's), a cost or impact, and the day it was written down. The log was looked at when its front matter says so (`reviewed`) or git saw it change within the time. Tells the oldest item, and how many came and went in a quarter, as far as the items say.",
  needs: ['tech-debt', 'references'],
  onDemand: { kinds: ['history'], when: ({ evidence }) => evidence['tech-debt'].facts.items.length > 0 },
  params: {
    max_age: duration(
      'Longest time since the log was last looked at; `operations.tech_debt.review_in` may be shorter.',
      '92d',
    ),
  },
  assess(subject) {
    const { evidence, claims, params, asOf } = subject;
    const { logs, items } = evidence['tech-debt'].facts;
    const [log] = logs;
    const [hidden] = evidence['tech-debt'].unread;
    if (hidden)
      return unknown(`the log in ${hidden.at.path} cannot be relied upon: ${hidden.detail}`, { evidence: [hidden.at] });
    if (!log) return withoutLog(subject);
    const open = items.filter(({ closed }) => !closed);
    if (items.length === 0)
      return missing(`${log.at.path} lists no debt`, [
        {
          message: 'a log without an entry says nothing',
          at: log.at,
          fix: 'Write down what slows you down: debt, owner, cost or impact, since.',
          subject: log.at.path,
        },
      ]);
    const gaps = open.flatMap((item) => gapsOf(item, logs, asOf));
    const because = tally(open, items, asOf);
    if (gaps.length > 0) return contradicted(because, gaps.slice(0, 20));
    const limit = Math.min(
      days(params.max_age) ?? 92,
      days(claims.operations?.tech_debt?.review_in ?? params.max_age) ?? 92,
    );
    const looked = logs.map((it) => ({ log: it, ...lookedAt(it, items, evidence.history?.facts, asOf) }));
    const on = looked.map((it) => it.on).sort()[0];
    const late = neglected(looked, because, limit, asOf);
    if (late) return late;
    return verified(`${because}; last looked at on ${on}`, [log.at, ...open.slice(0, 5).map(({ at }) => at)]);
  },
});

type Asked = Pick<Subject<'tech-debt' | 'references', Params>, 'evidence' | 'manifest' | 'at'>;

function withoutLog(subject: Asked): Assessment {
  const { evidence, manifest } = subject;
  const claim = referenceAt(evidence.references.facts, '/operations/tech_debt/log');
  if (claim?.outcome === 'url' || claim?.outcome === 'root-not-at-hand')
    return declared(`the debt is said to be logged at ${claim.target}, which is not opened`, claim.at);
  const fix =
    'Keep docs/debt.md with a table: debt, owner, cost or impact, since, state; name it in `operations.tech_debt`.';
  if (claim)
    return contradicted(`${claim.target} is said to be the log, and nothing to read is there`, [
      { message: `no log at ${claim.target}`, at: claim.at, fix, subject: claim.target },
    ]);
  return missing(`${unclaimed(manifest, 'a log of debt')}, and none is kept here`, [
    {
      message: 'what is owed is in the heads of those who know',
      ...placed(claimPlace(subject, '/operations')),
      fix,
      subject: 'debt',
    },
  ]);
}

function gapsOf(
  { title, owner, cost, since, at }: DebtItem,
  logs: readonly DebtLog[],
  asOf: string,
): readonly Problem[] {
  const lacks = [
    ...(says(owner) || logs.some((log) => log.at.path === at.path && says(log.owner)) ? [] : ['no owner']),
    ...(says(cost) ? [] : ['no cost or impact']),
    ...(since === undefined ? ['no day'] : since > asOf ? ['a day that is still to come'] : []),
  ];
  return lacks.length === 0
    ? []
    : [
        {
          message: `"${title}" has ${listed(lacks)}`,
          at,
          fix: 'Write who answers for it, what it costs, and since when it is known (YYYY-MM-DD).',
          subject: title,
        },
      ];
}

interface Looked {
  readonly log: DebtLog;
  readonly on?: string;
  readonly sure: boolean;
}

/** What there is to say of logs that were not looked at in time, or of which nobody can say. */
function neglected(looked: readonly Looked[], because: string, limit: number, asOf: string): Assessment | undefined {
  const late = looked.filter(({ on }) => on === undefined || daysBetween(on, asOf) > limit);
  const [unsure] = late.filter(({ on, sure }) => on === undefined || !sure);
  if (unsure)
    return unknown(`${because}; when ${unsure.log.at.path} was last looked at is not known`, {
      evidence: [unsure.log.at],
    });
  if (late.length > 0)
    return stale(
      `${because}; ${late[0]?.log.at.path} was last looked at on ${late[0]?.on}`,
      late.map((it) => ({
        message: `it was to be looked at by ${addDays(it.on ?? asOf, limit)}`,
        at: it.log.at,
        fix: 'Go through it: what is paid back, what costs more now, what came on top; write down the day.',
        subject: it.log.at.path,
      })),
    );
  return undefined;
}

/** "4 debts, the oldest of 2025-03-02 (624 days): …; 2 came and 1 went in the last 91 days". */
function tally(open: readonly DebtItem[], all: readonly DebtItem[], asOf: string): string {
  const from = addDays(asOf, -QUARTER);
  const isRecent = (date: string | undefined): boolean => date !== undefined && date > from && date <= asOf;
  const [oldest] = open
    .filter(({ since }) => since !== undefined)
    .sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : 1));
  const [came, went] = [
    all.filter(({ since }) => isRecent(since)).length,
    all.filter(({ until }) => isRecent(until)).length,
  ];
  const old =
    oldest?.since === undefined
      ? ''
      : `, the oldest of ${oldest.since} (${daysBetween(oldest.since, asOf)} days): "${oldest.title}"`;
  const trend = came > went ? 'it grows' : came < went ? 'it shrinks' : 'it stands';
  return `${counted(open.length, 'open debt')}${old}; ${came} came and ${went} went in ${QUARTER} days, so ${trend}`;
}

/** The newest of its own word, git's, and the days of its items; sure where no unseen change may be newer. */
function lookedAt(
  log: DebtLog,
  items: readonly DebtItem[],
  history: History | undefined,
  asOf: string,
): { readonly on?: string; readonly sure: boolean } {
  const touch = log.at.root === undefined ? history?.touched[log.at.path] : undefined;
  const byGit = touch && !touch.bulk ? touch.date.slice(0, 10) : undefined;
  const [on] = [
    log.reviewed,
    byGit,
    ...items.filter(({ at }) => at.path === log.at.path).flatMap(({ since, until }) => [since, until]),
  ]
    .flatMap((it) => (it !== undefined && it <= asOf ? [it] : []))
    .sort()
    .reverse();
  return { ...(on !== undefined && { on }), sure: log.reviewed !== undefined || byGit !== undefined };
}
