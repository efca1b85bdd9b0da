/** Who the repository says owns it: CODEOWNERS as the platforms read it, OWNERS files, catalogue entries of other formats. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { type CatalogEntry, catalogFormat, readCatalog } from './owners/catalog-readers.ts';
import { type OwnerFault, type OwnerLine, readCodeowners } from './owners/codeowners.ts';
import { ownerPattern } from './owners/codeowners-match.ts';
import { type RegisteredOwner, registeredOwners } from './registered-owners.ts';
import { isBelow, placeIn } from './sources.ts';
import { yamlTrouble } from './yaml/trouble.ts';
import type { YamlFile } from './yaml/yaml.ts';

/** A CODEOWNERS rule and what it matches. */
export interface OwnerRule {
  readonly pattern: string;
  readonly owners: readonly string[];
  readonly section?: string;
  readonly at: Place;
  /** Files of this service that the rule decides, because it is the last that matches them. */
  readonly decides: number;
  /** Matches no file of the whole repository. */
  readonly dead: boolean;
  /** Matches every file of this service, though a later rule may override it. */
  readonly covers: boolean;
  /** Names nobody and takes files from the owner that an earlier rule gives them: the platforms' way to leave some out. */
  readonly exempts: boolean;
}

/** The one CODEOWNERS file that counts. */
export interface Codeowners {
  readonly at: Place;
  readonly rules: readonly OwnerRule[];
  readonly faults: readonly { readonly what: OwnerFault['what']; readonly text: string; readonly at: Place }[];
}

/** Files of the service that nobody owns, by folder. */
export interface Uncovered {
  readonly folder: string;
  readonly files: number;
}

/** An OWNERS file of the kind that Kubernetes' tools use. */
export interface Approvers {
  readonly at: Place;
  readonly approvers: readonly string[];
  readonly reviewers: readonly string[];
}

/** Facts of this kind. */
export interface Facts {
  readonly codeowners?: Codeowners;
  /** CODEOWNERS files in places where no platform looks. */
  readonly ignored: readonly Place[];
  /** Files of the service that are its own, and how many of them somebody owns. */
  readonly files: number;
  readonly owned: number;
  /** Folders with unowned files, most files first, ten at most. */
  readonly uncovered: readonly Uncovered[];
  readonly approvers: readonly Approvers[];
  readonly catalog: readonly CatalogEntry[];
  /** Entries of registers elsewhere. */
  readonly registered: readonly RegisteredOwner[];
}

/** Where platforms look, in their order; the first found wins. */
const COUNTED = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

export const collector = defineCollector<Facts>({
  summary:
    'CODEOWNERS (the one file that counts, last match wins), OWNERS, and catalogue files: Backstage, OpsLevel, Cortex, Compass, Datadog, Score, NAIS; numbers in registers that are kept elsewhere',
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    const named = sources.shared.filter((file) => /(^|\/)CODEOWNERS$/.test(file.path));
    const counted = COUNTED.flatMap((path) => named.find((file) => file.path === path) ?? [])[0];
    const text = counted && sources.text(counted, unread);
    const codeowners = counted && text !== undefined ? assign(counted, text, sources) : undefined;
    const approvers = approversOf(sources, unread);
    const catalog = catalogOf(sources, unread);
    const ignored = named
      .filter((file) => !COUNTED.includes(file.path) && file.class === 'source')
      .map((file) => placeIn(file));
    const own = ownFiles(sources);
    const ownerless = codeowners ? own.filter((file) => codeowners.ownerOf(file.path).length === 0) : own;
    return {
      facts: {
        ...(codeowners && { codeowners: codeowners.facts }),
        ignored,
        files: own.length,
        owned: own.length - ownerless.length,
        uncovered: byFolder(ownerless, sources.manifest.dir),
        approvers,
        catalog,
        registered: registeredOwners(sources),
      },
      looked: {
        files: named.length + approvers.length + catalog.length,
        note: catalog.length === 1 ? '1 catalogue entry' : `${catalog.length} catalogue entries`,
      },
      unread,
      delegated: [],
    };
  },
});

function ownFiles(sources: Sources): readonly SourceFile[] {
  return sources.files.filter((file) => file.class === 'source');
}

interface Assigned {
  readonly facts: Codeowners;
  ownerOf(path: string): readonly string[];
}

