/** The lines on which texts stand between quotes, found in one pass however many are asked for. */

const MOST_LINES = 100_000;

/** Gives the first line, from 1, that has a text between quotes; 1 where none does. */
export function quotedLines(source: string): (sought: string) => number {
  const lines = new Map<string, number>();
  source.split('\n', MOST_LINES).forEach((line, index) => {
    for (const [, double, single] of line.slice(0, 2000).matchAll(/"([^"]{1,300})"|'([^']{1,300})'/g)) {
      const found = double ?? single ?? '';
      if (!lines.has(found)) lines.set(found, index + 1);
    }
  });
  return (sought) => lines.get(sought) ?? 1;
}
