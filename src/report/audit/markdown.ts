/** An audit as Markdown for a job summary or a page of a wiki: in short, within the size that forges take; it links and notifies nobody. */
import type { Audit } from '../../model-audit.ts';
import { fitted } from '../markdown-budget.ts';
import { remark } from '../markdown-template.ts';
import type { AuditFormat } from './format.ts';
import {
  acrossPart,
  campaignsPart,
  endingPart,
  fixesPart,
  notesPart,
  unjudgedPart,
  unreadyParts,
} from './markdown-lists.ts';
import { totalsParts } from './markdown-totals.ts';
import { sumsOf } from './sums.ts';

/** The Markdown format of an audit. */
export const format: AuditFormat = {
  summary: 'Markdown in short, for the summary of a job or a page of a wiki',
  render,
};

/** A comment on GitHub takes 65,536 characters, a job summary sixteen times that: in short it fits into either. */
const ROOM = {
  limit: 60_000,
  size: (text: string) => text.length,
  elsewhere: remark`\`gonogo audit --verbose\` shows all, \`--format jsonl\` holds all.`,
};

function* render(audit: Audit): Iterable<string> {
  const sums = sumsOf(audit);
  yield fitted(
    [
      ...totalsParts(audit, sums),
      unjudgedPart(audit, sums),
      ...unreadyParts(sums),
      acrossPart(audit.estate),
      fixesPart(sums),
      endingPart(audit, sums),
      campaignsPart(audit),
      notesPart(sums),
    ],
    ROOM,
  );
}
