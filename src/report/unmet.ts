/** What is not met, one by one, for receivers that want a result for each thing with a file and a line. Pure; rules on nothing. */
import type { Finding, Place, ReportedProblem, ServiceReport } from '../model.ts';
import { byRuling } from './order.ts';
import { pathInside } from './place-link.ts';
import { placeText } from './places.ts';
import { wasJudged } from './tally.ts';
import { capital, STANDING_WORDS } from './words.ts';

/** A problem, or a finding that has none. */
export interface Unmet {
  readonly service: ServiceReport;
  readonly finding: Finding;
  readonly problem?: ReportedProblem;
  /** Whether a valid waiver covers it. */
  readonly accepted: boolean;
}

/** Everything that blocks, was accepted or warns, in this order, the most severe first. A service of which nothing was judged is itself not met. */
export function unmetOf(service: ServiceReport): readonly Unmet[] {
  const findings = wasJudged(service) ? service.findings : [NOTHING_JUDGED];
  return findings
    .filter(({ ruling }) => ruling === 'fail' || ruling === 'waived' || ruling === 'warn')
    .toSorted(byRuling)
    .flatMap((finding) => partsOf(finding).map((part) => ({ service, finding, ...part })));
}

/** An empty list of results reads as success everywhere, and this is none. */
export const NOTHING_JUDGED: Finding = {
  rule: 'gonogo/nothing-judged',
  area: 'gonogo',
  statement: 'At least one rule is judged.',
  severity: 'critical',
  standing: 'unknown',
  ruling: 'fail',
  because: 'no rule applies to this service, so nothing was judged',
  why: 'Where nothing was looked at, nothing is known.',
  fix: 'Widen the selection of rules, or correct the tier, the stage and the exceptions in the manifest.',
  evidence: [],
  problems: [],
  fingerprint: '000000000000',
};

function partsOf(finding: Finding): readonly Pick<Unmet, 'problem' | 'accepted'>[] {
  const whole = finding.ruling === 'waived' || finding.waiver !== undefined;
  const parts = finding.problems.map((problem) => ({ problem, accepted: whole || problem.waived }));
  // A finding that still counts has at least one part that does.
  const isSaid = parts.some(({ accepted }) => accepted === whole);
  return isSaid ? parts : [{ accepted: whole }, ...parts];
}

/** The best place inside this repository. */
export function placeOf(unmet: Unmet): Place {
  return placesFor(unmet).find((place) => pathInside(place) !== undefined) ?? { path: 'gonogo.yaml' };
}

/** Places to show it at, the best first: the problem's, else the claim, else the first evidence, else the manifest, be it one to write. */
export function placesFor(unmet: Omit<Unmet, 'accepted'>): readonly Place[] {
  const { service, manifest } = unmet.service;
  const fallback = { path: [service.dir, 'gonogo.yaml'].filter(Boolean).join('/') };
  return [...citedBy(unmet), ...(manifest ? [manifest] : []), fallback];
}

/** Places that bear on it, the nearest first. */
function citedBy({ problem, finding }: Omit<Unmet, 'accepted'>): readonly Place[] {
  return [...(problem?.at ? [problem.at] : []), ...(finding.claim ? [finding.claim] : []), ...finding.evidence];
}

/** What is wrong in one sentence or two: how it stands, and the place where that is in another repository, to which no receiver can link; from when it blocks, where it is only announced. */
export function saidOf(unmet: Unmet): string {
  const { problem, finding } = unmet;
  const standing = STANDING_WORDS[finding.standing].word;
  const [nearest] = citedBy(unmet);
  const elsewhere = nearest?.root === undefined ? '' : ` (in ${placeText(nearest)})`;
  const announced =
    problem && finding.countsFrom !== undefined ? ` (announced; counts from ${finding.countsFrom})` : '';
  return `${capital(standing)}: ${problem?.message ?? finding.because}${elsewhere}${announced}`;
}
