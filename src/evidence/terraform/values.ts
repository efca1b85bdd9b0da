/** What expressions come to, as far as that is written down: literals, locals, variables with a default, a caller or a tfvars file. Runs nothing; what is left is marked as opaque. */
import { list, record } from '../plain-value.ts';
import { hasMarks, opaque, withoutForgedMarks } from '../yaml/template-marks.ts';
import type { Attribute, Value } from './block.ts';
import type { Expression } from './syntax.ts';

/** A value and where it comes from. */
export interface Computed {
  readonly value: Value;
  readonly via: Attribute['via'];
}

/** Answers what `local.x` and `var.x` stand for. */
export interface Scope {
  /** Undefined where it is not written down. */
  lookUp(kind: 'local' | 'var', name: string): Computed | undefined;
}

/** Longest text that is put together. */
const LONGEST = 50_000;

/** The value of an expression. */
export function compute(expression: Expression, scope: Scope): Computed {
  const seen = { via: 'literal' as Attribute['via'] };
  const value = evaluated(expression, {
    lookUp(kind, name) {
      const found = scope.lookUp(kind, name);
      if (found) seen.via = weaker(seen.via, found.via);
      return found;
    },
  });
  return { value, via: seen.via };
}

const STRENGTH: readonly Attribute['via'][] = ['literal', 'values', 'default'];

function weaker(a: Attribute['via'], b: Attribute['via']): Attribute['via'] {
  return STRENGTH.indexOf(a) > STRENGTH.indexOf(b) ? a : b;
}

function evaluated(expression: Expression, scope: Scope): Value {
  switch (expression.form) {
    case 'literal':
      return typeof expression.value === 'string' ? withoutForgedMarks(expression.value) : expression.value;
    case 'template':
      return (
        joined(
          expression.parts.map((it) => interpolated(it, scope)),
          expression.parts,
          '',
        ) ?? unseen(expression)
      );
    case 'list':
      return expression.items.map((it) => evaluated(it, scope));
    case 'object':
      return objectOf(expression, scope);
    case 'reference':
      return referred(expression.steps, scope) ?? unseen(expression);
    case 'choice':
      return chosen(expression, scope);
    case 'operation':
      return operated(expression, scope) ?? unseen(expression);
    case 'call':
      return called(expression, scope) ?? unseen(expression);
    case 'other':
      return unseen(expression);
  }
}

/** As it is written in a text, so that what is shown of it can be told from the text around. */
function interpolated(part: Expression, scope: Scope): Value {
  const value = evaluated(part, scope);
  return part.form !== 'literal' && value === unseen(part) ? unseen({ source: `\${${part.source}}` }) : value;
}

/** What stands there, to be shown and not to be judged. */
function unseen({ source }: Pick<Expression, 'source'>): string {
  return opaque(withoutForgedMarks(source.length > 300 ? `${source.slice(0, 300)}…` : source));
}

function objectOf(expression: Extract<Expression, { form: 'object' }>, scope: Scope): Value {
  const entries = expression.entries.map(({ key, value }): readonly [string, Value] => {
    const name = key.form === 'reference' && key.steps.length === 1 ? key.steps[0] : evaluated(key, scope);
    return [typeof name === 'string' ? name : String(name), evaluated(value, scope)];
  });
  return Object.fromEntries(entries);
}

/** `var.x`, `local.x` and what is within them. */
function referred([kind, name, ...steps]: readonly (string | number)[], scope: Scope): Value | undefined {
  if ((kind !== 'var' && kind !== 'local') || typeof name !== 'string') return undefined;
  let value: unknown = scope.lookUp(kind, name)?.value;
  for (const step of steps) {
    const members: unknown = Array.isArray(value) ? value : record(value);
    value = Object.hasOwn(members as object, step)
      ? (members as Readonly<Record<string | number, unknown>>)[step]
      : undefined;
  }
  return value as Value | undefined;
}

