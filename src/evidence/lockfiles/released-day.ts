/** The day of a release, from times that lockfiles carry. */

const STAMP = /upload-time\s{0,4}=\s{0,4}"?(\d{4}-\d{2}-\d{2})/g;

/** The earliest upload among files that a lockfile lists, as an ISO day; undefined where it keeps none. */
export function firstUpload(texts: readonly (string | undefined)[]): string | undefined {
  let first: string | undefined;
  for (const text of texts) {
    for (const [, day = ''] of text?.matchAll(STAMP) ?? []) {
      if (isDay(day) && (first === undefined || day < first)) first = day;
    }
  }
  return first;
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
