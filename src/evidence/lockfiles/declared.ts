/** What manifests ask for, in one shape for every format, and whether a lockfile gives it. */
import type { Ecosystem } from '../../versions/order.ts';
import { type Asked, comparer, listed } from './compared.ts';
import type { Weight } from './graph.ts';
import type { Agreement, Disagreement, LockedPackage, TextAt } from './locked.ts';

/** One requirement of a manifest. */
export interface Declared extends Asked {
  /** As written; `*` where any version does. */
  readonly range: string;
  readonly weight: Weight;
  readonly extras: readonly string[];
}

/** A manifest's requirements, and why some of them are not told. */
export interface DeclaredReading {
  readonly declared: readonly Declared[];
  readonly untold: readonly string[];
}

/** Things under their names. */
export function byName<T extends { readonly name: string }>(things: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const it of things) {
    const same = found.get(it.name);
    if (same) same.push(it);
    else found.set(it.name, [it]);
  }
  return found;
}

/** Holds what manifests ask for against what is locked. `own` are names of projects that are locked for, which are no packages. */
export function agreementOf(
  reading: DeclaredReading,
  packages: readonly LockedPackage[],
  ecosystem: Ecosystem,
  own: ReadonlySet<string> = new Set(),
): Agreement {
  const verdictOf = comparer(ecosystem, packages);
  const disagreements: Disagreement[] = [];
  const untold: string[] = [];
  for (const it of reading.declared) {
    const { name, range, at } = it;
    const verdict = own.has(name) ? 'agrees' : verdictOf({ ...it, range: range === '*' ? undefined : range });
    const wanted = range === '*' ? 'it' : range.slice(0, 80);
    if (verdict === 'untold') untold.push(name);
    else if (verdict === 'absent') disagreements.push({ name, say: `asks for ${wanted}, and it is not locked`, at });
    else if (verdict !== 'agrees')
      disagreements.push({ name, say: `asks for ${wanted}, and ${listed(verdict.locked)} is locked`, at });
  }
  const compared = reading.declared.length - untold.length;
  const said = untold.length === 0 ? [] : [`${untold.length} cannot be compared offline: ${listed(untold)}`];
  return { disagreements, compared, untold: [...reading.untold, ...said] };
}

const INSIDE_QUOTES = /["']\s*([A-Za-z0-9][\w.-]*)/g;
const KEY = /^\s*["']?([A-Za-z0-9][\w.-]*)["']?\s*=/;
const HEADER = /^\s*\[.*?([A-Za-z0-9][\w-]*)["']?\]+\s*$/;

/** The line on which each name is first asked for in a manifest of TOML, whose parser keeps none; 1 where that cannot be told. */
export function namedLines({ text }: TextAt, normalise: (name: string) => string): (name: string) => number {
  const lines = new Map<string, number>();
  const headers = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const key = KEY.exec(line)?.[1];
    const quoted = Array.from(line.slice(0, 2000).matchAll(INSIDE_QUOTES), ([, name = '']) => name);
    for (const name of key === undefined ? quoted : [key, ...quoted]) note(lines, normalise(name), index + 1);
    const header = HEADER.exec(line.slice(0, 300))?.[1];
    if (header !== undefined) note(headers, normalise(header), index + 1);
  }
  return (name) => lines.get(name) ?? headers.get(name) ?? 1;
}

function note(lines: Map<string, number>, name: string, line: number): void {
  if (!lines.has(name)) lines.set(name, line);
}
