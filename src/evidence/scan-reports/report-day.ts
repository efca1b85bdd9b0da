/** How old a report is: by its own word, else by the commit that brought it. Pure, so that checks may use it. */
import type { Facts as History } from '../history.ts';
import type { ScanReport } from './report.ts';

/** The ISO day a report was made, at the latest; undefined where neither it nor the history tells. */
export function reportDay(
  { made, at }: Pick<ScanReport, 'made' | 'at'>,
  history: Pick<History, 'touched'> | undefined,
): string | undefined {
  if (made !== undefined) return made;
  // The history is that of the judged repository.
  return at.root === undefined ? history?.touched[at.path]?.date.slice(0, 10) : undefined;
}
