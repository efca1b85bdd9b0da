/** What an expression gives, made into reasons, problems and places. Everything in it may be a stranger's text. Pure. */
import { isCount, isPlain, placeOf } from '../../expressions/cel.ts';
import type { Place, Problem } from '../../model.ts';

/** Longest sentence and most problems that are passed on. */
const LONGEST = 500;
const MOST = 200;

/** A text cut to what a report bears. */
export function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** Problems from the list that `problems` gave; undefined where an item is none. */
export function problemsFrom(value: unknown): readonly Problem[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const problems = value.slice(0, MOST).map(problemFrom);
  return problems.every((it) => it !== undefined) ? problems : undefined;
}

function problemFrom(item: unknown): Problem | undefined {
  if (!isPlain(item) || typeof item.message !== 'string' || item.message.trim() === '') return undefined;
  const { message, fix, path, line } = item;
  const at = placeOf(item) ?? named(path, line);
  return {
    message: short(message),
    ...(at && { at }),
    ...(typeof fix === 'string' && { fix: short(fix) }),
    subject: short(message),
  };
}

function named(path: unknown, line: unknown): Place | undefined {
  if (typeof path !== 'string' || path === '') return undefined;
  return { path, ...(isCount(line) && { line: Number(line) }) };
}

/** The problems of what an `all(…)` is not true of. */
export function problemsOf(
  offenders: readonly { readonly predicate: string; readonly item: unknown }[],
): readonly Problem[] {
  return offenders.slice(0, MOST).map(({ predicate, item }): Problem => {
    const at = placeOf(item);
    const name = nameOf(item);
    const what = `${name === undefined ? 'an item' : short(name)} does not meet ${short(oneLine(predicate))}`;
    return { message: what, ...(at && { at }), ...(name !== undefined && { subject: short(name) }) };
  });
}

/** A text on one line. */
export function oneLine(text: string): string {
  return text.split(/\s+/).join(' ').trim();
}

function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string') return item;
  if (!isPlain(item)) return undefined;
  return ['name', 'id', 'title', 'path', 'file']
    .map((key) => (Object.hasOwn(item, key) ? item[key] : undefined))
    .find((it) => typeof it === 'string');
}
