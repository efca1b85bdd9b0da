/** SARIF for GitHub's code scanning, which takes no notice of suppressions: what a waiver accepts would be an open alert. */
import type { Format } from './format.ts';
import { jsonAsMade } from './json.ts';
import { sarifLog } from './sarif-log.ts';

/** The format for code scanning. GitHub takes 25,000 results of a run and keeps 5,000, by its own measure of severity. */
export const format: Format = {
  summary: "SARIF for GitHub's code scanning: without what is waived, which it would show as open",
  needs: 'lines',
  extension: 'sarif',
  render: (report) => jsonAsMade(sarifLog(report, { results: 5000, accepted: false })),
};
