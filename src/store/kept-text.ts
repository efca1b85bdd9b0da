/** A run as JSON lines, and such text as the run it was: the run, then a line a service. Pure; what does not hold together is refused with a reason. */
import type { Kept, ServiceLine, StoredRun } from '../model-trend.ts';
import { idOf, linesText } from './line.ts';

/** The format of the text; another number is another format. */
const FORMAT = 1;

/** A run whose lines are parsed when they are asked for: most are only listed. */
export interface Unfolded {
  readonly run: StoredRun;
  lines(): readonly ServiceLine[];
}

/** The text of a run. */
export function keptText({ run, lines }: Kept): string {
  return `${JSON.stringify({ format: FORMAT, ...run })}\n${linesText(lines)}`;
}

/** The run, or why it is none. Its own id says whether all of it is as it was. */
export function parseKept(text: string): Unfolded | string {
  const end = text.indexOf('\n') + 1;
  const rest = text.slice(end);
  try {
    const { format, id, ...held } = JSON.parse(text.slice(0, end)) as { readonly format?: unknown } & StoredRun;
    if (typeof format === 'number' && format > FORMAT) return 'a newer version of gonogo wrote it';
    if (format !== FORMAT) return 'it holds no run';
    if (idOf(held, rest) !== id) return 'its content is not what was written';
    return {
      run: { id, ...held },
      lines: () =>
        rest
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line)),
    };
  } catch {
    return 'it is damaged';
  }
}
