/** Asks JSON of others for what it holds: members, items, texts within bounds. Converts nothing and never throws. */
import { isDate } from '../dates.ts';

/** Members of an object; none of anything else. */
export function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** Items of a list; none where there is nothing; undefined where there is something else, or more than the limit. */
export function items(value: unknown, limit: number): readonly unknown[] | undefined {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) && value.length <= limit ? value : undefined;
}

/** A text that is not empty and not longer than the limit. */
export function text(value: unknown, limit: number): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= limit ? value : undefined;
}

/** A text that can be a name or an id: short, without spaces and controls, and the same after it was written as UTF-8. */
export function word(value: unknown, limit = 512): string | undefined {
  const found = text(value, limit);
  if (found !== undefined && /^[!-~]+$/.test(found)) return found;
  return found === undefined || /[\s\p{Cc}]/u.test(found) || !found.isWellFormed() ? undefined : found;
}

/** No advisory is older: what says so is an empty date, which Go writes as the first day of the year 1 and others as that of 1970. */
const FIRST_YEAR = '1980';

/** An RFC 3339 instant as it is written; undefined where there is none, or one that says that there is none. */
export function instant(value: unknown): string | undefined {
  const found = text(value, 40);
  return found !== undefined &&
    /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(found) &&
    found >= FIRST_YEAR &&
    isDate(found.slice(0, 10))
    ? found
    : undefined;
}
