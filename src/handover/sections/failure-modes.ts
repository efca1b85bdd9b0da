/** How the service can fail, how that is noticed, and what is done about it. */

import type { Part } from '../../checks/parts.ts';
import { worstStanding } from '../../checks/parts.ts';
import { check as tested, triedOut } from '../../checks/resilience/failure-modes-tested.ts';
import { type Mode, modesOf } from '../../checks/resilience/modes.ts';
import { alertsOf } from '../../checks/runbooks/failure-mode-has-runbook.ts';
import { days } from '../../dates.ts';
import type { RecordEntry } from '../../evidence/records.ts';
import { referencesUnder } from '../../evidence/references/lookup.ts';
import { type Context, gathered, manifestName, valuesOf } from '../context.ts';
import type { Group, Line, Section } from '../handover.ts';
import { claimed, group, joined, line, ruled } from '../line.ts';
import { passageAt } from '../passage.ts';

/** The section. */
export function failureModes(context: Context): Section {
  const modes = modesOf(context);
  return {
    id: 'failure-modes',
    title: 'How it fails',
    ...(modes.length === 0 && { lead: `${manifestName(context)} says how the service can fail.` }),
    groups: [
      ...modes.map((it) => one(context, it)),
      ...group(modes.length > 0 ? 'All of them together' : undefined, [
        ...ruled(context, 'What is listed', 'resilience/failure-modes-listed'),
        ...ruled(context, 'Last exercise', 'resilience/exercise-recent'),
      ]),
    ],
  };
}

function one(context: Context, it: Mode): Group {
  const { mode, pointer } = it;
  return {
    title: mode.id,
    lines: [
      ...claimed(context, 'Cause', mode.cause, `${pointer}/cause`),
      ...claimed(context, 'What users notice', mode.effect, `${pointer}/effect`),
      ...noticed(context, it),
      ...claimed(
        context,
        'What is done',
        joined([mode.mitigation, mode.auto && 'heals by itself'], '; '),
        `${pointer}/mitigation`,
      ),
      ...runbook(context, it),
      ...tried(context, it),
    ],
  };
}

/** Whether the alert is defined; a detection in words is only declared. */
function noticed(context: Context, { mode, pointer }: Mode): readonly Line[] {
  const evidence = gathered(context, 'alerts');
  const named = mode.alert ?? [...(mode.detection ?? '').matchAll(/\balert:([\w.-]+)/g)].map(([, name = '']) => name);
  if (named.length === 0) return claimed(context, 'How it is noticed', mode.detection, `${pointer}/detection`);
  const parts = evidence && alertsOf(mode, pointer, evidence.alerts, context.at);
  const part = parts && whole(parts);
  return claimed(context, 'Alert', named.join(', '), mode.alert ? `${pointer}/alert` : `${pointer}/detection`, {
    part,
  });
}

function whole(parts: readonly Part[]): Part {
  return {
    standing: worstStanding(parts),
    evidence: parts.flatMap((part) => part.evidence ?? []),
    problems: parts.flatMap((part) => part.problems ?? []),
  };
}

function runbook(context: Context, { mode, pointer }: Mode): readonly Line[] {
  if (mode.runbook === undefined)
    return mode.auto ? [] : [line('Runbook', 'none is named', 'missing', { places: [context.at(pointer)] })];
  return claimed(context, 'Runbook', mode.runbook, `${pointer}/runbook`, {
    part: passageAt(context, `${pointer}/runbook`)?.part,
  });
}

function tried(context: Context, it: Mode): readonly Line[] {
  const { mode, pointer } = it;
  if (!mode.tested)
    return [line('Last tried', 'never, as far as anything here says', 'missing', { places: [context.at(pointer)] })];
  const evidence = gathered(context, 'references', 'records');
  const limit = days(valuesOf(context, 'resilience/failure-modes-tested', tested.params).max_age) ?? 365;
  const { asOf, at } = context;
  const part =
    evidence &&
    triedOut(it, referencesUnder(evidence.references.facts, `${pointer}/tested`), evidence.records.facts.records, {
      limit,
      asOf,
      at,
    });
  const record = evidence?.records.facts.records.find(
    ({ at: spot }) => part?.standing === 'verified' && part.evidence?.includes(spot),
  );
  return claimed(context, 'Last tried', recordText(record) ?? mode.tested.on, `${pointer}/tested`, { part });
}

/** Many titles carry the day. */
function recordText(record: RecordEntry | undefined): string | undefined {
  if (record?.date === undefined) return undefined;
  return record.title.includes(record.date) ? record.title : `${record.title}, ${record.date}`;
}
