/** Whose a record is: one that is kept for several services counts only for those it names. Pure. */
import type { RecordEntry } from '../evidence/records.ts';
import type { Service } from '../model.ts';

/** Whether a record is this service's own, or names it. */
export function isForService(record: RecordEntry, service: Pick<Service, 'name'>): boolean {
  return !record.shared || names(record, service);
}

/** Its name with any separators between the words. */
function names({ text, title, at }: RecordEntry, { name }: Pick<Service, 'name'>): boolean {
  const words = (it: string): string => ` ${it.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `;
  return words(`${at.path} ${title} ${text}`).includes(words(name));
}
