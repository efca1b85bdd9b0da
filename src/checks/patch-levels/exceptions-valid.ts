/** Assesses whether every accepted vulnerability has a reason, somebody who answers for it, and an end. */
import { addDays, days, daysBetween } from '../../dates.ts';
import { type Exception, isOver } from '../../evidence/scan-reports/exceptions/exception.ts';
import { exceptionFile } from '../../evidence/scan-reports/exceptions/files.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, stale, unknown, verified } from '../define.ts';
import { duration } from '../params.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';

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
    const problems = bad.map(({ it, lacks }) => problem(it, lacks, isOver(it, asOf)));
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

/** The day it ends; a dated statement without an end ends when the longest time is over. */
function endOf({ until, dated }: Exception, limit: number): string | undefined {
  return until ?? (dated === undefined ? undefined : addDays(dated, limit));
}

/** What an exception lacks, a clause each. */
function lacksOf(it: Exception, limit: number, asOf: string): readonly string[] {
  return [
    ...(says(it.reason) ? [] : ['has no reason']),
    ...(says(it.owner) ? [] : ['has no owner']),
    ...endTrouble(it, limit, asOf),
  ];
}

function endTrouble(it: Exception, limit: number, asOf: string): readonly string[] {
  const end = endOf(it, limit);
  if (it.unclearUntil !== undefined) return [`ends on "${it.unclearUntil}", which is no date`];
  if (end === undefined) return ['has no end'];
  if (end < asOf)
    return [it.until === undefined ? `was written on ${it.dated} and not renewed since` : `ended on ${end}`];
  const ahead = daysBetween(asOf, end);
  return ahead > limit ? [`ends in ${ahead} days, and ${limit} are the most`] : [];
}

function problem(it: Exception, lacks: readonly string[], isDue: boolean): Problem {
  const what = it.package === undefined || it.id === '*' ? (it.package ?? it.id) : `${it.id} of ${it.package}`;
  return {
    message: `the exception for ${what} ${listed(lacks)}`,
    at: it.at,
    fix: isDue
      ? 'Mend the vulnerability and remove the exception; or agree it anew, with a reason that holds today.'
      : 'Write down why it can be carried, `owner: …` and `until: YYYY-MM-DD`; or mend it and remove the exception.',
    subject: `${it.from} ${it.id} ${it.package ?? ''}`.trim(),
  };
}

/** "; 2 in .trivyignore and 1 in gonogo.yaml" */
function fromWords(exceptions: readonly Exception[]): string {
  const kinds = [...new Set(exceptions.map(({ from }) => from))];
  return ` (${listed(kinds.map((kind) => `${exceptions.filter(({ from }) => from === kind).length} in ${kind}`))})`;
}
