/** An audit for a person in a terminal: how many are ready, who is not and why, what could not be judged, and what helps most. */
import type { Audit } from '../../model-audit.ts';
import type { Canvas } from '../canvas.ts';
import { type Lines, stack } from '../layout.ts';
import { penFor } from '../pen.ts';
import type { AuditFormat } from './format.ts';
import { sumsOf } from './sums.ts';
import { acrossServices } from './terminal-across.ts';
import { campaigns, ending, fixes, notes, unjudged, unready } from './terminal-lists.ts';
import { headline, tiers } from './terminal-totals.ts';

/** The terminal format of an audit. */
export const format: AuditFormat = {
  summary: 'for people: who is not ready and why, what stands across services, what helps most',
  render,
};

function* render(audit: Audit, canvas: Canvas): Iterable<string> {
  const pen = penFor(canvas);
  const sums = sumsOf(audit);
  const totals = [headline(audit, sums, pen), tiers(sums, pen)];
  const blocks: readonly Lines[] = canvas.quiet
    ? [...totals, unjudged(sums, pen)]
    : [
        ...totals,
        unready(sums, pen),
        unjudged(sums, pen),
        acrossServices(audit.estate, pen),
        fixes(sums, pen),
        ending(sums, audit.asOf, pen),
        campaigns(audit, pen),
        notes(sums, pen),
        headline(audit, sums, pen),
      ];
  for (const line of stack(blocks)) yield `${line}\n`;
}
