/** Compares text and numbers written as text, however long: dates and build numbers outgrow what a number can hold. */

/** Order of two texts by their code units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Order of two runs of decimal digits by their value. */
export function compareDigits(a: string, b: string): number {
  const left = withoutLeadingZeros(a);
  const right = withoutLeadingZeros(b);
  return left.length - right.length || compareText(left, right);
}

/** Order of two lists by their first difference; the end of a list counts as `end`, which by default is before everything. */
export function compareLists<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (left: T, right: T) => number,
  end?: T,
): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const left = a[i] ?? end;
    const right = b[i] ?? end;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const order = compare(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

/** Whether the text is nothing but decimal digits, and at least one. */
export function isDigits(text: string): boolean {
  return /^[0-9]+$/.test(text);
}

export function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

/** Whether a number written as digits is at most another. */
export function atMost(digits: string, limit: string): boolean {
  return compareDigits(digits, limit) <= 0;
}

/** The number one above. */
export function successor(digits: string): string {
  return (BigInt(digits) + 1n).toString();
}
