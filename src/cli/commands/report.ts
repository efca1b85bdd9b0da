/** `gonogo report`: shows a stored report in any format; judges nothing, and reads nothing else. */
import { InputError } from '../../input-error.ts';
import type { Report } from '../../model.ts';
import { type Destination, parseDestinations } from '../destinations.ts';
import { needsOf, type ShowFlags, show } from '../show.ts';
import { storedReport } from '../stored-report.ts';

/** Shows it. The verdict in it decides no exit code: what was asked for is done. */
export async function report(file: string, flags: ShowFlags): Promise<void> {
  const destinations = parseDestinations(flags.format);
  const name = file === '-' ? 'stdin' : file;
  const stored = await storedReport(file);
  await refuseLacking(stored, name, destinations);
  await show(stored, destinations, flags);
}

/** What is not in the file would be shown as if there were none of it. */
async function refuseLacking(stored: Report, name: string, destinations: readonly Destination[]): Promise<void> {
  for (const [format, needs] of await needsOf(destinations)) {
    // Lines only spare a receiver some work: a log without them is whole.
    const lacking = needs === 'lines' ? undefined : stored.services.find((judged) => judged[needs] === undefined);
    if (!lacking) continue;
    throw new InputError(
      `${format} shows \`${needs}\`, and "${name}" holds none of ${lacking.service.name}`,
      name,
      `judge again for both: gonogo check --format ${format}=FILE --format json=FILE`,
    );
  }
}
