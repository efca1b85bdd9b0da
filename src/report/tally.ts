/** Counts of findings by area, by ruling and by standing, for the formats that show totals. Pure; counts what the verdict decided. */
import { grouped } from '../grouped.ts';
import type { Finding, Ruling, ServiceReport, Standing, Verdict } from '../model.ts';

/** What one group of findings adds up to. Rules that do not apply are in none of the numbers. */
export interface Tally {
  readonly applicable: number;
  /** Passed, or trusted on the manifest's word. */
  readonly met: number;
  readonly blocking: number;
  readonly waived: number;
  readonly warnings: number;
  readonly verified: number;
  readonly declared: number;
  readonly unknown: number;
}

/** What of a finding is counted. */
type Counted = Pick<Finding, 'ruling' | 'standing'>;

/** The totals of some findings. */
export function tally(findings: readonly Counted[]): Tally {
  const applicable = findings.filter((finding) => finding.ruling !== 'skip');
  const ruled = (...rulings: readonly Ruling[]) => applicable.filter(({ ruling }) => rulings.includes(ruling)).length;
  const standing = (wanted: Standing) => applicable.filter((finding) => finding.standing === wanted).length;
  return {
    applicable: applicable.length,
    met: ruled('pass', 'trust'),
    blocking: ruled('fail'),
    waived: ruled('waived'),
    warnings: ruled('warn'),
    verified: standing('verified'),
    declared: standing('declared'),
    unknown: standing('unknown'),
  };
}

/** Whether any rule applied to a service. Where none did its verdict says nothing, and must not be shown as if it did. */
export function wasJudged({ findings }: { readonly findings: readonly Pick<Finding, 'ruling'>[] }): boolean {
  return findings.some(({ ruling }) => ruling !== 'skip');
}

/** The verdict on some services as it may be shown: none where no rule applied to any of them. */
export function shownVerdict(verdict: Verdict, services: readonly ServiceReport[]): Verdict | undefined {
  return services.some(wasJudged) ? verdict : undefined;
}

/** The totals of each area, in the order in which the findings come. */
export function tallyByArea(findings: readonly Finding[]): readonly (readonly [area: string, tally: Tally])[] {
  return [...grouped(findings, ({ area }) => area)].map(([area, group]) => [area, tally(group)]);
}
