/** JSON Lines: one finding a line with whose it is, each part as the JSON report has it; for jq, DuckDB and warehouses. */
import type { Report } from '../model.ts';
import type { Format } from './format.ts';
import { jsonText, REPORT_KEYS } from './json.ts';
import { shownVerdict } from './tally.ts';

/** The JSON Lines format. */
export const format: Format = {
  summary: 'JSON Lines: a finding a line, with service, verdict and commit',
  render,
};

function render({ schemaVersion, tool, repo, asOf, services }: Report): string {
  return services
    .flatMap((judged) => {
      const verdict = shownVerdict(judged.verdict, [judged]) ?? null;
      const whose = { schemaVersion, tool, repo, asOf, service: judged.service, verdict };
      return judged.findings.map((finding) => ({ ...whose, finding }));
    })
    .map((line) => jsonText(line, REPORT_KEYS, 0))
    .join('');
}
