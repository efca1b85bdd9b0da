/** Finds in migrations that are written in a programming language the operations that a running version may not survive, by the calls of their libraries. Pure; runs nothing. */
import type { Operation, OperationKind, Operations } from './operation.ts';
import { sqlOperations } from './sql-operations.ts';

/** Libraries whose calls are known. */
export type CodeTool = 'rails' | 'alembic' | 'django' | 'laravel' | 'javascript' | 'entity-framework' | 'liquibase';

interface Call {
  readonly kind: OperationKind;
  /** First group: the table where the call names it first; second group: the column. */
  readonly pattern: RegExp;
  /** The call is harmless where its text says so. */
  readonly unless?: RegExp;
  /** The call counts only where its text says so. */
  readonly only?: RegExp;
}

const Q = `[:"'\`]?`;
const WORD = '([\\w.]+)';
const TWO = `\\s*\\(?\\s*${Q}${WORD}${Q}\\s*,\\s*${Q}${WORD}`;
const ONE = `\\s*\\(?\\s*${Q}${WORD}`;
/** Entity Framework names the column first and the table last. */
const NAMED_COLUMN = `\\(\\s*name:\\s*"(?<column>[\\w.]+)"(?:,\\s*schema:\\s*"[^"]*")?(?:,\\s*table:\\s*"(?<table>[\\w.]+)")?`;
/** A change of Liquibase, in XML or in YAML. */
const change = (name: string, table = 'tableName'): string =>
  `(?:<${name}\\b[^>]*?\\b${table}="|\\b${name}:(?:(?!\\bchangeSet:)[\\s\\S]){0,400}?\\b${table}:\\s*"?)${WORD}`;
const call = (kind: OperationKind, source: string, more: Omit<Call, 'kind' | 'pattern'> = {}): Call => ({
  kind,
  pattern: new RegExp(source, 'g'),
  ...more,
});

