/** The options of an audit that say which repositories and how many at once. */
import { type Command, InvalidArgumentError } from 'commander';
import { option } from './option.ts';

/** Adds them, in groups of their own. */
export function auditing(command: Command): Command {
  return command
    .optionsGroup('Which repositories:')
    .addOption(
      option('--repos <file>', 'a list, one path or git address a line, path= and ref= behind; - for stdin').default(
        undefined,
        'none',
      ),
    )
    .optionsGroup('How it runs:')
    .addOption(
      option('--jobs <n>', 'repositories judged at once')
        .argParser(jobs)
        .default(undefined, 'by processors and repositories'),
    )
    .addOption(
      option('--timeout-per-repo <duration>', 'longest that one repository is judged, e.g. 90s or 5m')
        .argParser(duration)
        .default(60_000, '60s'),
    )
    .addOption(option('--no-progress', 'say nothing on stderr while it runs'));
}

const MOST_JOBS = 256;
const MILLISECONDS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);
/** Node's timers end at once where they are given more. */
const LONGEST = 24 * 3_600_000;

function jobs(value: string): number {
  const count = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (count < 1 || count > MOST_JOBS) throw new InvalidArgumentError(`It is a number from 1 to ${MOST_JOBS}.`);
  return count;
}

function duration(value: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})(ms|s|m|h)$/.exec(value) ?? [];
  const length = Number(number) * (MILLISECONDS.get(unit) ?? 0);
  if (length < 1 || length > LONGEST)
    throw new InvalidArgumentError('It is a duration such as 90s or 5m, a day at most.');
  return length;
}
