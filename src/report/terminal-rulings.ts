/** The sections of findings: what blocks, in full; what warns, in brief; and on request what is met or does not apply. */

import { grouped } from '../grouped.ts';
import type { Finding, Ruling, ServiceReport } from '../model.ts';
import { flow, type Lines, type Paint, stack } from './layout.ts';
import { bySeverity } from './order.ts';
import type { Pen } from './pen.ts';
import { placesOf } from './places.ts';
import { findingInFull, findingTitle, grounds, opinion } from './terminal-finding.ts';
import { counted } from './words.ts';

/** A heading with what it counts. */
export function heading(title: string, count: string, pen: Pen, paint: Paint = pen.strong): Lines {
  return flow(pen.width, [
    { text: title, paint },
    { text: count, paint: pen.dim, gap: 2 },
  ]);
}

/** Everything that blocks, the most severe first. */
export function blocking(service: ServiceReport, pen: Pen): Lines {
  const failed = ruled(service, 'fail').toSorted(bySeverity);
  if (failed.length === 0) return [];
  const head = heading('BLOCKING', counted(failed.length, 'rule'), pen, pen.ruling.fail);
  return stack([head, ...failed.map((finding) => findingInFull(finding, pen))]);
}

/** What is not met and does not block: two lines each, or in full on request. */
export function warnings(service: ServiceReport, pen: Pen): Lines {
  const warned = ruled(service, 'warn').toSorted(bySeverity);
  if (warned.length === 0) return [];
  const head = heading('WARNINGS', counted(warned.length, 'rule'), pen, pen.ruling.warn);
  if (pen.verbose) return stack([head, ...warned.map((finding) => findingInFull(finding, pen))]);
  const alike = grouped(warned, ({ severity, standing, because }) => `${severity} ${standing} ${because}`);
  return [...head, ...[...alike.values()].flatMap((findings) => inBrief(findings, pen))];
}

/** Rules that say the very same stand together over what they say. */
function inBrief(findings: readonly Finding[], pen: Pen): Lines {
  const [first] = findings;
  return first
    ? [...findings.flatMap((finding) => findingTitle(finding, pen, placesOf(finding)[0])), ...opinion(first, pen, 2)]
    : [];
}

/** What is met, and what does not apply. */
export function settled(service: ServiceReport, pen: Pen): Lines {
  const met = [...ruled(service, 'pass'), ...ruled(service, 'trust')];
  const skipped = ruled(service, 'skip');
  return stack([group('MET', met, pen, pen.ruling.pass), group('NOT APPLICABLE', skipped, pen)]);
}

function group(title: string, findings: readonly Finding[], pen: Pen, paint?: Paint): Lines {
  if (findings.length === 0) return [];
  return [
    ...heading(title, counted(findings.length, 'rule'), pen, paint),
    ...findings.flatMap((it) => withGrounds(it, pen)),
  ];
}

function withGrounds(finding: Finding, pen: Pen): Lines {
  const { ruling, rule } = finding;
  const symbol = { text: pen.signs.ruling[ruling], paint: pen.ruling[ruling] };
  return [
    ...flow(pen.width, [symbol, { text: rule, whole: true }], { indent: 2, hang: 4 }),
    ...opinion(finding, pen, 4),
    ...grounds(finding, pen, 4),
  ];
}

function ruled({ findings }: ServiceReport, ruling: Ruling): readonly Finding[] {
  return findings.filter((finding) => finding.ruling === ruling);
}
