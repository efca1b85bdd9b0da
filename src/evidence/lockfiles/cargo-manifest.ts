/** What Cargo.toml asks for: its tables of dependencies, those of its targets, and what it takes from its workspace. */
import { list, record, word } from '../plain-value.ts';
import { type Declared, namedLines } from './declared.ts';
import type { Weight } from './graph.ts';
import type { TextAt } from './locked.ts';
import { parsedToml } from './parsed-toml.ts';

/** A Cargo.toml, read. */
export interface CargoManifest {
  readonly path: string;
  /** Undefined where it only describes a workspace. */
  readonly name: string | undefined;
  readonly declared: readonly Declared[];
  /** Patterns of its workspace, relative to its folder. */
  readonly members: readonly string[];
  readonly excluded: readonly string[];
  /** Folders that it takes packages from, relative to its own. */
  readonly paths: readonly string[];
}

type Table = Readonly<Record<string, unknown>>;

const KINDS: readonly (readonly [table: string, weight: Weight])[] = [
  ['dependencies', 'production'],
  ['build-dependencies', 'production'],
  ['build_dependencies', 'production'],
  ['dev-dependencies', 'development'],
  ['dev_dependencies', 'development'],
];

/** Dependencies that members share, of the manifest that describes the workspace. */
export function workspaceDependencies(root: TextAt | undefined): Table {
  return record(record((root && parsedToml(root))?.workspace).dependencies);
}

/** Reads one; undefined where it is no TOML. `shared` are the dependencies of its workspace. */
export function readCargoManifest(manifest: TextAt, shared: Table): CargoManifest | undefined {
  const { path } = manifest;
  const value = parsedToml(manifest);
  if (value === undefined) return undefined;
  const workspace = record(value.workspace);
  const lineOf = namedLines(manifest, (name) => name);
  const everywhere = [value, ...Object.values(record(value.target)).map(record)];
  const drafts = everywhere.flatMap((table) =>
    KINDS.flatMap(([kind, weight]) =>
      Object.entries(record(table[kind])).map(([key, it]) => drafted(key, it, weight, shared)),
    ),
  );
  return {
    path,
    name: word(record(value.package).name),
    declared: drafts.map(({ key, ...it }) => ({ ...it, at: { path, line: lineOf(key) } })),
    members: texts(workspace.members),
    excluded: texts(workspace.exclude),
    paths: everywhere.flatMap((table) =>
      KINDS.flatMap(([kind]) => Object.values(record(table[kind])).flatMap((it) => texts([record(it).path]))),
    ),
  };
}

function texts(value: unknown): readonly string[] {
  return list(value).filter((it) => typeof it === 'string');
}

type Draft = Omit<Declared, 'at'> & { readonly key: string };

/** Cargo writes a version alone, or a table: with `package` where the key is another name for it. */
function drafted(key: string, value: unknown, weight: Weight, shared: Table): Draft {
  const own = record(value);
  const inherited =
    own.workspace === true ? (typeof shared[key] === 'string' ? { version: shared[key] } : record(shared[key])) : {};
  const its: Table = { ...inherited, ...own };
  const isOptional = its.optional === true && weight === 'production';
  return {
    key,
    name: word(its.package) ?? key,
    range: word(typeof value === 'string' ? value : its.version) ?? '*',
    weight: isOptional ? 'optional' : weight,
    extras: [],
    // Cargo locks what targets and features ask for, too.
    isConditional: false,
    isElsewhere: ['git', 'path'].some((it) => it in its),
  };
}