function chosen(expression: Extract<Expression, { form: 'choice' }>, scope: Scope): Value {
  const test = evaluated(expression.test, scope);
  const yes = evaluated(expression.yes, scope);
  const no = evaluated(expression.no, scope);
  if (test === true || test === 'true') return yes;
  if (test === false || test === 'false') return no;
  return JSON.stringify(yes) === JSON.stringify(no) ? yes : unseen(expression);
}

function operated({ operator, operands }: Extract<Expression, { form: 'operation' }>, scope: Scope): Value | undefined {
  const [a, b] = operands.map((it) => evaluated(it, scope));
  if (a === undefined) return undefined;
  if (operator === '!') return typeof a === 'boolean' ? !a : undefined;
  if (b === undefined) return operator === '-' && typeof a === 'number' ? -a : undefined;
  if (operator === '&&' || operator === '||') {
    const decides = operator === '||';
    if (a === decides || b === decides) return decides;
    return typeof a === 'boolean' && typeof b === 'boolean' ? !decides : undefined;
  }
  return compared(operator, a, b);
}

function compared(operator: string, a: Value, b: Value): Value | undefined {
  if (operator === '==' || operator === '!=') {
    if (!isPlain(a) || !isPlain(b)) return undefined;
    return (String(a) === String(b)) === (operator === '==');
  }
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const results: Readonly<Record<string, number | boolean>> = {
    '*': a * b,
    '/': a / b,
    '%': a % b,
    '+': a + b,
    '-': a - b,
    '>': a > b,
    '<': a < b,
    '>=': a >= b,
    '<=': a <= b,
  };
  const result = results[operator];
  return typeof result === 'boolean' || Number.isFinite(result) ? result : undefined;
}

function isPlain(value: Value): boolean {
  return value === null || (typeof value !== 'object' && !hasMarks(value));
}

/** Functions that only carry text or lists along. */
function called({ name, args, source }: Extract<Expression, { form: 'call' }>, scope: Scope): Value | undefined {
  const [first, ...rest] = args.map((it) => evaluated(it, scope));
  if (first === undefined) return name === 'concat' ? [] : undefined;
  switch (name) {
    case 'jsonencode':
    case 'yamlencode':
    case 'jsondecode':
    case 'tolist':
    case 'toset':
    case 'tomap':
    case 'sensitive':
    case 'nonsensitive':
    case 'tostring':
    case 'tonumber':
    case 'tobool':
    case 'try':
      return typeof first === 'string' && name === 'jsondecode' ? undefined : first;
    case 'trimspace':
    case 'chomp':
      return typeof first === 'string' ? first.trim() : undefined;
    case 'lower':
      return typeof first === 'string' && !hasMarks(first) ? first.toLowerCase() : undefined;
    case 'upper':
      return typeof first === 'string' && !hasMarks(first) ? first.toUpperCase() : undefined;
    case 'length':
      return Array.isArray(first) ? first.length : undefined;
    case 'join':
      return Array.isArray(rest[0]) && typeof first === 'string' ? joined(rest[0], [{ source }], first) : undefined;
    case 'concat':
      return spread([first, ...rest]);
    case 'distinct':
      return first;
    case 'compact':
      return Array.isArray(first) && first.every(isPlain) ? first.filter((it) => it !== '' && it !== null) : undefined;
    case 'merge':
      return merged([first, ...rest]);
    default:
      return undefined;
  }
}

/** A list of which some members are unseen keeps what is seen. */
function spread(lists: readonly Value[]): Value {
  return lists.flatMap((it) => (Array.isArray(it) ? (list(it) as readonly Value[]) : [it]));
}

function merged(maps: readonly Value[]): Value | undefined {
  if (maps.some((it) => typeof it !== 'object' || it === null || Array.isArray(it))) return undefined;
  return Object.assign({}, ...maps) as Value;
}

/** Text put together; parts that are no text are as they were written. */
function joined(
  parts: readonly Value[],
  from: readonly Pick<Expression, 'source'>[],
  between: string,
): string | undefined {
  const texts = parts.map((it, index) =>
    typeof it === 'object' ? unseen(from[index] ?? from[0] ?? { source: '' }) : String(it),
  );
  const text = texts.join(between);
  return text.length > LONGEST ? undefined : text;
}
