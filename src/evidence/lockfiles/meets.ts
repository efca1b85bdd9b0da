/** Whether a locked version meets a requirement, by the ecosystem's own words. */
import type { Ecosystem } from '../../versions/order.ts';

/** Undefined where that cannot be told. */
export function meets(_ecosystem: Ecosystem, _version: string, _range: string): boolean | undefined {
  return undefined;
}
