/** When one target was agreed: by a dated record that holds it, by the manifest's history, or by the manifest's word. */
import type { BaselineRecord } from '../../evidence/baseline-records.ts';
import type { Place } from '../../model.ts';
import { failing, type Part } from '../parts.ts';
import { written } from '../quantity.ts';
import { numberIn } from './baseline-record.ts';
import { type Beginning, firstSeen, type Past } from './beta-begins.ts';
import type { Target } from './dimensions.ts';

/** All that is known about when things were agreed. */
export interface Question {
  readonly records: readonly BaselineRecord[];
  readonly history: Past;
  /** When the targets had to stand. */
  readonly begins: Beginning | undefined;
  at(pointer: string): Place;
}

/** A part, and whether it was git that showed it. */
export interface Dated extends Part {
  readonly git?: boolean;
}

/** The opinion on one target: the strongest source that says something. */
export function baselined(target: Target, question: Question): Dated {
  return onRecord(target, question) ?? fromHistory(target, question) ?? fromClaim(target, question);
}

/** A dated record with the number settles it, either way. */
export function onRecord(
  { name, target, pointer }: Target,
  { records, begins }: Pick<Question, 'records' | 'begins'>,
): Part | undefined {
  for (const record of records.filter((it) => it.pointer.startsWith(`${pointer}/baselined/`))) {
    const number = numberIn(record, name, target);
    const { dated } = record;
    if (!number || !dated || !begins) continue;
    if (dated.on <= begins.on) return { standing: 'verified', evidence: [number.at, dated.at] };
    const message = `${name}: its record is of ${dated.on}, but ${begins.text}`;
    const fix = 'Name the earlier record if there is one; else accept in a waiver that this number came late.';
    return failing('contradicted', { message, at: dated.at, fix, subject: name });
  }
  return undefined;
}

/** Git counts where it saw the target come before beta; that it came later matters only when nobody claims an earlier day. */
function fromHistory({ name, nfr, pointer }: Target, { history, begins, at }: Question): Dated | undefined {
  const seen = firstSeen(name, history);
  if (!begins || seen.kind !== 'on') return undefined;
  if (seen.on <= begins.on) return { standing: 'verified', evidence: [at(pointer)], git: true };
  if (nfr.baselined) return undefined;
  const message = `${name}: git first shows a target on ${seen.on}, but ${begins.text}`;
  const fix = 'If it was agreed earlier elsewhere, add `baselined: { on, evidence }` with that record.';
  return failing('contradicted', { message, at: at(pointer), fix, subject: name });
}

function fromClaim({ name, nfr, target, pointer }: Target, { history, begins, at }: Question): Part {
  const on = nfr.baselined?.on;
  if (on !== undefined && begins && on > begins.on) {
    const message = `${name}: agreed on ${on}, but ${begins.text}`;
    const fix = 'Accept in a waiver that this number came late, and set the next ones at design.';
    return failing('contradicted', { message, at: at(`${pointer}/baselined`), fix, subject: name });
  }
  if (on !== undefined) return { standing: 'declared' };
  const blind = history.manifest.length > 0 && firstSeen(name, history).kind !== 'never';
  const git = blind ? ', and the manifest came into git too late or in one piece to tell' : '';
  const message = `${name}: nothing says when ${written(target)} was agreed${git}`;
  const fix = 'Add `baselined: { on: YYYY-MM-DD, evidence: … }` with the record that holds the number.';
  return failing(blind ? 'unknown' : 'missing', { message, at: at(pointer), fix, subject: name });
}
