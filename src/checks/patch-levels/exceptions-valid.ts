/** Assesses whether every accepted vulnerability has a reason, somebody who answers for it, and an end. */
import { days } from '../../dates.ts';
import { type Exception, isOver } from '../../evidence/scan-reports/exceptions/exception.ts';
import { exceptionFile } from '../../evidence/scan-reports/exceptions/files.ts';
import { contradicted, defineCheck, notApplicable, stale, unknown, verified } from '../define.ts';
import { duration } from '../params.ts';
import { counted, listed } from '../words.ts';
import { endOf, lackProblem, lacksOf } from './exception-lacks.ts';

export const check = defineCheck({
  summary:
    'Reads the exceptions in `packages.exceptions` and those kept for scanners: osv-scanner.toml, deny.toml, audit.toml, .trivyignore, .grype.yaml, .bundler-audit.yml, .snyk, audit-ci, .nsprc, OpenVEX and suppressions of dependency-check. Where a format has no field for it, `owner: …` and `until: YYYY-MM-DD` in the reason or in a comment count. A statement of OpenVEX has no end; its date plus the longest time is taken for one.',
  needs: ['scan-reports'],
  ofOwnFiles: true,
  params: { max_ahead: duration('How far ahead an exception may end.', '90d') },
  assess({ evidence, params, asOf }) {
    const { facts, unread } = evidence['scan-reports'];
    const limit = days(params.max_ahead) ?? 90;
    const judged = facts.exceptions.map((it) => ({ it, lacks: lacksOf(it, limit, asOf) }));
    const bad = judged.filter(({ lacks }) => lacks.length > 0);
    const total = counted(facts.exceptions.length, 'exception');
    const problems = bad.map(({ it, lacks }) => lackProblem(it, lacks, isOver(it, asOf)));
    if (bad.length > 0) {
      const because = `${bad.length} of ${total} ${bad.length === 1 ? 'does' : 'do'} not hold${fromWords(facts.exceptions)}`;
      const isDue = bad.every(({ it, lacks }) => lacks.length === 1 && isOver(it, asOf));
      return isDue ? stale(because, problems) : contradicted(because, problems);
    }
    const [hidden] = unread.filter(({ at }) => exceptionFile(at.path) !== undefined);
    if (hidden)
      return unknown(`${total} read; but ${hidden.at.path} could not be: ${hidden.detail}`, { evidence: [hidden.at] });
    if (facts.exceptions.length === 0) return notApplicable('no exception for a vulnerability is written down');
    const [first] = facts.exceptions.map((it) => endOf(it, limit) ?? '').sort();
    return verified(
      `${total}, each reasoned, owned and dated${fromWords(facts.exceptions)}; the first ends on ${first}`,
      facts.exceptions.map(({ at }) => at).slice(0, 10),
    );
  },
});

/** "; 2 in .trivyignore and 1 in gonogo.yaml" */
function fromWords(exceptions: readonly Exception[]): string {
  const kinds = [...new Set(exceptions.map(({ from }) => from))];
  return ` (${listed(kinds.map((kind) => `${exceptions.filter(({ from }) => from === kind).length} in ${kind}`))})`;
}
