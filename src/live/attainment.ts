/** How an objective is measured in PromQL, and what the numbers say of its last window. Pure. */

/** What is measured, as PromQL in which a range of `{{window}}` stands for the window. */
export interface Measure {
  /** What `part` is: errors or good events, beside `total`; or, without `total`, already the share of them. */
  readonly of: 'errors' | 'good';
  readonly part: string;
  readonly total?: string;
}

/** PromQL for one window. */
export function overWindow(query: string, window: string): string {
  return query.replace(/\{\{\s*\.?window\s*\}\}/gi, window);
}

/** Share of good events, in percent; undefined where the numbers are no shares: a total of nothing, or a part that is larger. */
export function attainment({ of }: Pick<Measure, 'of'>, part: number, total = 1): number | undefined {
  const share = part / total;
  if (!(total > 0) || !(share >= 0) || share > 1 + 1e-9) return undefined;
  return Math.min(of === 'good' ? share : 1 - share, 1) * 100;
}
