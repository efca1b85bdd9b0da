/** What a schema cannot say about a manifest: days that do not exist, ids that are used twice, and tests that lie in the future. Pure. */
import { isDate } from '../dates.ts';
import type { ManifestProblem } from './manifest.ts';
import { below, type Positions, spoken, steps } from './pointer.ts';

/** Something that cannot be true. */
export interface Implausible extends ManifestProblem {
  /** True when the claims may be used all the same: only this one is wrong. */
  readonly minor: boolean;
}

/** Looks through a valid manifest with its short forms written out. `asOf` is the ISO date that counts as today. */
export function implausible(data: unknown, positions: Positions, path: string, asOf: string): readonly Implausible[] {
  const found: Implausible[] = [];
  const say = (pointer: string, message: string, fix: string, minor: boolean): void => {
    const [line, column] = positions[pointer] ?? [1, 1];
    found.push({ message, fix, subject: pointer, minor, at: { path, line, column } });
  };
  visit(data, '', (value, pointer) => {
    const name = `\`${spoken(pointer, data)}\``;
    if (Array.isArray(value)) sameIds(value, pointer, name, say);
    else if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) badDay(value, pointer, name, asOf, say);
  });
  return found;
}

type Say = (pointer: string, message: string, fix: string, minor: boolean) => void;

function badDay(day: string, pointer: string, name: string, asOf: string, say: Say): void {
  if (!isDate(day)) say(pointer, `${name} is ${day}, a day that does not exist`, 'Correct the date.', false);
  else if (day > asOf && isOfThePast(pointer))
    say(pointer, `${name} is ${day}, which is in the future on ${asOf}`, 'Give the day on which it was done.', true);
}

/** Reviews, tests and readings have been done; the first day of a stage may be planned. */
function isOfThePast(pointer: string): boolean {
  return /^(on|.+_on|as_of)$/.test(steps(pointer).at(-1) ?? '');
}

function sameIds(list: readonly unknown[], pointer: string, name: string, say: Say): void {
  const seen = new Set<unknown>();
  for (const [index, item] of list.entries()) {
    const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
    if (id !== undefined && seen.has(id)) {
      say(
        below(below(pointer, index), 'id'),
        `${name} has two items with the id ${String(id)}`,
        'Give each its own id: waivers and history go by it.',
        false,
      );
    }
    seen.add(id);
  }
}

function visit(value: unknown, pointer: string, see: (value: unknown, pointer: string) => void): void {
  see(value, pointer);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) if (!key.startsWith('x-')) visit(child, below(pointer, key), see);
}
