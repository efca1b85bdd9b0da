/** What the comparison operators of requirements ask of an order. */

/** Whether an order (below, at or above zero) meets an operator, in any of its spellings; undefined where it is none of them. */
export function meets(operator: string, order: number): boolean | undefined {
  switch (operator) {
    case '=':
    case '==':
      return order === 0;
    case '!=':
    case '<>':
      return order !== 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return order <= 0;
    default:
      return undefined;
  }
}

/** All of the answers, where each is known. */
export function every(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(undefined) ? undefined : !answers.includes(false);
}

/** Any of the answers, where each is known. */
export function any(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(undefined) ? undefined : answers.includes(true);
}
