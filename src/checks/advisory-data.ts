/** What an answer from advisory data rests on: how many packages were checked, how old the data is, and what was left out. */
import { isUndated } from '../advisories/data-states.ts';
import { days, daysBetween } from '../dates.ts';
import type { Coverage, Unchecked } from '../evidence/advisories/match.ts';
import type { Facts } from '../evidence/advisories.ts';
import type { Assessment, Place, Problem } from '../model.ts';
import { assessed, contradicted, notApplicable, unknown, verified } from './define.ts';
import { counted, listed, shortened } from './words.ts';

/** How old advisory data may be before finding nothing in it says nothing; after 7 days at tier 1 an urgent advisory is overdue. */
export const DATA_AGE = 'Greatest age of the advisory data; finding nothing in older data is "unknown".';

/** Why packages of an ecosystem cannot be called free of anything: the data is absent, old, or does not reach them. */
function gapsIn(coverage: readonly Coverage[], maxAge: string, asOf: string): readonly Unchecked[] {
  return coverage.flatMap(({ ecosystem, checked, asOf: dataAsOf, unchecked }) => {
    const age = dataAsOf === undefined ? 0 : daysBetween(dataAsOf, asOf);
    const isOld = age > (days(maxAge) ?? 7);
    const say = isUndated(dataAsOf ?? '')
      ? `nobody tells how old the data on ${ecosystem} is`
      : `${ecosystem} data is ${counted(age, 'day')} old, from ${day(dataAsOf)}`;
    const old = { count: checked, say };
    return [...(isOld && checked > 0 ? [old] : []), ...unchecked.flatMap((it) => stillOpen(it, maxAge, asOf))];
  });
}

/** A list of all packages closes a gap while it is as young as the data has to be. */
function stillOpen(gap: Unchecked, maxAge: string, asOf: string): readonly Unchecked[] {
  const { insteadBy } = gap;
  if (!insteadBy) return [gap];
  const age = insteadBy.made === undefined ? undefined : daysBetween(insteadBy.made, asOf);
  if (age !== undefined && age <= (days(maxAge) ?? 7)) return [];
  const worth = age === undefined ? 'does not say when it was made' : `is ${counted(age, 'day')} old`;
  return [{ ...gap, say: `${gap.say}, and ${insteadBy.at.path} ${worth}` }];
}

/** "1,180 of 1,204 packages, data of npm 2026-11-20": without it no number of findings means anything. */
function basis({ coverage }: Facts): string {
  const sum = (of: (it: Coverage) => number): number => coverage.reduce((total, it) => total + of(it), 0);
  const data = coverage.flatMap((it) => (it.asOf === undefined ? [] : `${it.ecosystem} ${day(it.asOf)}`));
  const checked = sum((it) => it.checked);
  const packages = sum((it) => it.packages);
  const own = sum((it) => it.own ?? 0);
  const aside = own > 0 ? `, ${own} of the organisation's own aside` : '';
  if (packages === 0) return `no ${own > 0 ? 'other ' : ''}package with a version is locked${aside}`;
  const of = data.length === 0 ? 'no advisory data' : `data of ${listed(data)}`;
  return `${checked} of ${counted(packages, 'package')} checked, ${of}${aside}`;
}

/** What a rule found, whichever flaw it looks for. */
export interface Found {
  /** What is wrong, already past what the rule allows. */
  readonly breaches: readonly Problem[];
  /** Said first when there are breaches, e.g. `2 vulnerabilities are past their deadline`. */
  readonly breached: string;
  /** Said first when there are none. */
  readonly clean: string;
  /** What may be wrong and nobody vouches for, a clause each. */
  readonly doubts?: readonly string[];
}

/** A breach is one however old the data; nothing found is "verified" only where all was checked against recent data. */
export function answerFrom(facts: Facts, found: Found, { maxAge, asOf }: { maxAge: string; asOf: string }): Assessment {
  const { coverage } = facts;
  if (coverage.every(({ packages, unchecked }) => packages === 0 && unchecked.length === 0))
    return notApplicable('no package with a version is here that advisories could concern');
  const evidence = coverage.flatMap(({ files }) => files).slice(0, 10);
  if (found.breaches.length > 0)
    return contradicted(`${found.breached}; ${basis(facts)}`, found.breaches, { evidence });
  const gaps = gapsIn(coverage, maxAge, asOf);
  const open = [...(found.doubts ?? []), ...alike(gaps)];
  if (open.length > 0) {
    const isUnchecked = coverage.every(({ checked }) => checked === 0);
    const so = isUnchecked ? 'nothing could be checked: ' : `${found.clean}, as far as was checked: `;
    const because = [`${so}${shortened(open, 4)}`, basis(facts), ...facts.troubles.slice(0, 2)];
    return unknown(because.join('; '), {
      evidence: distinctPlaces(gaps, evidence),
      problems: wayOut(coverage, maxAge, asOf),
    });
  }
  return verified(`${found.clean}; ${basis(facts)}`, evidence);
}

/** What is the same in many places is said once, with how much it comes to. */
function alike(gaps: readonly Unchecked[]): readonly string[] {
  const groups = new Map<string, Unchecked[]>();
  for (const gap of gaps) groups.set(gap.say, [...(groups.get(gap.say) ?? []), gap]);
  return [...groups].map(([say, all]) => {
    const count = all.reduce((sum, gap) => sum + gap.count, 0);
    const words = [
      ...(all.length > 1 ? [`in ${all.length} places`] : []),
      ...(count > 0 ? [counted(count, 'package')] : []),
    ];
    return words.length === 0 ? say : `${say} (${words.join(', ')})`;
  });
}

/** What to do where the data is what is missing. */
function wayOut(coverage: readonly Coverage[], maxAge: string, asOf: string): readonly Problem[] {
  const limit = days(maxAge) ?? 7;
  const lacking = coverage.filter(
    ({ packages, asOf: of }) => packages > 0 && (of === undefined || daysBetween(of, asOf) > limit),
  );
  return lacking.length === 0 ? [] : [lackOfData(lacking.map(({ ecosystem }) => ecosystem))];
}

/** That there is no recent data on some ecosystems; the same words in whichever rule, because one thing is to be done about all. */
export function lackOfData(ecosystems: readonly string[]): Problem {
  return {
    message: `recent advisory data on ${listed(ecosystems)} is not at hand`,
    fix: 'Run `gonogo db update` where there is a network, or give --db.',
    subject: 'advisory data',
  };
}

function distinctPlaces(gaps: readonly Unchecked[], evidence: readonly Place[]): readonly Place[] {
  return [...gaps.flatMap(({ at }) => at ?? []), ...evidence].slice(0, 10);
}

function day(instant = ''): string {
  return isUndated(instant) ? 'of an unknown day' : instant.slice(0, 10);
}

/** For rules that answer otherwise than `answerFrom`. */
export function assessedOn(facts: Facts, standing: Parameters<typeof assessed>[0], because: string): Assessment {
  return assessed(standing, `${because}; ${basis(facts)}`, { evidence: facts.coverage.flatMap(({ files }) => files) });
}
