/** Lockfiles as tests speak of them: texts in, a line a package out. */
import type { LockedPackage, LockFormat, LockResult, TextAt } from '../../../src/evidence/lockfiles/locked.ts';

/** `name version source scope direct; asker range, …`; the parts that a package has. */
function shown(it: LockedPackage): string {
  const direct = it.direct === undefined ? 'direct?' : it.direct ? 'direct' : 'indirect';
  const by = it.requiredBy.map(({ name, range }) => `${name || 'project'} ${range || '?'}`).join(', ');
  const parts = [it.name, it.version, it.source, it.registry, it.commit, it.released, it.alias && `as ${it.alias}`];
  return `${[...parts, it.scope, direct].filter((part) => part !== undefined).join(' ')} <- ${by || 'nobody'} @${it.line}`;
}

/** Files by path, read: the first is the lockfile. */
export function readFiles(
  format: LockFormat,
  files: Readonly<Record<string, string>>,
  only?: readonly string[],
): LockResult {
  const [lock, ...others] = texts(files);
  return format.read(lock ?? { path: '', text: '' }, others, only);
}

/** Packages of files, a line each. */
export function packagesOf(
  format: LockFormat,
  files: Readonly<Record<string, string>>,
  only?: readonly string[],
): readonly string[] {
  return readFiles(format, files, only).packages.map(shown);
}

/** Gaps of files: `kind count: what it says`. */
export function gapsOf(format: LockFormat, files: Readonly<Record<string, string>>): readonly string[] {
  return readFiles(format, files).gaps.map(
    ({ kind, count, say, line }) => `${kind} ${count}: ${say}${line ? ` @${line}` : ''}`,
  );
}

/** What does not agree, and why something cannot be told. */
export function agreementOf(format: LockFormat, files: Readonly<Record<string, string>>): readonly string[] {
  const [lock, ...others] = texts(files);
  const agreement = format.agree?.(lock ?? { path: '', text: '' }, others);
  return [
    ...(agreement?.disagreements.map(({ name, say, at }) => `${name} ${say} @${at.path}:${at.line}`) ?? []),
    ...(agreement?.untold.map((it) => `untold: ${it}`) ?? []),
  ];
}

function texts(files: Readonly<Record<string, string>>): readonly TextAt[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}
