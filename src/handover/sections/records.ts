/** What was decided, tried and learned, and what is owed. */
import type { RecordEntry } from '../../evidence/records.ts';
import { type Context, gathered, manifestName } from '../context.ts';
import type { Line, Section } from '../handover.ts';
import { claimed, group, joined, line, ruledArea, section } from '../line.ts';

/** The section on debts. */
export function debts(context: Context): Section {
  const log = context.claims.operations?.tech_debt;
  return {
    id: 'debts',
    title: 'Debts',
    ...(!log && { lead: `${manifestName(context)} names a log of known debts.` }),
    groups: [
      ...group(undefined, [
        ...claimed(context, 'Log of known debts', log?.log, '/operations/tech_debt/log'),
        ...claimed(context, 'Gone through every', log?.review_in, '/operations/tech_debt/review_in'),
      ]),
      ...group('What the rules say of running it', ruledArea(context, 'operations')),
      ...group('What the rules say of outcomes', ruledArea(context, 'outcomes')),
    ],
  };
}

/** The section on records: that one is there is shown by the record itself. */
export function history(context: Context): Section {
  const records = (gathered(context, 'records')?.records.facts.records ?? []).filter((it) => isOwn(it, context));
  const groups = [
    ...group('Decisions', listed(records, 'decision')),
    ...group('Incidents', listed(records, 'postmortem')),
    ...group('Exercises', listed(records, 'exercise')),
    ...group('Reviews from outside the team', reviews(context)),
  ];
  return section(
    'history',
    'What was decided, tried and learned',
    groups,
    'No record of a decision, an incident or an exercise was found.',
  );
}

function listed(records: readonly RecordEntry[], kind: RecordEntry['kind']): readonly Line[] {
  return records
    .filter((record) => record.kind === kind)
    .map(({ title, date, status, parts, at }) =>
      line(
        title,
        joined([status, date, parts.length > 0 && `with ${parts.map(({ part }) => part).join(', ')}`]) ??
          'without a date',
        'verified',
        { places: [at] },
      ),
    );
}

/** A record kept for several services counts for those it names. */
function isOwn({ shared, text }: RecordEntry, { service }: Context): boolean {
  return !shared || text.toLowerCase().includes(service.name.toLowerCase());
}

function reviews(context: Context): readonly Line[] {
  return (context.claims.reviews ?? []).flatMap(({ kind, on, by, result }, index) =>
    claimed(context, kind ?? 'review', joined([on, result, by && `by ${by.join(', ')}`]), `/reviews/${index}`),
  );
}