/** Matches the rules against the files: per section the last match wins, and any section's owners own. */
function assign(file: SourceFile, text: string, sources: Sources): Assigned {
  const { lines, faults } = readCodeowners(text);
  const matchers = lines.map((line) => ({ line, matches: ownerPattern(line.pattern) }));
  const bySection = [...new Set(lines.map((line) => line.section))].map((section) =>
    matchers.filter(({ line }) => line.section === section).reverse(),
  );
  const decisive = (path: string): readonly OwnerLine[] =>
    bySection.flatMap((rules) => rules.find(({ matches }) => matches(path))?.line ?? []);
  const own = ownFiles(sources);
  const decided = own.map((it) => decisive(it.path));
  const decides = new Map<OwnerLine, number>();
  for (const line of decided.flat()) decides.set(line, (decides.get(line) ?? 0) + 1);
  const rules = matchers.map(({ line, matches }) => ({
    pattern: line.pattern,
    owners: line.owners,
    ...(line.section !== undefined && { section: line.section }),
    at: placeIn(file, line.line, 1),
    decides: decides.get(line) ?? 0,
    dead: !sources.shared.some((it) => matches(it.path)),
    covers: own.length > 0 && own.every((it) => matches(it.path)),
    exempts: line.owners.length === 0 && exempts({ line, matches }, matchers, sources.shared),
  }));
  return {
    facts: {
      at: placeIn(file),
      rules,
      faults: faults.map(({ what, text: words, line }) => ({ what, text: words, at: placeIn(file, line, 1) })),
    },
    ownerOf: (path) => decisive(path).flatMap((line) => line.owners),
  };
}

interface Matcher {
  readonly line: OwnerLine;
  matches(path: string): boolean;
}

function exempts({ line, matches }: Matcher, all: readonly Matcher[], files: readonly SourceFile[]): boolean {
  const before = all.filter((it) => it.line.section === line.section && it.line.line < line.line).reverse();
  const ownedBefore = (path: string): boolean => (before.find((it) => it.matches(path))?.line.owners.length ?? 0) > 0;
  return files.some(({ path }) => matches(path) && ownedBefore(path));
}

function approversOf(sources: Sources, unread: Unread[]): readonly Approvers[] {
  const files = sources.shared.filter(
    (file) => /(^|\/)OWNERS$/.test(file.path) && file.class === 'source' && isAncestor(file.path, sources.manifest.dir),
  );
  return files.flatMap((file) => {
    const value = parsedAt(file, sources, unread)?.documents[0]?.value;
    const [approvers, reviewers] = [namesIn(value, 'approvers'), namesIn(value, 'reviewers')];
    return approvers.length + reviewers.length > 0 ? [{ at: placeIn(file), approvers, reviewers }] : [];
  });
}

/** Parsed YAML; what of it could not be read is noted. */
function parsedAt(file: SourceFile, sources: Sources, unread: Unread[]): YamlFile | undefined {
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  return parsed;
}

function isAncestor(path: string, dir: string): boolean {
  const folder = path.split('/').slice(0, -1).join('/');
  return isBelow(dir, folder);
}

function namesIn(value: unknown, key: string): readonly string[] {
  const list = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(list) ? list.filter((it) => typeof it === 'string') : [];
}

/** Entries in the service's own files; where there are none, those of its name in the folders above it. */
function catalogOf(sources: Sources, unread: Unread[]): readonly CatalogEntry[] {
  const read = (file: SourceFile): readonly CatalogEntry[] => {
    const format = catalogFormat(file.path);
    const parsed = format && file.class === 'source' ? parsedAt(file, sources, unread) : undefined;
    return format && parsed ? readCatalog(format, file, parsed.documents) : [];
  };
  const own = sources.files.flatMap(read);
  const { dir, identity } = sources.manifest;
  if (own.length > 0 || dir === '') return own;
  const above = sources.shared.filter((file) => isAncestor(file.path, dir) && !isBelow(file.path, dir));
  return above.flatMap(read).filter(({ name }) => name !== undefined && name.value === identity.name);
}

/** The folders right below the service's, and that one itself (`./` at the root). */
function byFolder(files: readonly SourceFile[], dir: string): readonly Uncovered[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const inside = isBelow(path, dir) && dir !== '' ? path.slice(dir.length + 1) : path;
    const own = dir === '' ? '' : `${dir}/`;
    const folder = inside.includes('/') ? `${own}${inside.split('/')[0]}/` : own || './';
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const folders = [...counts].map(([folder, count]) => ({ folder, files: count }));
  return folders.sort((a, b) => b.files - a.files || (a.folder < b.folder ? -1 : 1)).slice(0, 10);
}
