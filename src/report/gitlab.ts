/** GitLab's Code Quality report: one item for each thing that is not met and that nobody accepted. */
import type { Report, Severity } from '../model.ts';
import { visible } from './escape-terminal.ts';
import type { Format } from './format.ts';
import { inCheckout } from './in-checkout.ts';
import { jsonAsMade } from './json.ts';
import { pathInside } from './place-link.ts';
import { placeOf, saidOf, type Unmet, unmetOf } from './unmet.ts';

/** The GitLab format. */
export const format: Format = {
  summary: "GitLab's Code Quality report: what is not met, without what a waiver accepts",
  extension: 'json',
  render,
};

type Degree = 'info' | 'minor' | 'major' | 'critical' | 'blocker';

/** What blocks is graded above what only warns of the same severity. */
const DEGREES: Readonly<Record<'fail' | 'warn', Readonly<Record<Severity, Degree>>>> = {
  fail: { critical: 'blocker', major: 'critical', standard: 'major', off: 'major' },
  warn: { critical: 'major', major: 'minor', standard: 'info', off: 'info' },
};

/** An item, as GitLab reads it. */
interface Item {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: Degree;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** The format has no word for what was accepted: a waived item would count against the merge request like any other. */
function render(report: Report): string {
  const open = inCheckout(report)
    .services.flatMap(unmetOf)
    .filter(({ accepted }) => !accepted);
  const seen = new Map<string, number>();
  return jsonAsMade(open.map((unmet) => itemOf(unmet, seen)));
}

function itemOf(unmet: Unmet, seen: Map<string, number>): Item {
  const { finding } = unmet;
  const place = placeOf(unmet);
  return {
    description: visible(saidOf(unmet)),
    check_name: finding.rule,
    fingerprint: fingerprintOf(unmet, seen),
    severity: DEGREES[finding.ruling === 'warn' ? 'warn' : 'fail'][finding.severity],
    location: { path: visible(pathInside(place) ?? place.path), lines: { begin: place.line ?? 1 } },
  };
}

/** GitLab keeps one item of each fingerprint: further problems of the same subject are numbered. */
function fingerprintOf({ problem, finding }: Unmet, seen: Map<string, number>): string {
  const { fingerprint } = problem ?? finding;
  const occurrence = (seen.get(fingerprint) ?? 0) + 1;
  seen.set(fingerprint, occurrence);
  return occurrence === 1 ? fingerprint : `${fingerprint}-${occurrence}`;
}
