/** Finds in SQL statements the operations that a running version may not survive. Pure. */
import type { Operation, OperationKind, Operations } from './operation.ts';
import { type SqlStatement, sqlStatements } from './sql-statements.ts';

const NAME = '((?:["`\\[]?[\\w$]+["`\\]]?\\.){0,2}["`\\[]?[\\w$]+["`\\]]?)';
const DROP_TABLE = new RegExp(`^DROP TABLE (?:IF EXISTS )?${NAME}`, 'i');
const CREATE_TABLE = new RegExp(`^CREATE (?:UNLOGGED |TEMP(?:ORARY)? )?TABLE (?:IF NOT EXISTS )?${NAME}`, 'i');
const ALTER_TABLE = new RegExp(`^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?${NAME} (.*)$`, 'is');
const RENAME_TABLE = new RegExp(`^RENAME TABLE ${NAME}`, 'i');
const INDEX = new RegExp(`^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY\\b).*?\\bON (?:ONLY )?${NAME}`, 'is');

const ACTIONS: readonly (readonly [OperationKind, RegExp])[] = [
  [
    'drop-column',
    new RegExp(
      `^DROP (?:COLUMN )?(?:IF EXISTS )?(?!(?:CONSTRAINT|INDEX|KEY|DEFAULT|PRIMARY|FOREIGN|CHECK|PARTITION|TRIGGER|IDENTITY|EXPRESSION|NOT)\\b)${NAME}`,
      'i',
    ),
  ],
  ['rename-column', new RegExp(`^RENAME (?:COLUMN )?(?!(?:TO|AS|CONSTRAINT|INDEX|KEY)\\b)${NAME} TO\\b`, 'i')],
  ['rename-table', /^RENAME (?:TO|AS) /i],
  ['not-null', new RegExp(`^ALTER (?:COLUMN )?${NAME} SET NOT NULL`, 'i')],
  // To text, or to a length that is not limited, nothing is rewritten and nothing is refused.
  [
    'type-change',
    new RegExp(`^ALTER (?:COLUMN )?${NAME} (?:SET DATA )?TYPE (?!(?:TEXT|VARCHAR|CHARACTER VARYING)\\b(?! ?\\())`, 'i'),
  ],
  ['type-change', new RegExp(`^(?:MODIFY|CHANGE) (?:COLUMN )?${NAME}`, 'i')],
  ['type-change', new RegExp(`^ALTER COLUMN ${NAME} (?!SET\\b|DROP\\b|TYPE\\b|ADD\\b|RESTART\\b|RESET\\b)\\w+`, 'i')],
];
const ADD = new RegExp(
  `^ADD (?:COLUMN )?(?:IF NOT EXISTS )?(?!(?:CONSTRAINT|INDEX|KEY|PRIMARY|FOREIGN|CHECK|UNIQUE|PARTITION)\\b)${NAME} `,
  'i',
);
const FILLED = /\bDEFAULT\b|\bGENERATED\b|\bIDENTITY\b|\b(?:BIG|SMALL)?SERIAL\b|\bAUTO_INCREMENT\b/i;

/** What a text of SQL does; `firstLine` is that of its first character. */
export function sqlOperations(text: string, firstLine = 1): Operations {
  const statements = sqlStatements(text, firstLine);
  const created = statements.flatMap((it) => nameOf(CREATE_TABLE.exec(flat(it.text))?.[1]) ?? []);
  const operations = statements.flatMap(operationsOf);
  return { operations, created, understood: statements.length };
}

function operationsOf(statement: SqlStatement): readonly Operation[] {
  const text = flat(statement.text);
  const { line } = statement;
  const whole: readonly (readonly [OperationKind, RegExp])[] = [
    ['drop-table', DROP_TABLE],
    ['rename-table', RENAME_TABLE],
    ['blocking-index', INDEX],
  ];
  for (const [kind, pattern] of whole) {
    const table = nameOf(pattern.exec(text)?.[1]);
    if (table !== undefined) return [{ kind, table, line }];
  }
  const [, name, rest = ''] = ALTER_TABLE.exec(text) ?? [];
  const table = nameOf(name);
  return table === undefined
    ? []
    : actionsIn(rest).flatMap((action) => actionOf(action, table, line + linesBefore(statement.text, action)));
}

function actionOf(action: string, table: string, line: number): readonly Operation[] {
  for (const [kind, pattern] of ACTIONS) {
    const match = pattern.exec(action);
    if (!match) continue;
    const column = nameOf(match[1]);
    return [{ kind, table, ...(column !== undefined && { column }), line }];
  }
  const added = nameOf(ADD.exec(action)?.[1]);
  const bare = added !== undefined && /\bNOT NULL\b/i.test(action) && !FILLED.test(action);
  return bare ? [{ kind: 'not-null', table, column: added, line }] : [];
}

/** Lines of a statement before an action, found by the action's first words. */
function linesBefore(statement: string, action: string): number {
  const words = action.split(' ', 3).map((word) => word.replace(/[^\w]/g, '\\$&'));
  const index = statement.search(new RegExp(words.join('\\s+'), 'i'));
  return index <= 0 ? 0 : statement.slice(0, index).split('\n').length - 1;
}

/** Actions of one ALTER TABLE, split at commas outside of parentheses. */
function actionsIn(text: string): readonly string[] {
  const actions: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === ',' && depth <= 0) {
      actions.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...actions, text.slice(from).trim()];
}

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 20_000);
}

function nameOf(name: string | undefined): string | undefined {
  return name
    ?.split('.')
    .at(-1)
    ?.replace(/["`[\]]/g, '')
    .toLowerCase();
}
