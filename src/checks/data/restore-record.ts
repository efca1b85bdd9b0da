/** The text of a record or page that a claim names, as far as it was read. Pure. */
import type { Evidence } from '../../generated/evidence.ts';
import type { Place } from '../../model.ts';

/** A page's words. */
interface RecordText {
  readonly text: string;
  readonly date?: string;
  readonly at: Place;
}

/** The record or document at a place. */
export function recordOf(
  at: Place,
  { records, documents }: Pick<Evidence, 'records' | 'documents'>,
): RecordText | undefined {
  const isIt = (path: string, root: string | undefined): boolean =>
    path === at.path && (root ?? '') === (at.root ?? '');
  const record = records.facts.records.find((it) => isIt(it.at.path, it.at.root));
  if (record)
    return { text: `${record.title} ${record.text}`, ...(record.date !== undefined && { date: record.date }), at };
  const document = documents.facts.documents.find(({ path, root }) => isIt(path, root));
  return document && { text: document.sections.map(({ title, text }) => `${title} ${text}`).join('\n'), at };
}
