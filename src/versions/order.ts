/** What the rest of the program asks of an ecosystem's version numbers. Types only; each ecosystem's order is a file beside this one. */

/** Ecosystems whose packages are versioned, by the names OSV gives them where it has one. */
export type Ecosystem =
  | 'npm'
  | 'PyPI'
  | 'Go'
  | 'crates.io'
  | 'RubyGems'
  | 'Packagist'
  | 'Maven'
  | 'NuGet'
  | 'Hex'
  | 'Terraform'
  | 'Helm';

/** The order of one ecosystem's versions: the verdicts of its reference implementation. Nothing here throws, whatever the text. */
export interface VersionOrder {
  /** Below zero where `a` is older, above where it is newer, zero where both are the same version. A total order over any text. */
  compare(a: string, b: string): number;
  /** Whether the ecosystem's own tools would take the text for a version that has a place in the order; a branch has none. */
  isVersion(text: string): boolean;
  isPrerelease(version: string): boolean;
  /** Whether a version meets a requirement as its ecosystem writes one; undefined where either is not understood, or where the ecosystem leaves it open. */
  satisfies(version: string, requirement: string): boolean | undefined;
}

/** How far one version is above another. `other`: calendar versions and what has no such parts. */
export type Step = 'major' | 'minor' | 'patch' | 'other';
