/** Assesses whether the schema changes of the release under way leave the version that is still running able to run. */
import type { Facts, Migration, OperationKind, PlacedOperation } from '../../evidence/data-changes.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { counted, listed } from '../words.ts';

const WORDS: Readonly<Record<OperationKind, readonly [what: string, fix: string]>> = {
  'drop-table': [
    'drops',
    'Stop using it in one release, and drop it in the next; say so in a comment of the migration.',
  ],
  'drop-column': [
    'drops',
    'Stop reading and writing it in one release, and drop it in the next; say so in a comment of the migration.',
  ],
  'rename-table': [
    'renames',
    'Make the new one, write both, move the readers, and drop the old one in a later release.',
  ],
  'rename-column': [
    'renames',
    'Add the new one, write both, move the readers, and drop the old one in a later release.',
  ],
  'type-change': [
    'changes the type of',
    'Add a column of the new type, write both, move the readers, and drop the old one in a later release.',
  ],
  'not-null': [
    'no longer allows nothing in',
    'Give it a default, or fill it in first and add the constraint in a later release.',
  ],
  'blocking-index': ['locks, while it makes an index,', 'Make the index CONCURRENTLY, outside of a transaction.'],
};

export const check = defineCheck({
  summary:
    'Reads the migrations that are new or changed since the last release tag; where no tag tells, the newest three of each set, and says so. Drops, renames, changed types, columns that may not be null without a default, and on PostgreSQL indexes that are not made concurrently break the version that is still running, or lock it out. What a migration does to a table that the same release creates hurts nobody, and taking a migration back is not looked at. A comment that says why it is safe (the second half of expand and contract, no longer used) leaves it to the people who wrote it. Dumps of the schema are no migrations.',
  needs: ['data-changes'],
  params: {},
  assess({ claims, evidence, at }) {
    const { facts, unread } = evidence['data-changes'];
    const { total, migrations } = facts;
    const claim = claims.release?.migrations ? { claim: at('/release/migrations') } : {};
    const [closed] = unread;
    if (total === 0 && closed)
      return unknown(`a migration could not be read, ${closed.at.path}: ${closed.detail}`, { evidence: [closed.at] });
    if (total === 0) return notApplicable('no schema migration is here');
    const which = windowOf(facts);
    if (migrations.length === 0)
      return notApplicable(`none of the ${counted(total, 'migration')} is new ${which}`, claim);
    const unsafe = migrations.flatMap((migration) =>
      migration.operations.filter((it) => counts(it, facts)).map((it) => ({ ...it, migration })),
    );
    const silent = unsafe.filter(({ migration }) => !migration.note);
    const explained = unsafe.length - silent.length;
    const looked = `of ${counted(migrations.length, 'migration')} ${which}`;
    // Where no history tells which are new, they may long be released.
    if (silent.length > 0 && 'newest' in facts.since)
      return unknown(
        `${looked} some would do what a running version may not survive: ${kindsOf(silent)}; whether they are released already nothing here says`,
        {
          ...claim,
          evidence: silent.map((it) => it.at).slice(0, 10),
          problems: silent.map(problemOf),
        },
      );
    if (silent.length > 0)
      return contradicted(
        `${looked} ${amount(new Set(silent.map(({ migration }) => migration)).size)} what the running version may not survive: ${kindsOf(silent)}${explained > 0 ? `; ${explained} more with a note` : ''}`,
        silent.map(problemOf),
        { ...claim, evidence: notesOf(migrations) },
      );
    const opaque = migrations.filter((migration) => migration.opaque);
    if (opaque.length > 0 || closed)
      return unknown(`${looked} ${counted(opaque.length + unread.length, 'could', 'could')} not be understood`, {
        ...claim,
        evidence: [...opaque.map((it) => it.at), ...unread.map((it) => it.at)].slice(0, 10),
      });
    const notes =
      explained > 0 ? `; ${counted(explained, 'operation')} that would, with a note why not: ${kindsOf(unsafe)}` : '';
    return verified(
      `${looked} none does what the running version may not survive${notes}`,
      [...notesOf(migrations), ...migrations.map((it) => it.at)].slice(0, 10),
      claim,
    );
  },
});

function amount(count: number): string {
  return count === 1 ? 'one does' : `${count} do`;
}

function windowOf({ since }: Facts): string {
  if ('tag' in since) return `since ${since.tag} of ${since.on}`;
  if ('days' in since) return `of the last ${since.days} days (${since.why})`;
  return `taken for the newest (at most ${since.newest} of each set; ${since.why})`;
}

/** An index locks writers out on PostgreSQL; other databases are not judged by it. */
function counts({ kind }: PlacedOperation, { postgres }: Facts): boolean {
  return kind !== 'blocking-index' || postgres;
}

function kindsOf(operations: readonly PlacedOperation[]): string {
  const found = new Map<string, number>();
  for (const { kind } of operations) found.set(kind, (found.get(kind) ?? 0) + 1);
  return listed([...found].map(([kind, count]) => `${count} ${kind}`));
}

function problemOf({ kind, table, column, at }: PlacedOperation): Problem {
  const [what, fix] = WORDS[kind];
  return {
    message: `it ${what} ${named(kind, table, column)}`,
    at,
    fix,
    subject: `${at.path} ${kind} ${table ?? ''} ${column ?? ''}`.trim(),
  };
}

function named(kind: OperationKind, table: string | undefined, column: string | undefined): string {
  if (/table|index/.test(kind)) return table ? `the table ${table}` : 'a table';
  if (column) return `the column ${table ? `${table}.` : ''}${column}`;
  return table ? `a column of ${table}` : 'a column';
}

function notesOf(migrations: readonly Migration[]): readonly NonNullable<Migration['note']>[] {
  return migrations.flatMap(({ note, operations }) => (note && operations.length > 0 ? [note] : []));
}
