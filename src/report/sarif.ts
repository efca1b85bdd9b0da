/** SARIF 2.1.0: everything that is not met, what a waiver accepts marked as suppressed. */
import type { Format } from './format.ts';
import { jsonAsMade } from './json.ts';
import { sarifLog } from './sarif-log.ts';

/** The SARIF format. */
export const format: Format = {
  summary: 'SARIF 2.1.0, what is waived marked as suppressed, for editors and dashboards',
  needs: 'lines',
  render: (report) => jsonAsMade(sarifLog(report, { results: 25_000, accepted: true })),
};
