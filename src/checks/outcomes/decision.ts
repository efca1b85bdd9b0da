/** Reads what a decision record says about itself. Pure. */
import type { RecordEntry } from '../../evidence/records.ts';

const STATUS =
  /\b(?:accepted|approved|agreed|adopted|decided|implemented|active|done|final|in force|proposed|draft|pending|in review|rejected|declined|deprecated|superseded|replaced|withdrawn|obsolete|amended)\b/i;
const HOLDS = /\b(?:accepted|approved|agreed|adopted|decided|implemented|active|done|final|in force|amended)\b/i;
const OVER = /\b(?:superseded|replaced|rejected|declined|deprecated|withdrawn|obsolete|not accepted|draft|proposed)\b/i;

/** Whether a status is one; a form lists all there are. */
export function isStatus(status: string | undefined): boolean {
  return status !== undefined && STATUS.test(status) && !/[|{}]|\w\s*\/\s*\w.*\//.test(status);
}

/** Words that weigh one thing against another. */
const WEIGHS =
  /\btrade[- ]?offs?\b|\bprofile\b|\bat the (?:expense|cost|price) of\b|\brather than\b|\binstead of\b|\bprefer\w*\b|\bprioriti\w+\b|\bover (?:stability|flexibility|speed|features|safety)\b/i;

/** Whether a record that holds weighs the profile against something: the word in its title, or in a paragraph that weighs. */
export function recordsTradeOff({ status, title, text }: RecordEntry, profile: string): boolean {
  if (!isStatus(status) || !HOLDS.test(status ?? '') || OVER.test(status ?? '')) return false;
  const word = new RegExp(`\\b${profile}\\b`, 'i');
  return [title, ...text.split(/\n\s*\n/)].some((passage) => word.test(passage) && WEIGHS.test(passage));
}

/** Whether a record that is kept for several services names this one, with any separators between the words. */
export function namesService({ text, title, at }: RecordEntry, name: string): boolean {
  const words = (it: string): string => ` ${it.toLowerCase().replace(/[^a-z0-9]+/g, ' ')} `;
  return words(`${at.path} ${title} ${text}`).includes(words(name));
}

/** Whether a page is a form or a list of records, and none itself. */
export function isForm(path: string): boolean {
  return /template|(?:^|\/)(?:readme|index|_index)\.\w+$/i.test(path);
}
