/** Package URLs of locked packages: the names under which scanners and bills of materials know them. */
import { PackageURL } from 'packageurl-js';
import type { Component } from '../model.ts';
import { table } from '../table.ts';

/** Types of package URLs by ecosystem; one that has none is listed without. */
const TYPES: Readonly<Record<string, string>> = table({
  npm: 'npm',
  PyPI: 'pypi',
  Go: 'golang',
  'crates.io': 'cargo',
  RubyGems: 'gem',
  Packagist: 'composer',
  Maven: 'maven',
  NuGet: 'nuget',
  Hex: 'hex',
});

/** A name in its two parts, e.g. `@acme` and `mailer`, or `org.acme` and `mailer`. */
export function partsOf({
  ecosystem,
  name,
}: Pick<Component, 'ecosystem' | 'name'>): readonly [group: string, name: string] {
  const separator = ecosystem === 'Maven' ? ':' : '/';
  const at = name.lastIndexOf(separator);
  return at > 0 ? [name.slice(0, at), name.slice(at + 1)] : ['', name];
}

/** The package URL, or undefined where the ecosystem has no type for it, or the name is none that a package may have. */
export function packageUrl(component: Component): string | undefined {
  const type = TYPES[component.ecosystem];
  if (type === undefined || component.source === 'path') return undefined;
  const [group, name] = partsOf(component);
  try {
    return new PackageURL(type, group || undefined, name, component.version, undefined, undefined).toString();
  } catch {
    return undefined;
  }
}
