/** Assesses whether each failure mode was tried out lately, and whether a record of that day is there. */
import { addDays, days, daysBetween } from '../../dates.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import type { Reference } from '../../evidence/references.ts';
import type { Place } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { duration } from '../params.ts';
import { failing, type Part, together } from '../parts.ts';
import { counted } from '../words.ts';
import { type Mode, modesOf, withoutModes } from './modes.ts';

export const check = defineCheck({
  summary:
    'Reads `tested` of every failure mode: the day, which must not be older than the limit, and the proof. A dated Markdown record of an exercise on that day shows it; the manifest of a chaos experiment or a test shows that it can be tried, not that it was, and leaves it declared.',
  needs: ['references', 'records'],
  ofClaims: true,
  params: { max_age: duration('Longest time since a failure mode was tried out.', '365d') },
  assess(subject) {
    const none = withoutModes(subject);
    if (none) return none;
    const { evidence, params, asOf, at } = subject;
    const modes = modesOf(subject);
    const parts = modes.map((it) =>
      triedOut(it, referencesUnder(evidence.references.facts, `${it.pointer}/tested`), evidence.records.facts.records, {
        limit: days(params.max_age) ?? 365,
        asOf,
        at,
      }),
    );
    const shown = parts.filter(({ standing }) => standing === 'verified').length;
    const said = parts.filter(({ standing }) => standing === 'declared').length;
    const because = `of ${counted(modes.length, 'failure mode')} ${shown} ${shown === 1 ? 'was' : 'were'} tried out with a record of it, ${said} by the manifest's word alone`;
    return together(parts, because, at('/failure_modes'));
  },
});

/** By which day the last try counts. */
interface When {
  readonly limit: number;
  readonly asOf: string;
  at(pointer: string): Place;
}

const NOWHERE = ['no-file', 'no-match', 'no-section', 'outside', 'claim'];
/** Days between an exercise and the day in the manifest that still mean the same one. */
const SAME = 7;

/** What stands about one failure mode: whether it was tried out lately, and whether a record of that day is there. */
export function triedOut(
  { mode, pointer }: Mode,
  proofs: readonly Reference[],
  records: readonly RecordEntry[],
  { limit, asOf, at }: When,
): Part {
  const { id, tested } = mode;
  const place = at(tested ? `${pointer}/tested` : pointer);
  const problem = (message: string, fix: string) => ({ message: `${id} ${message}`, at: place, fix, subject: id });
  if (!tested)
    return failing(
      'missing',
      problem('was never tried out', 'Bring it about on purpose, and write the day into `tested`.'),
    );
  if (tested.on > asOf)
    return failing(
      'contradicted',
      problem(`is said to have been tried on ${tested.on}, which is still to come`, 'Correct the date.'),
    );
  const dead = proofs.find(({ outcome }) => NOWHERE.includes(outcome));
  if (dead)
    return failing(
      'contradicted',
      problem(
        `cites ${dead.target}, which does not exist`,
        dead.nearest ? `Did you mean \`${dead.nearest}\`?` : 'Correct the path.',
      ),
    );
  if (daysBetween(tested.on, asOf) > limit)
    return {
      standing: 'stale',
      problems: [
        problem(
          `was last tried on ${tested.on}; it was due again by ${addDays(tested.on, limit)}`,
          'Try it once more.',
        ),
      ],
    };
  const cited = proofs.flatMap(({ matches }) => matches);
  const own = records.filter(({ at: spot }) =>
    cited.some(({ path, root }) => path === spot.path && root === spot.root),
  );
  const record = own.find(({ date }) => date !== undefined && Math.abs(daysBetween(date, tested.on)) <= SAME);
  if (record) return { standing: 'verified', evidence: [record.at] };
  const other = own.find(({ date }) => date !== undefined);
  if (other)
    return failing(
      'contradicted',
      problem(
        `is said to have been tried on ${tested.on}, and its record is of ${other.date}`,
        'Correct the date, or cite the record of that day.',
      ),
    );
  return { standing: 'declared', evidence: cited.slice(0, 3) };
}
