/** Whether a locked version meets a requirement, by its ecosystem's own rules. */
import { cargo } from '../../versions/cargo.ts';
import type { Ecosystem, VersionOrder } from '../../versions/order.ts';
import { pypi } from '../../versions/pypi.ts';

const ORDERS: ReadonlyMap<Ecosystem, VersionOrder> = new Map([
  ['PyPI', pypi],
  ['crates.io', cargo],
]);

/** Undefined where that cannot be told. */
export function verdictOn(ecosystem: Ecosystem, version: string, range: string): boolean | undefined {
  return ORDERS.get(ecosystem)?.satisfies(version, range);
}
