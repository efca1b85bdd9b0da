/** The sections of a lockfile of Bundler, line by line. */
import type { LockedPackage } from '../locked.ts';
import { edgeTo, type NamedEdge } from '../named-graph.ts';
import { isWord, linesOf, rangeOf, UNREADABLE } from '../words.ts';

/** Where the gems of a section are from. */
interface Origin {
  readonly source: LockedPackage['source'];
  readonly remotes: Set<string>;
  revision?: string;
}

/** One gem for one platform. */
export interface Spec {
  readonly name: string;
  readonly version: string;
  readonly origin: Origin;
  readonly asks: NamedEdge[];
  readonly line: number;
}

/** What DEPENDENCIES says of a gem. */
export interface Direct {
  readonly ranges: readonly string[];
  readonly line: number;
}

/** A lockfile of Bundler. */
export interface Parsed {
  readonly specs: readonly Spec[];
  /** Undefined where the section is missing. */
  readonly direct?: ReadonlyMap<string, Direct>;
  readonly odd: readonly number[];
  readonly isKnown: boolean;
}

const ORIGINS: ReadonlyMap<string, LockedPackage['source']> = new Map([
  ['GEM', 'registry'],
  ['GIT', 'git'],
  ['PATH', 'path'],
  ['PLUGIN SOURCE', 'unknown'],
]);
const PASSED = new Set(['PLATFORMS', 'CHECKSUMS', 'RUBY VERSION', 'BUNDLED WITH']);
const LONGEST_LINE = 2_000;

/** Sections and gems; `odd` are lines that are not understood. */
export function parseGemfileLock(text: string): Parsed {
  const specs: Spec[] = [];
  const odd: number[] = [];
  let direct: Map<string, Direct> | undefined;
  let section = '';
  let origin: Origin | undefined;
  let gem: Spec | undefined;
  let isKnown = false;
  for (const [index, it] of linesOf(text).entries()) {
    const line = index + 1;
    if (it.trim() === '') continue;
    if (!it.startsWith(' ')) {
      const source = ORIGINS.get(it);
      origin = source && { source, remotes: new Set() };
      section = it;
      const isOurs = source !== undefined || PASSED.has(it) || it === 'DEPENDENCIES';
      isKnown ||= isOurs;
      if (it === 'DEPENDENCIES') direct ??= new Map();
      if (!isOurs) odd.push(line);
    } else if (!PASSED.has(section)) {
      const said = it.length > LONGEST_LINE ? undefined : entryOf(it);
      const depth = indentOf(it);
      if (origin && depth === 2) setOrigin(origin, it);
      else if (!said || (!origin && section !== 'DEPENDENCIES')) odd.push(line);
      else if (!origin) direct?.set(said.name, { ranges: rangesOf(said.inner), line });
      else if (depth === 4) {
        const version = said.inner?.split('-')[0];
        gem = isWord(version) ? { name: said.name, version, origin, asks: [], line } : undefined;
        if (gem) specs.push(gem);
        else odd.push(line);
      } else gem?.asks.push(edgeTo(said.name, said.inner ?? ANY));
    }
  }
  return { specs, odd, isKnown, ...(direct && { direct }) };
}

/** What no requirement means. */
export const ANY = '>= 0';

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function setOrigin(origin: Origin, line: string): void {
  const [, key, value = ''] = /^ {2}([a-z_]{1,30}):\s?(.*)$/.exec(line.slice(0, LONGEST_LINE)) ?? [];
  if (key === 'remote') origin.remotes.add(value);
  if (key === 'revision') origin.revision = value;
}

/** `name (words)!`. */
function entryOf(line: string): { readonly name: string; readonly inner?: string } | undefined {
  const [, name, inner] = /^ +([^\s()!]+)(?: \(([^()]*)\))?!?$/.exec(line) ?? [];
  return isWord(name) ? { name, ...(inner !== undefined && { inner }) } : undefined;
}

function rangesOf(inner: string | undefined): readonly string[] {
  return inner === undefined ? [] : inner.split(',').map((it) => rangeOf(it) ?? UNREADABLE);
}
