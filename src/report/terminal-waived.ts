/** Exceptions in plain sight: what is not met and was accepted, by whom, until when, and why. */
import type { Finding, Report, ServiceReport, Waiver } from '../model.ts';
import { flow, type Lines, stack } from './layout.ts';
import { bySeverity } from './order.ts';
import type { Pen } from './pen.ts';
import { findingTitle, labelled, opinion, places } from './terminal-finding.ts';
import { heading } from './terminal-rulings.ts';
import { daysLeft, endsSoon } from './waiver-clock.ts';
import { counted } from './words.ts';

/** Waived rules, the most severe first. */
export function waived({ findings }: ServiceReport, { asOf }: Report, pen: Pen): Lines {
  const accepted = findings.filter(({ ruling }) => ruling === 'waived').toSorted(bySeverity);
  if (accepted.length === 0) return [];
  const head = heading('WAIVED', counted(accepted.length, 'rule'), pen, pen.ruling.waived);
  return stack([head, ...accepted.map((finding) => exception(finding, asOf, pen))]);
}

function exception(finding: Finding, asOf: string, pen: Pen): Lines {
  const agreed = finding.waiver ? terms(finding.waiver, asOf, pen) : [];
  return [...findingTitle(finding, pen), ...opinion(finding, pen, 2), ...agreed];
}

function terms(waiver: Waiver, asOf: string, pen: Pen): Lines {
  const approved = waiver.approvedBy === undefined ? '' : `, approved by ${waiver.approvedBy}`;
  const end = {
    text: `(${daysLeft(asOf, waiver.expires)})`,
    paint: endsSoon(asOf, waiver.expires) ? pen.ruling.warn : undefined,
  };
  return [
    ...flow(pen.width, [`accepted by ${waiver.owner}${approved}, until ${waiver.expires}`, end], { indent: 2 }),
    ...labelled('reason', waiver.reason, pen),
    ...labelled('only for', waiver.scope ?? '', pen),
    ...labelled('ticket', waiver.ticket ?? '', pen, { paint: pen.link(waiver.ticket ?? ''), whole: true }),
    ...places('waiver', [waiver.at], pen),
  ];
}
