/** Tells teams from persons and from nobody in the ways owners are written. Judges names only, not whether they exist. */
import { placeholderIn } from '../placeholders.ts';

/** A reference as some catalogues write it: kind, namespace, name. */
const ENTITY = /^(?:(group|user|team):)?(?:[\w.-]+\/)*([\w.-]+)$/i;

/** Words in a team's name that say that nobody answers. */
const NOBODY =
  /(^|[^a-z])(unmaintained|unowned|ownerless|no-?owner|orphan(ed|s)?|nobody|no-?one|none|unassigned|abandoned|unknown)([^a-z]|$)/i;

/** Whether a name is present and means that someone answers. */
export function isSomebody(name: string | undefined): name is string {
  return name !== undefined && name.trim() !== '' && !NOBODY.test(name) && placeholderIn(name) === undefined;
}

/** Whether a name is written as one person's: `user:…`, an e-mail address, or a handle without an organisation. */
export function isPerson(name: string): boolean {
  const value = name.trim();
  if (/^user:/i.test(value)) return true;
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) return true;
  return /^@[^/\s]+$/.test(value);
}

/** The name alone, to compare names across formats: `group:default/payments`, `@lumenpay/payments` and `Payments` are one. */
export function bareName(name: string): string {
  const value = name.trim().replace(/^@/, '');
  return (ENTITY.exec(value)?.[2] ?? value).toLowerCase().replaceAll(/[\s_]+/g, '-');
}

/** Whether two names mean the same team, with or without the word "team". */
export function sameTeam(one: string, other: string): boolean {
  return withoutTeam(bareName(one)) === withoutTeam(bareName(other));
}

function withoutTeam(name: string): string {
  return name.replace(/^team-|-team$/g, '') || name;
}
