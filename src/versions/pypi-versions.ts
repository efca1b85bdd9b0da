/** Versions of Python packages by PEP 440, in every spelling that it lets pass. */
import { compareDigits, compareLists, compareText, isDigits } from './digits.ts';

export interface PythonVersion {
  readonly epoch: string;
  /** At least one. */
  readonly release: readonly string[];
  readonly pre?: { readonly phase: 'a' | 'b' | 'rc'; readonly number: string };
  readonly post?: string;
  readonly dev?: string;
  /** Identifiers after `+`, in lower case. */
  readonly local: readonly string[];
}

const VERSION = new RegExp(
  String.raw`^[ \t\n\v\f\r]*v?(?:(?<epoch>\d+)!)?(?<release>\d+(?:\.\d+)*)` +
    String.raw`(?:[-_.]?(?<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>\d*))?` +
    String.raw`(?:-(?<bare>\d+)|[-_.]?(?<after>post|rev|r)[-_.]?(?<post>\d*))?` +
    String.raw`(?:[-_.]?(?<ahead>dev)[-_.]?(?<dev>\d*))?` +
    String.raw`(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?[ \t\n\v\f\r]*$`,
  'i',
);

export function parsePython(text: string): PythonVersion | undefined {
  const found = VERSION.exec(text)?.groups;
  if (found?.release === undefined) return undefined;
  const { epoch = '0', release, phase, pre, bare, after, post, ahead, dev, local } = found;
  return {
    epoch,
    release: release.split('.'),
    ...(phase !== undefined && { pre: { phase: phaseOf(phase.toLowerCase()), number: pre || '0' } }),
    ...((bare !== undefined || after !== undefined) && { post: bare || post || '0' }),
    ...(ahead !== undefined && { dev: dev || '0' }),
    local: local?.toLowerCase().split(/[-_.]/) ?? [],
  };
}

function phaseOf(word: string): 'a' | 'b' | 'rc' {
  if (word.startsWith('a')) return 'a';
  return word.startsWith('b') ? 'b' : 'rc';
}

export function isPythonPrerelease({ pre, dev }: PythonVersion): boolean {
  return pre !== undefined || dev !== undefined;
}

export function comparePython(a: PythonVersion, b: PythonVersion): number {
  return compareRelease(a, b) || comparePre(a, b) || comparePost(a, b) || compareDev(a, b) || compareLocal(a, b);
}

/** Order by epoch and release numbers alone; zeros at the end do not count. */
export function compareRelease(a: PythonVersion, b: PythonVersion): number {
  return compareDigits(a.epoch, b.epoch) || compareLists(a.release, b.release, compareDigits, '0');
}

/** Order by phase and number of the prerelease alone. */
export function comparePre(a: PythonVersion, b: PythonVersion): number {
  return (
    preClass(a) - preClass(b) ||
    compareText(a.pre?.phase ?? '', b.pre?.phase ?? '') ||
    compareDigits(a.pre?.number ?? '0', b.pre?.number ?? '0')
  );
}

/** A development release of nothing else is before every prerelease. */
function preClass({ pre, post, dev }: PythonVersion): number {
  if (pre !== undefined) return 1;
  return post === undefined && dev !== undefined ? 0 : 2;
}

function comparePost(a: PythonVersion, b: PythonVersion): number {
  if (a.post === undefined || b.post === undefined) return Number(a.post !== undefined) - Number(b.post !== undefined);
  return compareDigits(a.post, b.post);
}

function compareDev(a: PythonVersion, b: PythonVersion): number {
  if (a.dev === undefined || b.dev === undefined) return Number(a.dev === undefined) - Number(b.dev === undefined);
  return compareDigits(a.dev, b.dev);
}

function compareLocal(a: PythonVersion, b: PythonVersion): number {
  return compareLists(a.local, b.local, (left, right) => {
    if (isDigits(left) && isDigits(right)) return compareDigits(left, right);
    return Number(isDigits(left)) - Number(isDigits(right)) || compareText(left, right);
  });
}
