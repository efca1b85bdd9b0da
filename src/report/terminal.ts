/** The report for a person at a terminal: the verdict, what blocks and where, what to do next, and how it was counted. */
import type { Report, ServiceReport } from '../model.ts';
import type { Canvas } from './canvas.ts';
import type { Format } from './format.ts';
import { type Lines, stack } from './layout.ts';
import { type Pen, penFor } from './pen.ts';
import { areas, assurance } from './terminal-areas.ts';
import { changed } from './terminal-change.ts';
import { overall, summary } from './terminal-estate.ts';
import { elsewhere, later, notes, unread } from './terminal-gaps.ts';
import { circumstances, closing, headline } from './terminal-head.ts';
import { live } from './terminal-live.ts';
import { next } from './terminal-next.ts';
import { packages } from './terminal-packages.ts';
import { blocking, settled, warnings } from './terminal-rulings.ts';
import { waived } from './terminal-waived.ts';
import { worstFirst } from './worst-first.ts';

/** Columns of the line between services where nothing limits the width. */
const RULE_WIDTH = 80;

/** The terminal format. */
export const format: Format = {
  summary: 'for people: verdict, what blocks, what to do next',
  extension: 'txt',
  render,
};

function render(report: Report, canvas: Canvas): string {
  const pen = penFor(canvas);
  const { change } = report;
  const { quiet, verbose } = canvas;
  // What changed is what was asked for; the whole report stands above it where that is asked for too.
  const blocks = [
    change && !verbose
      ? []
      : report.services.length === 1
        ? oneService(report, pen, quiet)
        : manyServices(report, pen, quiet),
    change ? changed(report, change, pen, quiet) : [],
  ];
  return `${stack(blocks).join('\n')}\n`;
}

function oneService(report: Report, pen: Pen, quiet: boolean): Lines {
  const [service] = report.services;
  if (!service) return [];
  const parts = serviceParts(service, report, pen, quiet);
  return stack(quiet ? parts : [...parts, notes(report, pen), closing(service, pen)]);
}

function manyServices(report: Report, pen: Pen, quiet: boolean): Lines {
  const services = worstFirst(report.services);
  const each = services.flatMap((service) => [
    [pen.dim(pen.signs.line.repeat(pen.width || RULE_WIDTH))],
    ...serviceParts(service, report, pen, quiet),
    quiet ? [] : closing(service, pen),
  ]);
  const head = [overall(report, pen), services.length === 0 ? [] : summary(services, pen)];
  return stack(quiet ? [...head, ...each] : [...head, ...each, notes(report, pen), overall(report, pen)]);
}

/** The story of one service in the order in which a person under pressure wants it. */
function serviceParts(service: ServiceReport, report: Report, pen: Pen, quiet: boolean): readonly Lines[] {
  const head = headline(service, report, pen);
  if (quiet) return [head, blocking(service, pen)];
  return [
    [...head, ...circumstances(service, report, pen)],
    blocking(service, pen),
    waived(service, report, pen),
    warnings(service, pen),
    pen.verbose ? settled(service, pen) : [],
    areas(service, pen),
    assurance(service, pen),
    packages(service, pen),
    live(service, pen),
    next(service, pen),
    unread(service, pen),
    elsewhere(service, pen),
    later(service, pen),
  ];
}
