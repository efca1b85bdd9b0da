/** package-lock version 1, whose packages hold each other, as the flat list of places that later versions write. */
import { record, word } from '../../plain-value.ts';
import { keyLines } from '../key-lines.ts';
import type { NpmEntry } from './npm.ts';

/** Packages within packages that are followed; npm itself seldom comes to five. */
const DEEPEST = 30;

/** All entries, and how many lie too deep. */
export function entriesOfV1(root: Readonly<Record<string, unknown>>, text: string): readonly [NpmEntry[], number] {
  const lineOf = keyLines(text, '{');
  const entries: NpmEntry[] = [];
  let deeper = 0;
  function walk(dependencies: unknown, above: string, depth: number): void {
    for (const [name, value] of Object.entries(record(dependencies))) {
      if (depth > DEEPEST) {
        deeper += countOf(value);
        continue;
      }
      const key = `${above}node_modules/${name}`;
      entries.push({ key, line: lineOf(name), ...later(value) });
      walk(record(value).dependencies, `${key}/`, depth + 1);
    }
  }
  walk(root.dependencies, '', 1);
  return [entries, deeper];
}

/** A package and all that lie in it, however deep. */
function countOf(value: unknown): number {
  const open = [value];
  let count = 0;
  while (open.length > 0) {
    count += 1;
    for (const below of Object.values(record(record(open.pop()).dependencies))) open.push(below);
  }
  return count;
}

/** `version` may hold an address or an alias, and `requires` is what later versions call `dependencies`. */
function later(value: unknown): Pick<NpmEntry, 'value' | 'isAddress'> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value: undefined };
  const entry = record(value);
  const { requires, bundled, dev, optional } = entry;
  const version = word(entry.version) ?? '';
  const alias = /^npm:((?:@[^/@]+\/)?[^/@]+)@(.+)$/.exec(version);
  const flags = { dependencies: requires, inBundle: bundled, dev, optional };
  if (alias) return { value: { ...flags, name: alias[1], version: alias[2], resolved: entry.resolved } };
  if (/^(?:[a-z][a-z0-9+.-]*:|[\w.-]+\/[\w.-]+(?:#|$))/i.test(version))
    return { value: { ...flags, resolved: version }, isAddress: true };
  return { value: { ...flags, version: entry.version, resolved: entry.resolved } };
}
