/** What manifests ask for, in one shape for every format, and whether a lockfile gives it. */
import type { Ecosystem } from '../../versions/order.ts';
import { listed } from './compared.ts';
import type { Weight } from './graph.ts';
import type { Agreement, Disagreement, LockedPackage, TextAt } from './locked.ts';

import { meets } from './meets.ts';

/** One requirement of a manifest. */
export interface Declared {
  /** Spelled as the registry compares names. */
  readonly name: string;
  /** As written; `*` where any version does. */
  readonly range: string;
  /** Ranges of which one has to hold, where the ecosystem's order does not read `range` itself. */
  readonly alternatives?: readonly string[];
  readonly weight: Weight;
  readonly extras: readonly string[];
  /** Asked for only under a condition, so that a lockfile may lack it. */
  readonly isConditional: boolean;
  /** Taken from a folder, an address or a commit, or overridden: only its name is compared. */
  readonly isElsewhere: boolean;
  readonly path: string;
  readonly line: number;
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
  const locked = lockedVersions(packages);
  const disagreements: Disagreement[] = [];
  const untold: string[] = [];
  for (const it of reading.declared) {
    const judged = own.has(it.name) ? 'agrees' : judge(it, locked.get(it.name), ecosystem);
    if (judged === 'untold') untold.push(it.name);
    else if (judged !== 'agrees')
      disagreements.push({ name: it.name, say: judged, at: { path: it.path, line: it.line } });
  }
  const compared = reading.declared.length - untold.length;
  const said = untold.length === 0 ? [] : [`${untold.length} cannot be compared offline: ${listed(untold)}`];
  return { disagreements, compared, untold: [...reading.untold, ...said] };
}

/** Versions of one name; `isOpen` where it is also locked to a commit, a folder or an address. */
interface LockedVersions {
  readonly versions: Set<string>;
  isOpen: boolean;
}

/** Versions of one name that are compared; with more nothing can be told. */
const MOST_VERSIONS = 50;

function lockedVersions(packages: readonly LockedPackage[]): ReadonlyMap<string, LockedVersions> {
  const found = new Map<string, LockedVersions>();
  for (const { name, version } of packages) {
    const its = found.get(name) ?? { versions: new Set(), isOpen: false };
    if (version === undefined) its.isOpen = true;
    else if (its.versions.size <= MOST_VERSIONS) its.versions.add(version);
    found.set(name, its);
  }
  return found;
}

/** `agrees`, `untold`, or what stands in the way. */
function judge(it: Declared, locked: LockedVersions | undefined, ecosystem: Ecosystem): string {
  if (locked === undefined) return it.isConditional ? 'untold' : `asks for ${asked(it)}, and it is not locked`;
  if (it.isElsewhere || locked.isOpen || it.range === '*') return 'agrees';
  const versions = [...locked.versions];
  const verdicts = versions.flatMap((version) =>
    (it.alternatives ?? [it.range]).map((range) => meets(ecosystem, version, range)),
  );
  if (verdicts.includes(true)) return 'agrees';
  if (it.isConditional || verdicts.includes(undefined) || versions.length > MOST_VERSIONS) return 'untold';
  return `asks for ${asked(it)}, and ${listed(versions)} is locked`;
}

function asked({ range }: Declared): string {
  return range === '*' ? 'it' : range.slice(0, 80);
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
