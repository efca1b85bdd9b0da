/** How much is met in one run, by service, area or owner: what a sparkline needs of it. Pure. */

import type { Kept, ServiceLine, Share, SharePoint, Trend } from '../model-trend.ts';
import { keyOf } from '../service-key.ts';
import { isMet, marksOf } from './pairs.ts';

/** The shares of one run by the name of the row they belong to. */
export interface ShareTable {
  readonly asOf: string;
  readonly whole: Share;
  readonly rows: ReadonlyMap<string, Share>;
}

/** The key of a line's service. */
export function keyOfLine({ repo, dir }: Pick<ServiceLine, 'repo' | 'dir'>): string {
  return keyOf({ repo }, { service: { dir } });
}

/** The row that a rule of a service belongs to; where nobody is declared as owner its name is empty. */
export function rowName(by: Trend['by'], line: ServiceLine, area: string): string {
  if (by === 'area') return area;
  return by === 'owner' ? (line.owner ?? '') : keyOfLine(line);
}

/** Counts what a run holds; the run itself need not be kept for it. */
export function shareTable({ run, lines }: Kept, by: Trend['by']): ShareTable {
  const rows = new Map<string, Share>();
  let whole: Share = NOTHING;
  for (const line of lines) {
    const marks = marksOf(run, line);
    for (const { id, area } of run.rules) {
      const mark = marks.get(id);
      const met = mark && isMet(mark);
      if (met === undefined) continue;
      const name = rowName(by, line, area);
      rows.set(name, counting(rows.get(name) ?? NOTHING, met));
      whole = counting(whole, met);
    }
  }
  return { asOf: run.asOf, whole, rows };
}

/** Of none, none. */
export const NOTHING: Share = { met: 0, applicable: 0 };

/** One rule more. */
export function counting({ met, applicable }: Share, isMet: boolean): Share {
  return { met: met + Number(isMet), applicable: applicable + 1 };
}

/** The share of one row in a run, or of all where no row is named. */
export function shareIn(table: ShareTable | undefined, name: string | undefined): Share | undefined {
  return name === undefined ? table?.whole : table?.rows.get(name);
}

/** The same in each of several runs; those that do not have it leave no point. */
export function pointsOf(tables: readonly ShareTable[], name: string | undefined): readonly SharePoint[] {
  return tables.flatMap((table) => {
    const share = shareIn(table, name);
    return share ? [{ asOf: table.asOf, ...share }] : [];
  });
}

/** A share as a number from 0 to 1; none of none is 0. */
export function ratio({ met, applicable }: Share): number {
  return applicable === 0 ? 0 : met / applicable;
}
