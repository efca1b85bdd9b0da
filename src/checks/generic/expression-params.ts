/** The parameters of `generic/expression`: what they mean, and what is wrong with them beyond their types. Pure. */

import type { CollectedKind } from '../../evidence/gather.ts';
import { compileExpression, type Expression, type Wanted } from '../../expressions/cel.ts';
import { COLLECTORS } from '../../generated/evidence.ts';
import type { ParamFault } from '../define.ts';
import { type Builder, choice, flag, text, type Values } from '../params.ts';

/** Kinds that an expression may read: all that are facts about a repository by themselves. */
export const READABLE: readonly CollectedKind[] = (Object.keys(COLLECTORS) as CollectedKind[]).filter(
  (kind) => kind !== 'asked-files',
);

const needs: Builder<readonly string[]> = {
  doc: 'Kinds of evidence that the expressions read, e.g. `[alerts]`; none where only the manifest is read.',
  default: [],
  schema: { type: 'array', items: { enum: READABLE } },
};

const proves: Builder<'declared' | 'verified' | undefined> = {
  doc: 'What a true answer shows. By default it is *verified* where it came from evidence, and *declared* where it came from the manifest alone.',
  default: undefined,
  schema: { enum: ['declared', 'verified'] },
};

/** All of them. */
export const EXPRESSION_PARAMS = {
  expression: text('What is to be true, as an expression of CEL that gives a bool.'),
  needs,
  when: text('The rule applies only where this expression is true; everywhere where it is empty.'),
  proves,
  otherwise: choice('What a false answer means.', 'missing', ['missing', 'contradicted']),
  partial: flag(
    'A true answer holds even where some of the evidence could not be read: the expression asks whether there is something, not whether all are so.',
    false,
  ),
  because: text('The reason for a true answer: a sentence, or `= ` and an expression that gives a string.'),
  because_not: text('The reason for a false answer, likewise.'),
  problems: text(
    'What is wrong where the answer is false: an expression that gives a list of `{"message": …, "path": …, "line": …}`, or of `{"message": …, "at": x.at}`; also `"fix"`.',
  ),
};

/** Their values. */
export type ExpressionValues = Values<typeof EXPRESSION_PARAMS>;

/** The expressions, compiled; those that are not set are absent. */
export interface Compiled {
  readonly expression: Expression;
  readonly when?: Expression;
  readonly because?: Expression;
  readonly because_not?: Expression;
  readonly problems?: Expression;
}

const WANTED = {
  expression: 'bool',
  when: 'bool',
  because: 'string',
  because_not: 'string',
  problems: 'list',
} as const;

type Name = keyof typeof WANTED;

/** The expressions, or all faults in them. */
export function compileAll(
  params: ExpressionValues,
): { readonly compiled: Compiled } | { readonly faults: readonly ParamFault[] } {
  const names = (Object.keys(WANTED) as Name[]).filter(
    (name) => name === 'expression' || isExpression(name, params[name]),
  );
  const faults: ParamFault[] = [];
  const compiled: Partial<Record<Name, Expression>> = {};
  for (const name of names) {
    const it = compileOne(name, params[name], WANTED[name]);
    if ('fault' in it) faults.push(it.fault);
    else compiled[name] = it.expression;
  }
  const all = Object.values(compiled);
  faults.push(...names.flatMap((name) => undeclared(name, compiled[name], params.needs)));
  const { expression } = compiled;
  if (faults.length === 0) faults.push(...idle(params.needs, all));
  if (params.proves === 'verified' && expression?.kinds.length === 0)
    faults.push({
      param: 'proves',
      message: 'an expression that reads no evidence verifies nothing',
      fix: 'leave `proves` out: what the manifest says is declared',
    });
  return faults.length > 0 || !expression ? { faults } : { compiled: { ...compiled, expression } };
}

/** The name under which an expression reads a kind. */
export function memberOf(kind: string): string {
  return kind.replaceAll('-', '_');
}

/** A reason is a sentence unless it begins as an expression does. */
function isExpression(name: Name, value: string): boolean {
  return name.startsWith('because') ? value.startsWith('=') : value.trim() !== '';
}

function compileOne(
  param: Name,
  value: string,
  wanted: Wanted,
): { readonly expression: Expression } | { readonly fault: ParamFault } {
  // A blank in place of the sign keeps the columns.
  const it = compileExpression(param.startsWith('because') ? value.replace(/^=/, ' ') : value, wanted);
  if ('expression' in it) return it;
  const { message, line, column } = it.fault;
  const fix = 'the language is described in docs/own-rules.md';
  return { fault: { param, message, fix, within: { line, column } } };
}

function undeclared(param: Name, expression: Expression | undefined, needs: readonly string[]): readonly ParamFault[] {
  const strange = (expression?.kinds ?? []).filter((name) => !needs.some((kind) => memberOf(kind) === name));
  return strange.map((name) => {
    const kind = READABLE.find((it) => memberOf(it) === name);
    return kind
      ? { param, message: `it reads evidence.${name}, which is not in \`needs\``, fix: `add ${kind} to \`needs\`` }
      : {
          param,
          message: `there is no kind of evidence ${name}`,
          fix: 'the kinds and what they hold are listed in docs/evidence.md',
        };
  });
}

function idle(needs: readonly string[], expressions: readonly Expression[]): readonly ParamFault[] {
  const unused = needs.filter((kind) => !expressions.some((it) => it.kinds.includes(memberOf(kind))));
  return unused.map((kind) => ({
    param: 'needs',
    message: `no expression reads evidence.${memberOf(kind)}`,
    fix: `take ${kind} out: evidence that is not read proves nothing`,
  }));
}
