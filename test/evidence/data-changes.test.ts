import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodeTool, codeOperations } from '../../src/evidence/data-changes/code-operations.ts';
import { migrationTool } from '../../src/evidence/data-changes/migration-files.ts';
import type { Operations } from '../../src/evidence/data-changes/operation.ts';
import { releaseWindow } from '../../src/evidence/data-changes/release-window.ts';
import { sqlOperations } from '../../src/evidence/data-changes/sql-operations.ts';
import { sqlStatements } from '../../src/evidence/data-changes/sql-statements.ts';
import type { Commit } from '../../src/repo/repo.ts';

function told({ operations }: Operations): readonly string[] {
  return operations.map(({ kind, table, column, line }) => [line, kind, table, column].filter(Boolean).join(' '));
}

const sql = (text: string) => told(sqlOperations(text));
const code = (tool: CodeTool, text: string) => told(codeOperations(text, tool));

describe('SQL', () => {
  it('is split outside of strings, comments and bodies of functions', () => {
    const text = `-- DROP TABLE a;
INSERT INTO b VALUES ('DROP TABLE c; it''s');
/* DROP TABLE d; */
CREATE FUNCTION f() RETURNS void AS $body$ DROP TABLE e; $body$ LANGUAGE sql;
SELECT 1
GO
DROP TABLE "shop"."old";`;
    expect(sqlStatements(text).map(({ line }) => line)).toEqual([2, 4, 5, 7]);
    expect(sql(text)).toEqual(['7 drop-table old']);
  });

  it.each([
    ['ALTER TABLE t DROP COLUMN c', 'drop-column t c'],
    ['alter table if exists only "S"."T" drop "C" cascade', 'drop-column t c'],
    ['ALTER TABLE t DROP COLUMN IF EXISTS c', 'drop-column t c'],
    ['ALTER TABLE t RENAME COLUMN a TO b', 'rename-column t a'],
    ['ALTER TABLE t RENAME a TO b', 'rename-column t a'],
    ['ALTER TABLE t RENAME TO u', 'rename-table t'],
    ['RENAME TABLE t TO u', 'rename-table t'],
    ['ALTER TABLE t ALTER COLUMN c SET NOT NULL', 'not-null t c'],
    ['ALTER TABLE t ADD c int NOT NULL', 'not-null t c'],
    ['ALTER TABLE t ALTER c TYPE bigint USING c::bigint', 'type-change t c'],
    ['ALTER TABLE t MODIFY COLUMN c bigint', 'type-change t c'],
    ['ALTER TABLE t ALTER COLUMN c nvarchar(20)', 'type-change t c'],
    ['CREATE UNIQUE INDEX i ON ONLY t USING btree (c)', 'blocking-index t'],
    ['CREATE INDEX ON t (c)', 'blocking-index t'],
  ])('%s', (text, expected) => expect(sql(`${text};`)).toEqual([`1 ${expected}`]));

  it.each([
    'ALTER TABLE t DROP CONSTRAINT c',
    'ALTER TABLE t DROP INDEX c',
    'ALTER TABLE t ALTER COLUMN c DROP NOT NULL',
    'ALTER TABLE t ALTER COLUMN c SET DEFAULT 1',
    'ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 0',
    'ALTER TABLE t ADD COLUMN c bigserial NOT NULL',
    'ALTER TABLE t ADD CONSTRAINT k CHECK (c IS NOT NULL)',
    'ALTER TABLE t ADD COLUMN c numeric(12, 2)',
    'ALTER TABLE t ALTER COLUMN c TYPE text',
    'CREATE INDEX CONCURRENTLY i ON t (c)',
    'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (c)',
    'DROP INDEX i',
    "COMMENT ON COLUMN t.c IS 'ALTER TABLE t DROP COLUMN c'",
    'DELETE FROM t',
  ])('%s hurts nobody', (text) => expect(sql(`${text};`)).toEqual([]));

  it('places each action of a statement', () => {
    expect(sql('\nALTER TABLE t\n  ADD COLUMN a int,\n  DROP COLUMN b,\n  DROP COLUMN c;')).toEqual([
      '4 drop-column t b',
      '5 drop-column t c',
    ]);
  });
});

