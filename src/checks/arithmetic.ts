/** The sums and products behind budgets and chains, and the way they are printed. Pure numbers; knows no manifest. */
import { humanDuration } from '../dates.ts';

/** Differences below this are rounding of the machine, not of the team: 99.9 written as a product may end in …0000001. */
const EPSILON = 1e-9;

/** Share that succeeds, in percent, when all of some parts are needed; 100 for none. */
export function allNeeded(percents: readonly number[]): number {
  return percents.reduce((product, percent) => product * (percent / 100), 1) * 100;
}

/** Time, in milliseconds, of parts that run one after the other; 0 for none. */
export function oneAfterTheOther(times: readonly number[]): number {
  return times.reduce((sum, time) => sum + time, 0);
}

/** Time, in milliseconds, of parts that run side by side; 0 for none. */
export function sideBySide(times: readonly number[]): number {
  return times.reduce((longest, time) => Math.max(longest, time), 0);
}

/** Longest wait, in milliseconds, for a call that is tried again `retries` times; the pauses between tries come on top. */
export function worstWait(perTry: number, retries: number): number {
  return perTry * (1 + retries);
}

/** Whether a number reaches another one, machine rounding aside. */
export function reaches(value: number, wanted: number): boolean {
  return value >= wanted - EPSILON * Math.max(1, Math.abs(wanted));
}

/** Whether two numbers are the same, machine rounding aside. */
export function same(a: number, b: number): boolean {
  return reaches(a, b) && reaches(b, a);
}

/** `99.80 %`: two decimals, or as many more as it takes to tell it from `other`. */
export function percent(value: number, other = value): string {
  return `${decimals(value, 2, other)} %`;
}

/** `0.9995 × 0.9995 × 0.9990`. */
function factors(percents: readonly number[]): string {
  return percents.map((it) => decimals(it / 100, 4)).join(' × ');
}

/** `0.9995 × 0.9990 = 99.85 % < 99.90 %`; one factor alone is not worth an equation. */
export function productAgainst(percents: readonly number[], wanted: number): string {
  const product = allNeeded(percents);
  const sign = reaches(product, wanted) ? '≥' : '<';
  const left = percents.length > 1 ? `${factors(percents)} = ` : '';
  return `${left}${percent(product, wanted)} ${sign} ${percent(wanted, product)}`;
}

/** `600ms + 400ms = 1s ≤ 2s`; `terms` are the printed parts of `total`. */
export function sumAgainst(terms: readonly string[], total: number, limit: number): string {
  const sign = reaches(limit, total) ? '≤' : '>';
  const left = terms.length === 1 && terms[0] === duration(total, limit) ? '' : `${terms.join(' + ')} = `;
  return `${left}${duration(total, limit)} ${sign} ${duration(limit, total)}`;
}

/** A time as people read it, to the millisecond where it would otherwise look like `other` though it is not. */
export function duration(value: number, other = value): string {
  const text = humanDuration(value);
  return text === humanDuration(other) && !same(value, other) ? `${plain(value)}ms` : text;
}

/** A number without needless zeros, at most three decimals: `312.4`, `300`. */
export function plain(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** At least `least` decimals; more while the number would look like `other` though it is not, or be cut off. */
function decimals(value: number, least: number, other = value): string {
  const exact = least + 4;
  for (let digits = least; digits < exact; digits += 1) {
    const text = value.toFixed(digits);
    const clear = same(value, other) ? same(Number(text), value) : text !== other.toFixed(digits);
    if (clear) return text;
  }
  return value.toFixed(exact);
}
