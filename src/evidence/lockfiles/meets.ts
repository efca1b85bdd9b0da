/** Whether a locked version meets a requirement, by the ecosystem's own words. */
import type { Ecosystem } from '../../versions/order.ts';
import { orderOf } from '../../versions/orders.ts';

/** Undefined where that cannot be told. */
export function meets(ecosystem: Ecosystem, version: string, range: string): boolean | undefined {
  return orderOf(ecosystem).satisfies(version, range);
}
