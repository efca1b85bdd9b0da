/** JSON Lines of an audit: a header, a line a repository, and what stands across them; for other programs, and to be read again. */
import type { Audit } from '../../model-audit.ts';
import { jsonText, REPORT_KEYS } from '../json.ts';
import type { AuditFormat } from './format.ts';

/** The JSON Lines format of an audit. */
export const format: AuditFormat = {
  summary: 'JSON Lines: a header, a repository a line, and what stands across them',
  render,
};

function* render(audit: Audit): Iterable<string> {
  const { rows: _, estate, trends: __, moved: ___, campaigns, ...header } = audit;
  yield line({ what: 'audit', ...header });
  for (const row of audit.rows()) yield line({ what: 'repository', ...row });
  yield line({ what: 'estate', ...estate, ...(campaigns && { campaigns }) });
}

function line(data: unknown): string {
  return jsonText(data, ['what', 'outcome', ...REPORT_KEYS], 0);
}
