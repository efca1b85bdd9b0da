/** JSON pointers and how they are said to a person. Pure. */

/** Line and column of every key, by JSON pointer. */
export type Positions = Readonly<Record<string, readonly [line: number, column: number]>>;

/** The pointer of a member of what a pointer names. */
export function below(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The steps of a pointer, unescaped. */
export function steps(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `dependencies[redis].timeout` for `/dependencies/0/timeout`: an item is named by its id where it has one. Empty for the root. */
export function spoken(pointer: string, data?: unknown): string {
  let said = '';
  let at = data;
  for (const step of steps(pointer)) {
    at = member(at, step);
    if (/^\d+$/.test(step)) said += `[${idOf(at) ?? step}]`;
    else said += said === '' ? step : `.${step}`;
  }
  return said;
}

/** What a step leads to, own members only. */
export function member(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[step];
}

function idOf(value: unknown): string | undefined {
  const id = member(value, 'id') ?? member(value, 'component');
  return typeof id === 'string' && /^[\w.-]{1,60}$/.test(id) ? id : undefined;
}
