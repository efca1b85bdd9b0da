/**
 * Reads go.mod, which is manifest and lockfile in one: with its `require` lines Go chooses the versions, and go.sum holds their
 * checksums. It does not tell what only tests need.
 */
import { folderOf, joined } from '../../pipelines/world.ts';
import { listed } from '../compared.ts';
import { gap, gapOver, strangeLines } from '../gaps.ts';
import { type GoLines, type Replacement, readGoLines, replaced, replacements } from '../go-mod.ts';
import type { Agreement, Disagreement, Gap, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { plainText } from '../plain-text.ts';
import { isDay } from '../released-day.ts';
import { isWord } from '../words.ts';

export const format: LockFormat = {
  name: 'go',
  ecosystem: 'Go',
  files: /^go\.mod$/,
  beside: /^go\.(?:sum|work|work\.sum)$/,
  read,
  agree,
};

interface Required {
  readonly name: string;
  readonly version: string;
  readonly isIndirect: boolean;
  readonly replacement: Replacement | undefined;
  readonly line: number;
}

interface Module {
  readonly file: GoLines;
  readonly required: readonly Required[];
  /** Lines of requirements that are not understood. */
  readonly lost: readonly number[];
}

function readModule(lock: TextAt, others: readonly TextAt[]): Module {
  const file = readGoLines(lock.text);
  const workspace = workspaceOf(lock, others);
  const replacing = new Map([...replacements(file), ...(workspace ? replacements(workspace) : [])]);
  const requires = file.lines.filter(({ verb }) => verb === 'require');
  const required = requires.flatMap(({ words: [name, version], isIndirect, line }): readonly Required[] =>
    isWord(name) && isWord(version)
      ? [{ name, version, isIndirect, replacement: replaced(replacing, name, version), line }]
      : [],
  );
  const understood = new Set(required.map(({ line }) => line));
  return { file, required, lost: requires.flatMap(({ line }) => (understood.has(line) ? [] : [line])) };
}

/** The go.work that uses this module's folder. */
function workspaceOf(lock: TextAt, others: readonly TextAt[]): GoLines | undefined {
  for (const { path, text } of others) {
    if (!/(?:^|\/)go\.work$/.test(path)) continue;
    const file = readGoLines(text);
    const uses = file.lines.flatMap(({ verb, words }) =>
      verb === 'use' ? (joined(folderOf(path), words[0] ?? '') ?? []) : [],
    );
    if (uses.includes(folderOf(lock.path))) return file;
  }
  return undefined;
}

function read(lock: TextAt, others: readonly TextAt[]): LockResult {
  const { file, required, lost } = readModule(lock, others);
  const tools = file.lines.flatMap(({ verb, words }) => (verb === 'tool' ? (words[0] ?? []) : []));
  return {
    packages: required.map((it) => packageOf(it, tools)),
    gaps: [
      ...gapOver('unparsed', lost, (count) => `${count} of its requirements are not understood`),
      ...strangeLines(file.strange),
      ...oldGap(file, required, sumsOf(lock, others)),
    ],
  };
}

function packageOf(
  { name, version, isIndirect, replacement, line }: Required,
  tools: readonly string[],
): LockedPackage {
  // Nothing imports what is required only indirectly; where it has a tool, that is what it is for.
  const isTool = isIndirect && tools.some((it) => it === name || it.startsWith(`${name}/`));
  const direct = !isIndirect || isTool;
  const its = {
    scope: isTool ? ('development' as const) : ('unknown' as const),
    direct,
    requiredBy: direct ? [{ name: '', range: version }] : [],
    line,
  };
  if (replacement === undefined) return { name, ...ofVersion(version), ...its };
  if (replacement.version === undefined) return { name, source: 'path', ...its };
  const alias = replacement.by === name ? {} : { alias: name };
  return { name: replacement.by, ...ofVersion(replacement.version), ...alias, ...its };
}

const PSEUDO = /[-.](\d{4})(\d{2})(\d{2})\d{6}-([0-9a-f]{12})(?:\+incompatible)?$/;

/** A pseudo-version carries the time and the beginning of its commit. */
function ofVersion(version: string): Pick<LockedPackage, 'source' | 'version' | 'commit' | 'released'> {
  const [, year, month, day, commit] = PSEUDO.exec(version) ?? [];
  const released = `${year}-${month}-${day}`;
  return {
    source: 'registry',
    version,
    ...(commit !== undefined && { commit, ...(isDay(released) && { released }) }),
  };
}

/** `module version` and `module version/go.mod`, as go.sum and a workspace's go.work.sum list them; undefined where there is none. */
function sumsOf(lock: TextAt, others: readonly TextAt[]): ReadonlySet<string> | undefined {
  const isWorkspace = workspaceOf(lock, others) !== undefined;
  const files = others.filter(
    ({ path }) =>
      (folderOf(path) === folderOf(lock.path) && path.endsWith('go.sum')) ||
      (isWorkspace && path.endsWith('go.work.sum')),
  );
  if (files.length === 0) return undefined;
  const sums = new Set<string>();
  for (const { text } of files) {
    for (const line of plainText(text).split('\n')) {
      const [name, version, sum] = line.split(' ', 3);
      if (sum?.startsWith('h1:')) sums.add(`${name} ${version}`);
    }
  }
  return sums;
}

/** From 1.17 on go.mod lists all that the build needs. Without a `go` line Go takes 1.16. */
function oldGap(
  { lines }: GoLines,
  required: readonly Required[],
  sums: ReadonlySet<string> | undefined,
): readonly Gap[] {
  const line = lines.find(({ verb }) => verb === 'go');
  const [major = 1, minor = 16] = (line?.words[0] ?? '1.16').split('.').map((it) => Number.parseInt(it, 10));
  if (required.length === 0 || major > 1 || minor >= 17) return [];
  const named = new Set(required.map(({ name }) => name));
  const others = new Set(
    [...(sums ?? [])].filter((it) => !it.endsWith('/go.mod')).map((it) => it.split(' ', 1)[0] ?? ''),
  );
  const count = [...others].filter((it) => !named.has(it)).length;
  const stated = line === undefined ? 'without a go line' : `below go 1.17`;
  const say = `${stated} it leaves out what dependencies bring along${count > 0 ? `: up to ${count} more modules, by go.sum` : ''}`;
  return [gap('incomplete', count, say, line?.line)];
}

function agree(lock: TextAt, others: readonly TextAt[]): Agreement {
  const { file, required } = readModule(lock, others);
  const summed = required.filter(({ replacement }) => replacement === undefined || replacement.version !== undefined);
  const sums = sumsOf(lock, others);
  const at = (line: number) => ({ path: lock.path, line });
  if (sums === undefined) {
    const [first] = summed;
    const say = `asks for ${summed.length} modules, and there is no go.sum`;
    return {
      disagreements: first ? [{ name: first.name, say, at: at(first.line) }] : [],
      compared: summed.length,
      untold: [],
    };
  }
  const isUsed = workspaceOf(lock, others) !== undefined;
  const excluded = new Set(file.lines.filter(({ verb }) => verb === 'exclude').map(({ words }) => words.join(' ')));
  const disagreements: Disagreement[] = [];
  const untold: string[] = [];
  for (const { name, version, replacement, line } of summed) {
    const missing = missingSums(replacement?.by ?? name, replacement?.version ?? version, sums);
    if (excluded.has(`${name} ${version}`)) {
      disagreements.push({ name, say: `asks for ${version}, which it excludes`, at: at(line) });
    } else if (missing !== undefined && isUsed) untold.push(name);
    else if (missing !== undefined)
      disagreements.push({ name, say: `asks for ${version}, and ${missing}`, at: at(line) });
  }
  const said = untold.length > 0 ? [`a workspace may provide what go.sum lacks: ${listed(untold)}`] : [];
  return { disagreements, compared: summed.length - untold.length, untold: said };
}

function missingSums(name: string, version: string, sums: ReadonlySet<string>): string | undefined {
  const lacks = [`${name} ${version}`, `${name} ${version}/go.mod`].filter((it) => !sums.has(it));
  if (lacks.length === 0) return undefined;
  return lacks.length === 2 ? 'go.sum has no checksum of it' : `go.sum lacks ${lacks[0]}`;
}
