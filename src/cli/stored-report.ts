/** Reads a stored report that the operator names. */
import type { Report } from '../model.ts';
import { MOST_REPORT_BYTES, readReport } from '../stored-report.ts';
import { readAtMost } from './operator-file.ts';

/** The report in a file, or on stdin where that is `-`. */
export async function storedReport(file: string): Promise<Report> {
  return readReport(await readAtMost(MOST_REPORT_BYTES, file, file), file === '-' ? 'stdin' : file);
}
