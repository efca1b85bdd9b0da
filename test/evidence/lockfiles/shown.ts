/** What a format makes of texts, in lines that a person can read. */
import type { LockedPackage, LockFormat, LockResult, TextAt } from '../../../src/evidence/lockfiles/locked.ts';

type Files = Readonly<Record<string, string | object>>;

/** Texts by path; objects are written as JSON. */
export function textsOf(files: Files): readonly TextAt[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    text: typeof text === 'string' ? text : JSON.stringify(text, null, 2),
  }));
}

/** Reads the first file as the lockfile and the others as its manifests. */
export function readWith(format: LockFormat, files: Files, only?: readonly string[]): LockResult {
  const [lock, ...manifests] = textsOf(files);
  return format.read(lock ?? { path: '', text: '' }, manifests, only);
}

/** One line a package: `a@1.0.0 production direct :3 <- : ^1.0.0`. */
export function rows({ packages }: Pick<LockResult, 'packages'>): readonly string[] {
  return packages.map(rowOf);
}

/** "2 unparsed: entries are not understood". */
export function gapRows({ gaps }: Pick<LockResult, 'gaps'>): readonly string[] {
  return gaps.map(({ kind, count, say }) => `${count} ${kind}: ${say}`);
}

function rowOf(it: LockedPackage): string {
  const directness = it.direct === undefined ? '?' : it.direct ? 'direct' : 'indirect';
  return [
    `${it.name}@${it.version ?? ''}`,
    it.source === 'registry' ? it.registry : it.source,
    it.commit?.slice(0, 7),
    it.scope,
    directness,
    it.alias && `as ${it.alias}`,
    it.bundled && 'bundled',
    it.deprecated && `deprecated "${it.deprecated}"`,
    it.licence,
    it.released,
    `:${it.line}`,
    `<- ${it.requiredBy.map(({ name, range }) => `${name || '.'} ${range}`.trim()).join(', ')}`,
  ]
    .filter((part) => part !== undefined && part !== false && part !== '')
    .join(' ');
}
