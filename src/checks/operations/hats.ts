/** Which parts each person plays for a service, by every name that the manifest, CODEOWNERS and git have for them. Pure. */
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import type { Answer } from '../ownership/answers.ts';
import { isPerson, isSomebody, sameTeam } from '../ownership/people.ts';
import { people } from '../same-person.ts';

/** A part that a person plays, as words for a sentence. */
type Hat = 'owns it' | 'leads an area' | 'is in the escalation' | 'makes nearly all changes';

/** One part of one person. */
export interface Worn {
  readonly hat: Hat;
  readonly name: string;
  readonly at: Place;
}

/** A person by all names, with the parts played. */
export interface Wearer {
  readonly names: readonly string[];
  readonly worn: readonly Worn[];
  readonly hats: readonly Hat[];
}

interface Asked {
  readonly claims: Claims;
  at(pointer: string): Place;
}

/** What the manifest says of persons; teams and schedules are none. */
export function claimedHats({ claims, at }: Asked): readonly Worn[] {
  const { owner, leads = {}, escalation = [] } = claims;
  const team = owner?.team;
  const own: readonly Worn[] =
    team !== undefined && isPerson(team) ? [{ hat: 'owns it', name: team, at: at('/owner/team') }] : [];
  const led = Object.entries(leads).flatMap(([area, name]): readonly Worn[] =>
    typeof name === 'string' && isSomebody(name) && !(team !== undefined && !isPerson(team) && sameTeam(name, team))
      ? [{ hat: 'leads an area', name, at: at(`/leads/${area}`) }]
      : [],
  );
  const called = escalation.flatMap(({ who }, index): readonly Worn[] => {
    const area = /^lead:(.+)$/i.exec(who)?.[1];
    const lead = area === undefined ? undefined : (leads as Readonly<Record<string, unknown>>)[area];
    const name = typeof lead === 'string' ? lead : who;
    return /^(oncall|team|group):/i.test(who) || !isSomebody(name)
      ? []
      : [{ hat: 'is in the escalation', name, at: at(`/escalation/${index}`) }];
  });
  return [...own, ...led, ...called];
}

/** A single person in CODEOWNERS for the whole service. */
export function owningHats(answers: readonly Answer[]): readonly Worn[] {
  return answers.flatMap(({ source, who, at }): readonly Worn[] =>
    source === 'codeowners' && who.length === 1 && who[0] !== undefined && isPerson(who[0])
      ? [{ hat: 'owns it', name: who[0], at }]
      : [],
  );
}

/** Everybody, most parts first. */
export function wearers(worn: readonly Worn[]): readonly Wearer[] {
  return people(worn.map(({ name }) => name))
    .map((names) => {
      const its = worn.filter(({ name }) => names.includes(name));
      return { names, worn: its, hats: [...new Set(its.map(({ hat }) => hat))] };
    })
    .toSorted((a, b) => b.hats.length - a.hats.length);
}
