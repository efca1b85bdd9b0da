/** Whether a locked version meets a requirement, by its ecosystem's own rules. */
import type { Ecosystem } from '../../versions/order.ts';

/** Undefined where that cannot be told. */
export function verdictOn(_ecosystem: Ecosystem, _version: string, _range: string): boolean | undefined {
  return undefined;
}
