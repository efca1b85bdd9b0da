/** Looks for a target in the record that is said to have agreed on it. */
import type { BaselineRecord, RecordedNumber } from '../../evidence/baseline-records.ts';
import { same } from '../arithmetic.ts';
import { percentOf, type Quantity, rateOf, timeOf } from '../quantity.ts';

/** The number in a record that is the target: the same amount in the same kind of unit. */
export function numberIn(record: BaselineRecord, name: string, target: Quantity): RecordedNumber | undefined {
  return record.numbers.find((it) => isSame(it, name, target));
}

function isSame(found: RecordedNumber, name: string, target: Quantity): boolean {
  const time = timeOf(target);
  if (time !== undefined) return equal(timeOf(found), time);
  const rate = rateOf(target);
  if (rate) return equal(rateOf(found)?.perSecond, rate.perSecond);
  const share = percentOf(target);
  // A bare number is a percentage only where its line says of what.
  if (share !== undefined) return equal(percentOf(found), share) && (found.unit === '%' || speaksOf(found.text, name));
  return same(found.value, target.value) && speaksOf(found.text, name);
}

function equal(a: number | undefined, b: number): boolean {
  return a !== undefined && same(a, b);
}

/** Whether a line has the requirement's name in it, however it is spelt. */
function speaksOf(text: string, name: string): boolean {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .includes(name.replaceAll('_', ' '));
}
