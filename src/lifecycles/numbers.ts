/** Dotted numbers, as release cycles have them. Pure. */

/** Whether a text is nothing but numbers with dots between them. */
export function isDotted(text: string): boolean {
  return /^\d+(\.\d+)*$/.test(text);
}

/** Order of dotted numbers of any length; what is missing counts as zero. */
export function compareNumbers(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one, other] = [digits(left[index]), digits(right[index])];
    if (one.length !== other.length) return one.length - other.length;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** Digits without leading zeros, so that texts of equal length compare as numbers do. */
function digits(part = ''): string {
  return part.replace(/^0+/, '');
}
