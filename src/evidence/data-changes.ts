/** Schema migrations that are new since the last release, and what each does that the version still running may not survive. Whether that is accounted for is for the checks to say. */
import type { Gathered, Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { codeOperations } from './data-changes/code-operations.ts';
import {
  appliedSql,
  isMigration,
  type MigrationTool,
  migrationOrder,
  migrationSet,
  migrationTool,
  newestChangeSets,
} from './data-changes/migration-files.ts';
import type { Operation, Operations } from './data-changes/operation.ts';
import { releaseWindow, type Window } from './data-changes/release-window.ts';
import { sqlOperations } from './data-changes/sql-operations.ts';
import { commentsIn } from './data-changes/sql-statements.ts';
import { isDocumentation, placeIn } from './sources.ts';

export type { OperationKind } from './data-changes/operation.ts';

/** One operation with its place. */
export interface PlacedOperation extends Omit<Operation, 'line'> {
  readonly at: Place;
}

/** One migration. */
export interface Migration {
  readonly at: Place;
  readonly tool: MigrationTool;
  /** Operations on tables that the same set of changes does not create itself. */
  readonly operations: readonly PlacedOperation[];
  /** A comment or a mark by which somebody says why it is safe. */
  readonly note?: Place;
  /** Nothing in it was understood. */
  readonly opaque: boolean;
}

/** Facts of this kind. */
export interface Facts {
  /** Migrations there are in all. */
  readonly total: number;
  /** Those that were looked at. */
  readonly migrations: readonly Migration[];
  /** What makes these the ones: the release since which they changed, or that they changed lately, or that they are the newest by name; and why no better is known. */
  readonly since:
    | { readonly tag: string; readonly on: string }
    | { readonly days: number; readonly why: string }
    | { readonly newest: number; readonly why: string };
  /** The database is PostgreSQL, as far as the repository says. */
  readonly postgres: boolean;
}

/** Commits looked at; the same number as for the history, so that git is asked once. */
const MOST_COMMITS = 2000;
/** Migrations of each set that count as the newest. */
const NEWEST = 3;
const READ_CAP = 200;

/** By which somebody says that an operation was thought about. */
const NOTE =
  /\bexpand\b|\bcontract(?:ion|ing)?\b|backwards?[- ]compat|zero[- ]downtime|no longer (?:read|used|referenced|written|needed)|\bunused\b|not used (?:any ?more|since)|safe to (?:drop|remove|delete|rename)|already (?:removed|stopped|deployed)|stopped (?:reading|writing|using)|two[- ](?:phase|step)|\bphase \d|\bstep \d (?:of|\/) ?\d|follow[- ]?up (?:to|of|for)|(?:previous|last|prior) release|deprecated (?:in|since)|squawk-ignore|atlas:nolint|migration-lint/i;
const MARKS = /\bsafety[-_]assured\b/;
const POSTGRES_FILE =
  /(?:^|\/)(?:package\.json|Gemfile|requirements[\w.-]*\.txt|pyproject\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|migration_lock\.toml|schema\.prisma|database\.ya?ml|application[\w.-]*\.(?:ya?ml|properties)|diesel\.toml|Cargo\.toml|composer\.json|(?:docker-)?compose[\w.-]*\.ya?ml|[\w.]+\.csproj)$/;
const POSTGRES = /postgres|psycopg|\bpgx\b|npgsql|"pg"|['"]pg['"]|\basyncpg\b/i;
const OTHER_DATABASE = /mysql|mariadb|sqlserver|mssql|oracle:thin|\bsqlite/i;
const POSTGRES_SQL =
  /\bJSONB\b|\bTIMESTAMPTZ\b|\b(?:BIG)?SERIAL\b|\bplpgsql\b|\bCREATE EXTENSION\b|\bCONCURRENTLY\b|postgresql_|::\w+/;

export const collector = defineCollector<Facts>({
  summary:
    'migrations of Flyway, Liquibase, goose, Diesel, Prisma, Rails, Alembic, Django, Laravel, Knex, Sequelize, TypeORM and Entity Framework that changed since the last release tag, else lately, else the newest by name: drops, renames, changed types, columns that may not be null, indexes that lock',
  async collect(sources) {
    const unread: Unread[] = [];
    const all = migrationsOf(sources, unread);
    if (all.length === 0) return nothing(unread);
    const history = await sources.repo()?.history(MOST_COMMITS);
    const window = history ? releaseWindow(history) : ({ how: 'newest', why: 'there is no repository' } as const);
    const chosen = window.how === 'newest' ? newest(all) : all.filter(({ file }) => window.changed.has(file.path));
    if (chosen.length > READ_CAP)
      unread.push({
        at: { path: '.' },
        reason: 'limit',
        detail: `only ${READ_CAP} of ${chosen.length} new migrations are read`,
      });
    const read = chosen.slice(0, READ_CAP).map((it) => ({ ...it, found: operationsIn(it) }));
    const created = new Set(read.flatMap(({ found }) => found.created));
    const migrations = read.map(({ file, tool, text, found }) => migrationOf(file, tool, text, found, created));
    return {
      facts: { total: all.length, migrations, since: sinceOf(window), postgres: isPostgres(sources, all) },
      looked: { files: all.length, note: `${all.length} migrations, ${migrations.length} of them new` },
      unread,
      delegated: [],
    };
  },
});

function nothing(unread: readonly Unread[]): Gathered<Facts> {
  const facts: Facts = { total: 0, migrations: [], since: { newest: NEWEST, why: 'there is none' }, postgres: false };
  return { facts, looked: { files: 0, note: 'no migrations' }, unread, delegated: [] };
}

function sinceOf(window: Window): Facts['since'] {
  if (window.how === 'tag') return { tag: window.tag, on: window.on };
  return window.how === 'lately' ? { days: window.days, why: window.why } : { newest: NEWEST, why: window.why };
}

interface Found {
  readonly file: SourceFile;
  readonly tool: MigrationTool;
  readonly text: string;
}

function migrationsOf(sources: Sources, unread: Unread[]): readonly Found[] {
  return sources.files.flatMap((file) => {
    const tool = file.class === 'source' && !isDocumentation(file.path) ? migrationTool(file.path) : undefined;
    if (!tool) return [];
    const text = sources.text(file, unread);
    if (text === undefined || !isMigration(tool, text)) return [];
    return [{ file, tool, text }];
  });
}

/** The last few of each set, by the order in which they are applied. */
function newest(all: readonly Found[]): readonly Found[] {
  const sets = new Map<string, Found[]>();
  for (const it of all) {
    const set = migrationSet(it.file.path);
    sets.set(set, [...(sets.get(set) ?? []), it]);
  }
  return [...sets.values()].flatMap((set) =>
    set
      .map((it) => ({ it, order: migrationOrder(it.tool, it.file.path, it.text) }))
      .sort((a, b) => (a.order < b.order ? -1 : 1))
      .slice(-NEWEST)
      .map(({ it }) => it),
  );
}

function operationsIn({ tool, text }: Found): Operations {
  if (tool === 'go') return { operations: [], created: [], understood: 0 };
  if (tool === 'sql') return sqlOperations(appliedSql(text));
  return codeOperations(tool === 'liquibase' ? newestChangeSets(text) : text, tool);
}

function migrationOf(
  file: SourceFile,
  tool: MigrationTool,
  text: string,
  { operations, understood }: Operations,
  created: ReadonlySet<string>,
): Migration {
  const line = commentsIn(text).find((comment) => NOTE.test(comment.text))?.line ?? lineOf(text, MARKS);
  return {
    at: placeIn(file),
    tool,
    operations: operations
      .filter(({ table }) => table === undefined || !created.has(table))
      .map(({ line: own, ...it }) => ({ ...it, at: placeIn(file, own) })),
    ...(line !== undefined && { note: placeIn(file, line) }),
    opaque: understood === 0,
  };
}

function lineOf(text: string, pattern: RegExp): number | undefined {
  const index = text.search(pattern);
  return index === -1 ? undefined : text.slice(0, index).split('\n').length;
}

/** By the migrations' own words, else by what the service depends on; nothing is said where two databases are in use. */
function isPostgres(sources: Sources, all: readonly Found[]): boolean {
  if (all.some(({ text }) => POSTGRES_SQL.test(text))) return true;
  const settings = sources.files
    .filter((file) => file.class === 'source' && POSTGRES_FILE.test(file.path))
    .slice(0, 200)
    .map((file) => sources.text(file, []) ?? '');
  return settings.some((text) => POSTGRES.test(text)) && !settings.some((text) => OTHER_DATABASE.test(text));
}
