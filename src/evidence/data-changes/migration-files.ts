/** Tells migrations from other files, by where the tools keep them, and puts them in the order in which they are applied. Pure. */
import type { CodeTool } from './code-operations.ts';

/** What applies a migration. `go`: migrations written in Go, which are not read. */
export type MigrationTool = CodeTool | 'sql' | 'go';

/** Dumps of the whole schema, seeds, and what only takes a migration back. */
const NO_MIGRATION =
  /(?:^|\/)(?:structure|schema|init|seeds?|dump|baseline|data|fixtures?|testdata)[\w.-]*\.(?:sql|rb)$|[-._]down\.sql$|(?:^|\/)down\.sql$|(?:^|\/)U[\d._]+__[^/]*\.sql$|(?:^|[/_-])(?:undo|rollback)[^/]*\.sql$|\.Designer\.cs$|ModelSnapshot\.cs$|__init__\.py$|(?:^|\/)env\.py$|\.d\.ts$/i;

const TOOLS: readonly (readonly [MigrationTool, RegExp])[] = [
  ['rails', /(?:^|\/)db\/(?:\w+_)?migrate\/\d+_[^/]+\.rb$/],
  ['alembic', /(?:^|\/)versions\/[^/]+\.py$/],
  ['django', /(?:^|\/)migrations\/\d{4}_[^/]+\.py$/],
  ['laravel', /(?:^|\/)migrations\/\d{4}_\d{2}_\d{2}_[^/]+\.php$/],
  ['entity-framework', /(?:^|\/)Migrations\/(?:.*\/)?\d{12,}_[^/]+\.cs$/],
  ['javascript', /(?:^|\/)migrations?\/(?:.*\/)?\d{8,}[^/]*\.(?:[cm]?js|ts)$/],
  ['sql', /(?:^|\/)(?:migrations?|migrate|migrator|changesets?|changelogs?)\/(?:.*\/)?[^/]+\.sql$/i],
  ['sql', /(?:^|\/)[VR][\d._]*__[^/]+\.sql$/],
  ['liquibase', /(?:^|\/)(?:changelogs?|db|database|liquibase)\/(?:.*\/)?[^/]*\.(?:xml|ya?ml)$/i],
  ['go', /(?:^|\/)migrations?\/(?:.*\/)?\d{4,}[^/]*\.go$/],
];

/** The tool whose migration a file is, by its path; its content may still say otherwise. */
export function migrationTool(path: string): MigrationTool | undefined {
  return NO_MIGRATION.test(path) ? undefined : TOOLS.find(([, pattern]) => pattern.test(path))?.[0];
}

const CONTENT: Readonly<Partial<Record<MigrationTool, RegExp>>> = {
  alembic: /\bfrom alembic import|\bimport alembic|\bdown_revision\b/,
  django: /\bclass Migration\b/,
  liquibase: /databaseChangeLog/,
};

/** Whether a file's content is what its path promises. */
export function isMigration(tool: MigrationTool, text: string): boolean {
  return CONTENT[tool]?.test(text) ?? true;
}

/** The set a migration belongs to: its folder, or the one around it where each has a folder of its own. */
export function migrationSet(path: string): string {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return /(?:^|\/)(?:migration|up)\.sql$/.test(path) ? folder.slice(0, Math.max(0, folder.lastIndexOf('/'))) : folder;
}

/** What orders a migration within its set: the day in its text for Alembic, whose names are random, else its name. */
export function migrationOrder(tool: MigrationTool, path: string, text: string): string {
  const day = tool === 'alembic' ? /^Create Date:\s*(\d{4}-\d{2}-\d{2}[ T][\d:.]*)/m.exec(text)?.[1] : undefined;
  return day ?? path.replace(/\d+/g, (digits) => digits.padStart(20, '0'));
}

/** The part of a text of SQL that is applied: what takes it back stands behind a mark of the tool. */
export function appliedSql(text: string): string {
  const down = /^\s*--\s*(?:\+goose Down|\+migrate Down|migrate:down|@down|\/\/@UNDO|={3,}\s*Down)\b.*$/im.exec(text);
  return down ? text.slice(0, down.index) : text;
}

/** Change sets of a changelog that count as the newest: one file may hold all that there ever were. */
const NEWEST_SETS = 3;

/** A changelog in which all but the last change sets are blank, so that places stay right. */
export function newestChangeSets(text: string): string {
  const starts = [...text.matchAll(/<changeSet\b|^\s*-\s*changeSet:/gm)].map(({ index }) => index);
  const from = starts.at(-NEWEST_SETS) ?? 0;
  return text.slice(0, from).replace(/[^\n]/g, ' ') + text.slice(from);
}
