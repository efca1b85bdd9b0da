/**
 * An audit as OpenMetrics: the verdict, the score and what blocks of each service, which repositories were judged, and what stands
 * across services. Areas and standings are left out: hundreds of series a service are more than a Prometheus should be given.
 */
import { distinct } from '../../grouped.ts';
import type { Audit, EstateFinding } from '../../model-audit.ts';
import { FAMILIES, type Family, type Sample, startOf } from '../metric-families.ts';
import { familyHead, labelText } from '../metric-text.ts';
import { serviceLabels } from '../service-labels.ts';
import type { AuditFormat } from './format.ts';
import { judgedIn } from './judged-services.ts';

/** The metrics' format of an audit. */
export const format: AuditFormat = {
  summary: 'OpenMetrics: verdict, score and what blocks of each service, for Prometheus',
  render,
};

/** Families on a service that are worth their series a thousand times. */
const OF_A_SERVICE: readonly Family[] = FAMILIES.filter(({ name }) =>
  /^gonogo_(?:verdict|rules_\w+|findings|waiver_end_timestamp_seconds)$/.test(name),
);

const JUDGED = { name: 'gonogo_repository_judged', help: 'Whether the repository was judged in the last audit.' };
const COMPLETE = {
  name: 'gonogo_audit_complete',
  help: 'Whether no part of the last audit is missing; where one is, no number here is one of the whole.',
};
const PROBLEMS = {
  name: 'gonogo_estate_problems',
  help: 'What is wrong between services, by rule and by what stands about it.',
};
const DAY = {
  name: 'gonogo_audit_day_timestamp_seconds',
  help: 'Unix time at which the day began that ages and expiries were counted on.',
};
const BUILD = { name: 'gonogo_build_info', help: 'Version of gonogo that judged; always 1.' };

/** Families stand together, and rows come one at a time: the lines of each are kept, which are short. */
function* render(audit: Audit): Iterable<string> {
  const repositories: string[] = [];
  const lines = new Map<Family, string[]>(OF_A_SERVICE.map((family) => [family, []]));
  for (const { row, report } of judgedIn(audit)) {
    const repo = { repo: row.repo };
    repositories.push(sample(JUDGED.name, repo, [{ outcome: row.outcome }, Number(row.outcome === 'judged')]));
    const labels = serviceLabels(report.services);
    report.services.forEach((judged, index) => {
      const { dir, tier } = judged.service;
      const whose = { ...repo, service: labels[index] ?? '', folder: dir, tier: `${tier}` };
      for (const family of OF_A_SERVICE)
        lines.get(family)?.push(
          ...family
            .samples(judged, report)
            .filter(worthIt)
            .map((it) => sample(family.name, whose, it)),
        );
    });
  }
  yield* familyOf(COMPLETE, [sample(COMPLETE.name, {}, [{}, Number(audit.missing === undefined)])]);
  yield* familyOf(JUDGED, repositories);
  for (const [family, its] of lines) yield* familyOf(family, its);
  yield* familyOf(PROBLEMS, audit.estate.findings.map(problemsOf));
  yield* familyOf(DAY, [sample(DAY.name, {}, [{}, startOf(audit.asOf)])]);
  yield* familyOf(BUILD, [sample(BUILD.name, {}, [{ version: audit.tool.version }, 1])]);
  yield '# EOF\n';
}

/** Of the rulings only those that somebody acts upon. */
function worthIt([{ ruling }]: Sample): boolean {
  return ruling === undefined || ['fail', 'waived', 'warn'].includes(ruling);
}

function problemsOf({ rule, severity, standing, problems, more = 0 }: EstateFinding): string {
  return sample(PROBLEMS.name, {}, [{ rule, severity, standing }, problems.length + more]);
}

function sample(name: string, whose: Readonly<Record<string, string>>, [labels, value]: Sample): string {
  const all = labelText({ ...whose, ...labels });
  return `${name}${all === '' ? '' : `{${all}}`} ${value}\n`;
}

function* familyOf(
  family: { readonly name: string; readonly help: string },
  lines: readonly string[],
): Iterable<string> {
  if (lines.length === 0) return;
  yield familyHead(family);
  // Of two samples with the same labels the first holds: a reader refuses a whole file over one repetition.
  yield distinct(lines, (line) => line.slice(0, line.lastIndexOf(' '))).join('');
}