describe('migrations in code', () => {
  it('of Rails, also over several lines and in SQL of their own', () => {
    const text = `def up
  add_index :a, %i[x y],
    unique: true,
    algorithm: :concurrently
  add_index :b, :x
  add_column :c, :y, :string, null: false
  add_column :c, :z, :string, null: false, default: ''
  # remove_column :d, :x
  execute "ALTER TABLE e DROP COLUMN f"
end

def down
  drop_table :g
end`;
    expect(code('rails', text)).toEqual(['5 blocking-index b', '6 not-null c y', '9 drop-column e f']);
  });

  it('of Alembic', () => {
    const text = `def upgrade():
    op.alter_column("a", "b", existing_type=sa.Text(), comment="x")
    op.alter_column("a", "c", nullable=False)
    op.alter_column("a", "d", new_column_name="e")
    op.add_column("a", sa.Column("f", sa.Integer(), nullable=False))
    op.add_column("a", sa.Column("g", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_a_b"), "a", ["b"])

def downgrade():
    op.drop_table("a")`;
    expect(code('alembic', text)).toEqual([
      '3 not-null a c',
      '4 rename-column a d',
      '5 not-null a f',
      '7 blocking-index a',
    ]);
  });

  it('of Entity Framework, Laravel and Liquibase', () => {
    expect(
      code(
        'entity-framework',
        'migrationBuilder.DropColumn(\n name: "c",\n table: "t");\nmigrationBuilder.AlterColumn<int>(name: "d", table: "t", type: "bigint", oldClrType: typeof(int), oldType: "integer");\nmigrationBuilder.AlterColumn<int>(name: "e", table: "t", type: "integer", oldClrType: typeof(int), oldType: "integer");\n protected override void Down(x)\n{ migrationBuilder.DropTable(name: "t"); }',
      ),
    ).toEqual(['1 drop-column t c', '4 type-change t d']);
    expect(
      code(
        'laravel',
        "Schema::table('t', function ($table) {\n$table->dropColumn('c');\n});\n public function down()\n{ Schema::drop('t'); }",
      ),
    ).toEqual(['2 drop-column c']);
    expect(
      code('liquibase', '<dropColumn columnName="c" tableName="t"/><rollback><dropTable tableName="t"/></rollback>'),
    ).toEqual(['1 drop-column t']);
  });

  it('are not understood where SQL comes from elsewhere', () => {
    expect(codeOperations('def upgrade():\n    op.execute(statement)', 'alembic').understood).toBe(0);
    expect(codeOperations('def upgrade():\n    op.execute("SELECT 1")', 'alembic').understood).toBeGreaterThan(0);
  });

  it('never throw and keep to the lines of the text', () => {
    const word = fc.constantFrom(
      'ALTER TABLE ',
      'DROP COLUMN ',
      "'",
      '"',
      '$a$',
      '--',
      '/*',
      '*/',
      '(',
      ')',
      ',',
      ';',
      '\n',
      'op.drop_column(',
      'remove_column ',
      'x',
      'NOT NULL ',
      'def down',
      '`',
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 60 }),
        fc.constantFrom<CodeTool>('rails', 'alembic', 'javascript', 'liquibase'),
        (words, tool) => {
          const text = words.join('');
          const lines = text.split('\n').length;
          const { operations } = codeOperations(text, tool);
          expect(
            [...sqlOperations(text).operations, ...operations].filter(({ line }) => line < 1 || line > lines),
          ).toEqual([]);
        },
      ),
    );
  });
});

describe('files', () => {
  it.each([
    ['db/migrate/20261001_x.rb', 'rails'],
    ['app/migrations/versions/0001_x.py', 'alembic'],
    ['shop/migrations/0001_initial.py', 'django'],
    ['src/main/resources/db/migration/V1_2__x.sql', 'sql'],
    ['prisma/migrations/20261001_x/migration.sql', 'sql'],
    ['migrations/20261001-x.js', 'javascript'],
    ['src/Ordering/Migrations/20231018163051_X.cs', 'entity-framework'],
    ['db/structure.sql', undefined],
    ['migrations/0001_x.down.sql', undefined],
    ['migrations/sqls/0001-x-down.sql', undefined],
    ['src/Ordering/Migrations/20231018163051_X.Designer.cs', undefined],
    ['src/versions/1.ts', undefined],
    ['db/seeds.rb', undefined],
  ])('%s', (path, tool) => expect(migrationTool(path)).toBe(tool));
});

describe('what is new', () => {
  const commit = (id: string, date: string, paths: readonly string[], more: Partial<Commit> = {}): Commit => ({
    id,
    date: `${date}T12:00:00Z`,
    author: 'Ada',
    subject: '',
    paths,
    ...more,
  });

  it('is what the release does not have, whenever it was committed', () => {
    const commits = [
      commit('e', '2026-05-01', [], { parents: ['d', 'b'], tags: ['v1.1.0'] }),
      commit('d', '2026-04-01', ['late.sql'], { parents: ['c'] }),
      commit('c', '2026-03-01', ['released.sql'], { parents: ['a'], tags: ['v1.0.0', 'deployed-to-staging'] }),
      commit('b', '2026-02-01', ['merged-later.sql'], { parents: ['a'] }),
      commit('a', '2026-01-01', ['old.sql'], { parents: [] }),
    ];
    const window = releaseWindow({ commits, truncated: false });
    expect(window).toMatchObject({ how: 'tag', tag: 'v1.0.0', on: '2026-03-01' });
    expect(window.how === 'tag' && [...window.changed].sort()).toEqual(['late.sql', 'merged-later.sql']);
  });

  it('is what changed lately where no release is tagged, or none for long', () => {
    const commits = [commit('c', '2026-05-01', ['new.sql']), commit('b', '2026-01-01', ['old.sql'])];
    for (const tags of [[], ['v1.0.0-rc.1'], ['ECS-PREVIEW-SUCCESS-2026-01-01T10-56-47-0caec']]) {
      const window = releaseWindow({ commits: [...commits, commit('a', '2025-12-01', [], { tags })], truncated: true });
      expect(window.how === 'lately' && [...window.changed], tags.join()).toEqual(['new.sql']);
    }
    const tagged = releaseWindow({
      commits: [...commits, commit('a', '2024-01-01', [], { tags: ['v1.0.0'] })],
      truncated: false,
    });
    expect(tagged).toMatchObject({ how: 'lately', why: 'the last release tag is of 2024-01-01' });
  });

  it('is unknown without a history, and in a shallow clone', () => {
    expect(releaseWindow({ commits: [], truncated: false, absent: 'not a git repository' }).how).toBe('newest');
    expect(releaseWindow({ commits: [commit('a', '2026-05-01', ['a.sql'])], truncated: true }).how).toBe('newest');
  });
});
