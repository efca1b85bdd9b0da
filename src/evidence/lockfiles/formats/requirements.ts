/**
 * Reads requirements.txt, and requirements.lock of Rye. It is a lockfile where pip-compile, uv or Rye wrote it, or where every line has hashes, which pip then demands
 * of all that is installed; else it fixes at best what it names, and not what that brings along.
 */
import { folderOf, joined } from '../../pipelines/world.ts';
import { listed } from '../compared.ts';
import { gap, gapOver } from '../gaps.ts';
import type { Gap, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { isNamed, nameOf } from '../paths.ts';
import { normalised, pinnedVersion } from '../pep508.ts';
import { known } from '../python-lock.ts';
import { type RequirementLine, type RequirementsFile, readRequirementLines } from '../requirement-lines.ts';
import { agreeWithInputs, isCompiled, isInput, isRoot } from '../requirements-inputs.ts';
import { hostOf, isWord } from '../words.ts';

export const format: LockFormat = {
  name: 'requirements',
  ecosystem: 'PyPI',
  files:
    /^(?:(?:[\w.-]*[-_.])?requirements(?:[-_.][\w.-]*)?\.(?:txt|lock)|requirements\/(?![\w.-]*constraints)[\w.-]+\.txt)$/i,
  manifests: /^(?:[\w.-]*requirements[\w.-]*\.in|requirements\/[\w.-]+\.in|pyproject\.toml|setup\.(?:py|cfg))$/,
  beside: /^[\w.-]*constraints[\w.-]*\.txt$/,
  governs: (lock, manifest) => isInput(lock, manifest),
  read,
  agree: (lock, manifests) => agreeWithInputs(lock, manifests, read(lock, manifests).packages),
};

type PackageLine = Extract<RequirementLine, { kind: 'package' }>;

function read(lock: TextAt, others: readonly TextAt[]): LockResult {
  const file = readRequirementLines(lock);
  const lines = file.lines.filter((it) => it.kind === 'package');
  const fixed = fixedBy(lock, file, others);
  const registry = indexOf(file);
  const placed = lines.map((it) => ({ it, place: placeOf(it, fixed, registry) }));
  const names = new Set(lines.map(({ asks }) => asks.name));
  const context = { scope: scopeOf(lock.path), names, isWritten: isCompiled(file) || isHashed(file) };
  const packages = placed.flatMap(({ it, place }) => (place ? [packageOf(it, place, context)] : []));
  const wheels = file.lines.flatMap((it): readonly LockedPackage[] =>
    it.kind === 'path' && isWord(it.name) ? [ownOf(it.name, it.line)] : [],
  );
  return {
    packages: [...packages, ...wheels].sort((a, b) => a.line - b.line),
    gaps: [
      ...openGaps([
        ...placed.flatMap(({ it, place }) => (place ? [] : [{ name: it.asks.name, line: it.line }])),
        ...file.unfixed.filter(({ name }) => !names.has(name)),
      ]),
      ...strangeGaps(file),
      ...includeGaps(lock, file),
      ...(isWhole(file, lines) ? [] : [incomplete(lines.length)]),
    ],
  };
}

function ownOf(name: string, line: number): LockedPackage {
  return { name, source: 'path', scope: 'unknown', direct: true, requiredBy: [{ name: '', range: '*' }], line };
}

interface Context {
  readonly scope: LockedPackage['scope'];
  readonly names: ReadonlySet<string>;
  /** By a tool, so that a package in it need not be one that somebody asked for. */
  readonly isWritten: boolean;
}

type Placed = Pick<LockedPackage, 'source' | 'version' | 'registry' | 'commit'>;

function packageOf(
  { asks, line, via }: PackageLine,
  place: Placed,
  { scope, names, isWritten }: Context,
): LockedPackage {
  const { name, range } = asks;
  if (!isWritten) return { name, ...place, scope, direct: true, requiredBy: [{ name: '', range }], line };
  const askers = via.filter((it) => !it.startsWith('-c')).map((it) => (isRoot(it, names) ? '' : normalised(it)));
  const direct = askers.length > 0 ? askers.includes('') : undefined;
  return {
    name,
    ...place,
    scope,
    direct,
    requiredBy: [...new Set(askers)].map((it) => ({ name: it, range: '' })),
    line,
  };
}

const FOR_MAKERS =
  /(?:^|[-_.])(?:dev|devel|develop|development|tests?|testing|lint|linting|docs?|typing|types|ci|local|debug|ruff|mypy|black)(?:[-_.]|$)/i;

const FOR_ALL =
  /^(?:requirements(?:[-_.](?:prod|production|base|main|app|run|runtime))?\.(?:txt|lock)|requirements\/(?:prod|production|base|main|app|run|runtime|requirements)\.txt)$/i;

/** By the file's name: nothing in it tells. */
function scopeOf(path: string): LockedPackage['scope'] {
  const name = nameOf(path);
  // Rye locks what makers need together with all the rest.
  if (FOR_MAKERS.test(name)) return name.endsWith('.lock') ? 'unknown' : 'development';
  return isNamed(path, FOR_ALL) ? 'production' : 'unknown';
}

/** Versions that the constraints which it names fix. */
function fixedBy(lock: TextAt, file: RequirementsFile, others: readonly TextAt[]): ReadonlyMap<string, string> {
  const folder = folderOf(lock.path);
  const named = new Set(file.lines.flatMap((it) => (it.kind === 'constraint' ? (joined(folder, it.path) ?? []) : [])));
  const lines = others.flatMap((it) => (named.has(it.path) ? readRequirementLines(it).lines : []));
  return new Map(
    lines.flatMap((it) => {
      const version = it.kind === 'package' ? pinnedVersion(it.asks.range) : undefined;
      return it.kind === 'package' && version !== undefined ? [[it.asks.name, version] as const] : [];
    }),
  );
}

/** Where the line, or a constraint, fixes what is installed; else undefined. */
function placeOf(
  { asks }: PackageLine,
  fixed: ReadonlyMap<string, string>,
  registry: string | undefined,
): Placed | undefined {
  if (asks.url !== undefined) {
    if (!/^(?:git|hg|svn|bzr)\+/.test(asks.url)) return { source: 'url' };
    const commit = /@([0-9a-f]{40}|[0-9a-f]{64})(?:#|$)/.exec(asks.url)?.[1];
    // A branch or a tag moves.
    return commit === undefined ? undefined : { source: 'git', commit };
  }
  const version = pinnedVersion(asks.range) ?? fixed.get(asks.name);
  return isWord(version) ? { source: 'registry', ...known({ version, registry }) } : undefined;
}

/** Host of the one index that it names; with more than one nobody can tell where a package is from. */
function indexOf({ lines }: RequirementsFile): string | undefined {
  const indexes = lines.flatMap((it) => (it.kind === 'index' ? [it] : []));
  return indexes.some(({ isExtra }) => isExtra) ? undefined : hostOf(indexes.at(-1)?.address);
}

function openGaps(open: readonly { readonly name: string; readonly line: number }[]): readonly Gap[] {
  const names = listed(open.map(({ name }) => name));
  return gapOver(
    'no-version',
    open.map(({ line }) => line),
    `no version is fixed for ${names}`,
  );
}

function strangeGaps({ lines }: RequirementsFile): readonly Gap[] {
  const strange = lines.flatMap(({ kind, line }) => (kind === 'strange' ? [line] : []));
  return gapOver('unparsed', strange, (count) => `${count} of its lines name no package that is understood`);
}

/** Files that it includes and whose names are not those of lockfiles are read by nobody else. */
function includeGaps(lock: TextAt, { lines }: RequirementsFile): readonly Gap[] {
  return lines.flatMap((it): readonly Gap[] => {
    if (it.kind !== 'include') return [];
    if (isNamed(joined(folderOf(lock.path), it.path) ?? it.path, format.files)) return [];
    return [gap('managed-elsewhere', 0, `it includes ${it.path.slice(0, 100)}, which is not read`, it.line)];
  });
}

function isHashed({ lines }: RequirementsFile): boolean {
  const packages = lines.filter((it) => it.kind === 'package');
  return packages.length > 0 && packages.every((it) => it.isHashed);
}

function isWhole(file: RequirementsFile, lines: readonly PackageLine[]): boolean {
  if (lines.length === 0) return true;
  return isCompiled(file) ? !file.header.some((it) => /\s--no-deps\b/.test(it)) : isHashed(file);
}

function incomplete(count: number): Gap {
  const named = count === 1 ? '1 package' : `${count} packages`;
  const say = `it names ${named} and leaves out what those bring along, which pip-compile or uv would write`;
  return gap('incomplete', 0, say);
}
