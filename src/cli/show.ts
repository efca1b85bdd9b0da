/** Shows a report where the operator wants it, and the notes on the run where a person sees them. */
import { FORMATS } from '../generated/formats.ts';
import type { Report, Supplement } from '../model.ts';
import { visible } from '../report/escape-terminal.ts';
import type { Format } from '../report/format.ts';
import { type CanvasFlags, canvasFor } from './canvas.ts';
import { type Destination, writeReports } from './destinations.ts';
import { complain } from './streams.ts';

/** Flags that say how a report is shown. */
export interface ShowFlags extends CanvasFlags {
  readonly format: readonly string[];
  readonly force?: boolean;
}

/** Writes every report, and the notes to stderr unless a person reads them in the report itself; `start` is the folder that all places start from. */
export async function show(
  report: Report,
  destinations: readonly Destination[],
  flags: ShowFlags,
  start?: string,
): Promise<void> {
  if (!showsNotes(destinations, flags)) for (const note of report.notes) complain(`note: ${visible(note)}\n`);
  await writeReports(report, destinations, canvasFor(flags), flags.force ?? false, start);
}

/** What formats need of a report beyond the findings, with the format that does. Reporters are loaded anyway. */
export async function needsOf(
  destinations: readonly Destination[],
): Promise<readonly (readonly [format: string, needs: Supplement])[]> {
  const asked = await Promise.all(
    destinations.map(async ({ format }) => [format, ((await FORMATS[format]()) as Format).needs] as const),
  );
  return asked.flatMap(([format, needs]) => (needs === undefined ? [] : [[format, needs] as const]));
}

/** What a judgement has to gather for them beyond the findings. */
export async function supplementsFor(destinations: readonly Destination[]): Promise<readonly Supplement[]> {
  return (await needsOf(destinations)).map(([, needs]) => needs);
}

/** The terminal report on stdout prints the notes itself, unless it is to be short. */
function showsNotes(destinations: readonly Destination[], { quiet }: ShowFlags): boolean {
  return !quiet && destinations.some(({ format, file }) => format === 'terminal' && file === undefined);
}
