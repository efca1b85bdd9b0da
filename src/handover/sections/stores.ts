/** Where data is kept, how it is backed up, and how it comes back. */
import type { Part } from '../../checks/parts.ts';
import type { Store } from '../../generated/service.ts';
import { type Context, gathered, manifestName } from '../context.ts';
import type { Group, Line, Section } from '../handover.ts';
import { claimed, group, joined, line, referencesOf, ruled, ruledArea, troubleWith } from '../line.ts';
import { passageAt } from '../passage.ts';

/** Words that are steps where a section has no command. */
const STEP_WORDS = 40;

/** The section. */
export function stores(context: Context): Section {
  const { data } = context.claims;
  const kept = data?.stores ?? [];
  const groups = [
    ...group(undefined, [
      ...claimed(context, 'How sensitive', data?.classification, '/data/classification'),
      ...claimed(
        context,
        'Personal data',
        data?.pii === undefined ? undefined : data.pii ? 'yes' : 'none',
        '/data/pii',
      ),
      ...claimed(context, 'Kept for', data?.retention, '/data/retention'),
      ...ruled(context, 'Secrets', 'security/secrets-from-store'),
    ]),
    ...kept.map((store, index) => one(context, store, `/data/stores/${index}`)),
    ...group('What the rules say of data', ruledArea(context, 'data')),
  ];
  return {
    id: 'stores',
    title: 'Data and how it comes back',
    ...(kept.length === 0 && { lead: `${manifestName(context)} names a store.` }),
    groups,
  };
}

function one(context: Context, store: Store, pointer: string): Group {
  const { kind, ephemeral, derived, rpo, rto, backup } = store;
  const isLost = ephemeral || derived;
  const lines = [
    ...claimed(
      context,
      'What it is',
      joined([kind, ephemeral && 'a cache: nothing is lost', derived && 'rebuilt from other stores']),
      `${pointer}/kind`,
    ),
    ...claimed(context, 'A loss may cost', rpo && `the last ${rpo}`, `${pointer}/rpo`),
    ...claimed(context, 'Back within', rto, `${pointer}/rto`),
    ...claimed(
      context,
      'Backed up',
      backup && joined([backup.schedule, backup.retention && `kept for ${backup.retention}`]),
      `${pointer}/backup`,
      { part: troubleWith(context, 'data/backup-configured', store.id) },
    ),
    ...(backup || isLost ? [] : [line('Backed up', 'nothing says how', 'missing', { places: [context.at(pointer)] })]),
    ...restored(context, store, pointer, isLost === true),
  ];
  return { title: store.id, lines };
}

function restored(
  context: Context,
  { id, restore_test: test, restore_runbook: page }: Store,
  pointer: string,
  isLost: boolean,
): readonly Line[] {
  const passage = passageAt(context, `${pointer}/restore_runbook`, STEP_WORDS);
  const never = (label: string, text: string) =>
    isLost ? [] : [line(label, text, 'missing', { places: [context.at(pointer)] })];
  return [
    ...(test
      ? [
          ...claimed(context, 'Last restored', test.on, `${pointer}/restore_test`, {
            part:
              troubleWith(context, 'data/restore-tested', id) ??
              recordPart(context, test.on, `${pointer}/restore_test`),
          }),
          ...claimed(
            context,
            'How that went',
            joined([test.result, test.duration && `in ${test.duration}`]),
            `${pointer}/restore_test`,
          ),
        ]
      : never('Last restored', 'never, as far as anything here says')),
    ...(page
      ? claimed(context, 'How it is restored', page, `${pointer}/restore_runbook`, {
          part: troubleWith(context, 'data/restore-runbook', id) ?? passage?.part,
          quote: passage?.quote ?? [],
        })
      : never('How it is restored', 'no page is named')),
  ];
}

/** Whether the cited page is a record of that very day; how it went is not read, so that only the day is shown. */
function recordPart(context: Context, on: string, pointer: string): Part | undefined {
  if (on > context.asOf) return { standing: 'contradicted', problems: [{ message: `${on} is still to come` }] };
  const records = gathered(context, 'records')?.records.facts.records ?? [];
  const cited = referencesOf(context, pointer).flatMap(({ matches }) => matches);
  const own = records.filter(({ at }) => cited.some(({ path, root }) => path === at.path && root === at.root));
  const dated = own.find(({ date }) => date !== undefined);
  if (!dated) return undefined;
  return own.some(({ date }) => date === on)
    ? { standing: 'verified', evidence: own.map(({ at }) => at) }
    : { standing: 'contradicted', problems: [{ message: `the record that it cites is of ${dated.date}` }] };
}
