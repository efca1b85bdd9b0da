/** Short words, days and names out of parsed reports, which nobody here vouches for. */
import { isDate } from '../../dates.ts';
import type { Ecosystem } from '../../versions/order.ts';
import { word } from '../plain-value.ts';

/** Longest text that is kept. */
const LONGEST = 300;

/** A text without control characters, not too long; undefined for none and for an empty one. */
export function text(value: unknown): string | undefined {
  const short = word(value)
    ?.slice(0, LONGEST * 4)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f\s]+/g, ' ')
    .trim()
    .slice(0, LONGEST);
  return short === '' ? undefined : short;
}

/** An optional member of an object, left out where there is no text. */
export function optional<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  const found = text(value);
  return (found === undefined ? {} : { [key]: found }) as { readonly [P in K]?: string };
}

/** The ISO day of a date or a time as formats write them; undefined where it is none. */
export function day(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : day(value.toISOString());
  const first = typeof value === 'string' ? value.trim().slice(0, 10) : '';
  return isDate(first) ? first : undefined;
}

/** The earliest of some days. */
export function earliest(...days: readonly (string | undefined)[]): string | undefined {
  return days.flatMap((it) => it ?? []).sort()[0];
}

const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map<string, Ecosystem>([
  ...namesOf('npm', 'npm yarn pnpm bun node-pkg javascript'),
  ...namesOf('PyPI', 'pypi pip pipenv poetry uv pylock python-pkg conda-pkg python'),
  ...namesOf('Go', 'go golang gomod gobinary go-module'),
  ...namesOf('crates.io', 'crates.io cargo rustbinary rust-crate'),
  ...namesOf('RubyGems', 'rubygems gem bundler gemspec'),
  ...namesOf('Packagist', 'packagist composer composer-vendor php-composer'),
  ...namesOf('Maven', 'maven pom jar gradle sbt java-archive'),
  ...namesOf('NuGet', 'nuget dotnet dotnet-core packages-props'),
  ...namesOf('Hex', 'hex mix mix-lock'),
]);

function namesOf(ecosystem: Ecosystem, names: string): readonly (readonly [string, Ecosystem])[] {
  return names.split(' ').map((name) => [name, ecosystem] as const);
}

/** The ecosystem that a scanner, a package URL or OSV calls so; what follows a colon is a registry. */
export function ecosystemNamed(name: unknown): Ecosystem | undefined {
  return typeof name === 'string' ? ECOSYSTEMS.get(name.slice(0, 50).toLowerCase().split(':', 1)[0] ?? '') : undefined;
}
