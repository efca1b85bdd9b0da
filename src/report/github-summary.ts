/** The report as a job summary of a GitHub workflow: all of it in Markdown, by area, what blocks, and the rest folded. */
import type { Report } from '../model.ts';
import type { Format } from './format.ts';
import { inCheckout } from './in-checkout.ts';
import { fitted } from './markdown-budget.ts';
import { changeParts } from './markdown-change.ts';
import {
  areaTable,
  blockingParts,
  closingPart,
  foldedPart,
  gapsPart,
  notesPart,
  packagesPart,
  verdictParts,
  waivedPart,
} from './markdown-parts.ts';

/** The format for $GITHUB_STEP_SUMMARY. */
export const format: Format = {
  summary: 'Markdown for the summary of a GitHub workflow: append it to $GITHUB_STEP_SUMMARY',
  extension: 'md',
  render,
};

/** GitHub takes 1 MiB of a step's summary, and none of a longer one. */
const ROOM = { limit: 1_048_576, size: (text: string) => new TextEncoder().encode(text).length };

function render(whole: Report): string {
  const report = inCheckout(whole);
  return fitted(
    [
      ...verdictParts(report),
      areaTable(report),
      ...changeParts(report),
      ...blockingParts(report),
      waivedPart(report),
      foldedPart(report, { title: 'Warnings', rulings: ['warn'], full: true, importance: 6 }),
      foldedPart(report, { title: 'Met', rulings: ['pass', 'trust'], full: false, importance: 10 }),
      foldedPart(report, { title: 'Not applicable', rulings: ['skip'], full: false, importance: 11 }),
      packagesPart(report),
      gapsPart(report),
      notesPart(report),
      closingPart(report),
    ],
    ROOM,
  );
}