const CALLS: Readonly<Record<CodeTool, readonly Call[]>> = {
  rails: [
    call('drop-column', `\\bremove_(?:columns?|references?|belongs_to|timestamps)\\b${TWO}`),
    call('drop-column', `\\bt\\.remove(?:_\\w+)?\\b()${ONE}`),
    call('rename-column', `\\brename_column\\b${TWO}`),
    call('rename-column', `\\bt\\.rename\\b()${ONE}`),
    call('drop-table', `\\bdrop_table\\b${ONE}`),
    call('rename-table', `\\brename_table\\b${ONE}`),
    call('type-change', `\\bchange_column\\b${TWO}`, { unless: /,\s*:text\b/ }),
    call('not-null', `\\bchange_column_null\\b${TWO}`, { only: /,\s*false\b/ }),
    call('not-null', `\\badd_(?:column|reference)\\b${TWO}`, { only: /null:\s*false/, unless: /default:/ }),
    call('blocking-index', `\\badd_index\\b${ONE}`, { unless: /algorithm:\s*:concurrently/ }),
  ],
  alembic: [
    call('drop-column', `\\bop\\.drop_column${TWO}`),
    call('drop-column', `\\bbatch_op\\.drop_column\\(()\\s*${Q}${WORD}`),
    call('drop-table', `\\bop\\.drop_table${ONE}`),
    call('rename-table', `\\bop\\.rename_table${ONE}`),
    call('rename-column', `\\bop\\.alter_column${TWO}`, { only: /new_column_name=/ }),
    call('type-change', `\\bop\\.alter_column${TWO}`, { only: /[(,\s]type_=/, unless: /type_=(?:sa\.)?Text\b/ }),
    call('not-null', `\\bop\\.alter_column${TWO}`, { only: /[(,\s]nullable=False/, unless: /existing_nullable=False/ }),
    call('not-null', `\\bop\\.add_column\\(\\s*["']${WORD}["']\\s*,\\s*(?:sa\\.)?Column\\(\\s*["']${WORD}`, {
      only: /nullable=False/,
      unless: /server_default=/,
    }),
    call('blocking-index', `\\bop\\.create_index\\(\\s*(?:op\\.f\\()?\\s*["'][\\w.]+["']\\)?\\s*,\\s*["']${WORD}`, {
      unless: /postgresql_concurrently=True/,
    }),
  ],
  django: [
    call('drop-column', `\\bRemoveField\\(\\s*(?:model_name=)?["']${WORD}["']\\s*,\\s*(?:name=)?["']${WORD}`),
    call('drop-table', `\\bDeleteModel\\(\\s*(?:name=)?["']${WORD}`),
    call('rename-column', `\\bRenameField\\(\\s*(?:model_name=)?["']${WORD}["']\\s*,\\s*(?:old_name=)?["']${WORD}`),
    call('rename-table', `\\b(?:RenameModel\\(\\s*(?:old_name=)?|AlterModelTable\\(\\s*(?:name=)?)["']${WORD}`),
    call('blocking-index', `\\bAddIndex\\(\\s*(?:model_name=)?["']${WORD}`),
  ],
  laravel: [
    call('drop-column', `\\$table->drop(?:Column|SoftDeletes|Timestamps|Morphs)\\(()\\s*\\[?\\s*${Q}${WORD}`),
    call('rename-column', `\\$table->renameColumn\\(()\\s*${Q}${WORD}`),
    call('type-change', `\\$table->\\w+\\(()\\s*${Q}${WORD}[^;]{0,300}->change\\(`),
    call('drop-table', `\\bSchema::drop(?:IfExists)?\\(\\s*${Q}${WORD}`),
    call('rename-table', `\\bSchema::rename\\(\\s*${Q}${WORD}`),
  ],
  javascript: [
    call('drop-column', `\\.drop(?:Columns?|Timestamps)\\(()\\s*\\[?\\s*${Q}${WORD}`),
    call('drop-column', `\\b(?:queryInterface|db)\\.removeColumn${TWO}`),
    call('rename-column', `\\.renameColumn\\(()\\s*${Q}${WORD}`),
    call('type-change', `\\.\\w+\\(()\\s*${Q}${WORD}[^;\\n]{0,300}\\.alter\\(`),
    call('type-change', `\\bqueryInterface\\.changeColumn${TWO}`),
    call('drop-table', `\\.dropTable(?:IfExists)?\\(\\s*${Q}${WORD}`),
    call('rename-table', `\\.renameTable\\(\\s*${Q}${WORD}`),
  ],
  'entity-framework': [
    call('drop-column', `\\bDropColumn${NAMED_COLUMN}`),
    call('drop-table', `\\bDropTable\\(\\s*name:\\s*"${WORD}"`),
    call('rename-column', `\\bRenameColumn${NAMED_COLUMN}`),
    call('rename-table', `\\bRenameTable\\(\\s*name:\\s*"${WORD}"`),
    call('type-change', `\\bAlterColumn<[^>]*>${NAMED_COLUMN}`, {
      only: /\btype: "([^"]+)"(?:(?!oldType)[\s\S])*oldType: "(?!\1")/,
    }),
    call('not-null', `\\bAddColumn<[^>]*>${NAMED_COLUMN}`, { only: /nullable: false/, unless: /defaultValue/ }),
    call('blocking-index', `\\bCreateIndex\\(\\s*name:\\s*"[^"]*",\\s*(?:schema:\\s*"[^"]*",\\s*)?table:\\s*"${WORD}"`),
  ],
  liquibase: [
    call('drop-column', change('dropColumn')),
    call('drop-table', change('dropTable')),
    call('rename-column', change('renameColumn')),
    call('rename-table', change('renameTable', 'oldTableName')),
    call('type-change', change('modifyDataType')),
    call('not-null', change('addNotNullConstraint'), { unless: /defaultNullValue/ }),
    call('blocking-index', change('createIndex')),
  ],
};

/** Where taking it back begins: what stands there happens only then. */
const DOWN: Readonly<Record<CodeTool, RegExp>> = {
  rails: /^[ \t]*def (?:self\.)?down\b[\s\S]*?(?=^[ \t]*def |(?![\s\S]))/gm,
  alembic: /^def downgrade\b[\s\S]*/gm,
  django: /\breverse_sql\s*=\s*(?:"""[\s\S]*?"""|"[^"\n]*"|'[^'\n]*')/g,
  laravel: /^[ \t]*public function down\b[\s\S]*/gm,
  javascript:
    /^[ \t]*(?:(?:module\.)?exports\.down\b|export (?:async )?(?:function|const) down\b|(?:public )?(?:async )?down\s*[:(]|(?:async )?function down\b)[\s\S]*/gm,
  'entity-framework': /^[ \t]*protected override void Down\b[\s\S]*/gm,
  liquibase: /<rollback\b[\s\S]*?<\/rollback>|<!--[\s\S]*?-->/g,
};
const COMMENT: Readonly<Record<CodeTool, RegExp>> = {
  rails: /(?:^|\s)#[^\n]*/g,
  alembic: /(?:^|\s)#[^\n]*/g,
  django: /(?:^|\s)#[^\n]*/g,
  laravel: /\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
  javascript: /(?:^|\s)\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
  'entity-framework': /(?:^|\s)\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
  liquibase: /(?:^|\s)#[^\n]*/g,
};
const CREATED =
  /\b(?:create_table|createTable(?:IfNotExists)?|CreateModel|CreateTable|Schema::create)\b\s*\(?\s*(?:name[:=]\s*)?[:"'`]?([\w.]+)|<createTable\b[^>]*\btableName="([\w.]+)"/g;
const UNDERSTOOD =
  /\b(?:op\.\w+|add_\w+|create_\w+|change_\w+|remove_\w+|rename_\w+|drop_\w+|validate_\w+|execute|migrations\.\w+|Schema::\w+|migrationBuilder\.\w+|knex\.\w+|queryInterface\.\w+|queryRunner\.\w+|db\.\w+|pgm\.\w+)\b|<(?:add|create|drop|rename|modify|sql|insert|update)\w*|\b(?:addColumn|createTable|sql|insert):/g;
const EMBEDDED =
  /(?:"""|'''|["'`]|<<[-~]?SQL\b[^\n]*)\s*((?:ALTER|DROP|CREATE|RENAME)\s[\s\S]{0,4000}?)(?:"""|'''|["'`]\s*[,)\n;]|^\s*SQL\b)/gm;
/** SQL that is put together elsewhere cannot be seen here. */
const DYNAMIC = /\b(?:execute|runSql|raw|query|statement|Sql|sql)\s*\(\s*[A-Za-z_]\w*\s*[,)]/;
/** Characters of a call that are looked at for its options. */
const REACH = 600;

/** What a migration in code does when it is applied. */
export function codeOperations(text: string, tool: CodeTool): Operations {
  const up = blanked(blanked(text, DOWN[tool]), COMMENT[tool]);
  const lineAt = (index: number): number => up.slice(0, index).split('\n').length;
  const calls = CALLS[tool].flatMap((it) =>
    [...up.matchAll(it.pattern)].flatMap((match): readonly Operation[] => {
      const whole = callText(up, match.index);
      if (it.only?.test(whole) === false || it.unless?.test(whole)) return [];
      const [, first, second] = match;
      const { table, column } = match.groups ?? { table: first, column: second };
      return [
        {
          kind: it.kind,
          ...(table && { table: table.toLowerCase() }),
          ...(column && { column: column.toLowerCase() }),
          line: lineAt(match.index),
        },
      ];
    }),
  );
  const embedded = [...up.matchAll(EMBEDDED)].map((match) =>
    sqlOperations(match[1] ?? '', lineAt(match.index + match[0].indexOf(match[1] ?? ''))),
  );
  const created = [...up.matchAll(CREATED)].map(([, one, other]) => (one ?? other ?? '').toLowerCase());
  return {
    operations: [...calls, ...embedded.flatMap(({ operations }) => operations)].sort((a, b) => a.line - b.line),
    created: [...created, ...embedded.flatMap((it) => it.created)],
    understood: DYNAMIC.test(up) ? 0 : [...up.matchAll(UNDERSTOOD)].length,
  };
}

/** From the call's name to the parenthesis that closes it; without one, to the end of a line that does not go on. */
function callText(text: string, index: number): string {
  const rest = text.slice(index, index + REACH);
  if (!/^[$\w.<>[\]?]+(?:->\w+)*\s?\(/.test(rest)) return /^(?:[^\n]*,[ \t]*\n)*[^\n]*/.exec(rest)?.[0] ?? rest;
  let depth = 0;
  for (let at = rest.indexOf('('); at < rest.length; at++) {
    if (rest[at] === '(') depth += 1;
    else if (rest[at] === ')') depth -= 1;
    if (depth === 0) return rest.slice(0, at + 1);
  }
  return rest;
}

function blanked(text: string, pattern: RegExp): string {
  return text.replace(pattern, (part) => part.replace(/[^\n]/g, ' '));
}
