/** Terraform's syntax as plain data, with the place of everything a finding may point at. Types only. */

/** Where something stands in its file, from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** What an expression is. */
type Form =
  | { readonly form: 'literal'; readonly value: string | number | boolean | null }
  /** Text with parts that are computed. */
  | { readonly form: 'template'; readonly parts: readonly Expression[] }
  | { readonly form: 'list'; readonly items: readonly Expression[] }
  | { readonly form: 'object'; readonly entries: readonly Entry[] }
  /** E.g. `var.name`, `local.tags["team"]`: the names it goes through, where all of them are written out. */
  | { readonly form: 'reference'; readonly steps: readonly (string | number)[] }
  | { readonly form: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly form: 'choice';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | { readonly form: 'operation'; readonly operator: string; readonly operands: readonly Expression[] }
  /** What only Terraform can compute. */
  | { readonly form: 'other' };

/** An expression, as written in `source`. */
export type Expression = Form & Spot & { readonly source: string };

/** A member of an object. */
interface Entry {
  readonly key: Expression;
  readonly value: Expression;
}

/** `name = expression`. */
export interface SyntaxAttribute extends Spot {
  readonly name: string;
  readonly value: Expression;
}

/** `type "label" { … }`. */
export interface SyntaxBlock extends Spot {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: readonly SyntaxAttribute[];
  readonly blocks: readonly SyntaxBlock[];
  /** Something in it does not follow the grammar, so that what is absent says nothing. */
  readonly broken: boolean;
}

/** A file. `broken`: lines at which the grammar was not followed. */
export interface SyntaxFile {
  readonly attributes: readonly SyntaxAttribute[];
  readonly blocks: readonly SyntaxBlock[];
  readonly broken: readonly number[];
}
