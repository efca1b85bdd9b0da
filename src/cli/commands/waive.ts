/** `gonogo waive`: adds one waiver to the waivers file, keeping its comments and order; refuses one that would not hold. */
import { dirname, relative, resolve } from 'node:path';
import { placeholderIn } from '../../checks/placeholders.ts';
import { isDate } from '../../dates.ts';
import { InputError } from '../../input-error.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { visible } from '../../report/escape-terminal.ts';
import { asOfFrom } from '../options.ts';
import { ruleNamed } from '../rule-named.ts';
import { complain } from '../streams.ts';
import { refuseUnfit, type Yard, yardAt } from '../waiver-yard.ts';
import { block, type Entry, readWaivers, withEntry } from '../waivers-file.ts';

/** Flags of `waive`. */
export interface WaiveOptions {
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly scope?: string;
  readonly approvedBy?: string;
  readonly ticket?: string;
  readonly file?: string;
  readonly asOf?: string;
  readonly policy?: string;
  readonly checklist: readonly string[];
}

const SHORTEST_REASON = 15;

/** Adds the waiver. */
export async function waive(word: string, options: WaiveOptions): Promise<void> {
  const asOf = asOfFrom(options.asOf);
  const yard = await yardAt(options.file === undefined ? '.' : dirname(options.file), options, asOf);
  const entry = entryFrom(ruleNamed(word, yard.ids, 'waive'), options, asOf);
  const file = options.file ?? relativeToHere(yard.file);
  refuseUnfit(entry, yard, file);
  const before = readWaivers(file);
  const twin = before?.entries.find((it) => yard.ids.get(it.rule) === entry.rule && it.scope === entry.scope);
  if (twin)
    throw new InputError(
      `${entry.rule} is in ${file} already${twin.expires === undefined ? '' : `, until ${twin.expires}`}`,
      `${file}:${twin.line}`,
      'change that entry, or remove it and run this again',
    );
  // The old content is kept whole, so this is no overwriting.
  writeFileSafely(file, withEntry(before, entry), { force: true });
  complain(`${before ? 'added to' : 'wrote'} ${file}:\n${block(entry, 2, '\n')}`);
  for (const note of notesOn(entry, yard, file)) complain(`note: ${visible(note)}\n`);
}

function entryFrom(rule: string, options: WaiveOptions, asOf: string): Entry {
  const { expires, scope, approvedBy, ticket } = options;
  const reason = said(options.reason, '--reason', 'say in a sentence what makes the risk acceptable until then');
  if (reason.length < SHORTEST_REASON)
    throw new InputError(
      `the reason is shorter than ${SHORTEST_REASON} characters`,
      '--reason',
      'say in a sentence what makes the risk acceptable until then',
    );
  if (!isDate(expires))
    throw new InputError(`"${expires}" is not a day`, '--expires', 'write it as YYYY-MM-DD, e.g. 2026-12-31');
  if (expires < asOf) throw new InputError(`${expires} is in the past`, '--expires', `give a day from ${asOf} on`);
  return {
    rule,
    ...(scope !== undefined && { scope: said(scope, '--scope', 'give a path or a fingerprint, or leave it out') }),
    reason,
    owner: said(options.owner, '--owner', 'name the person or team that answers for the risk'),
    ...(approvedBy !== undefined && {
      approved_by: said(approvedBy, '--approved-by', 'name who agreed to it, or leave it out'),
    }),
    ...(ticket !== undefined && { ticket: said(ticket, '--ticket', 'name the ticket, or leave it out') }),
    from: asOf,
    expires,
  };
}

/** A text that says something, on one line. */
function said(text: string, flag: string, hint: string): string {
  const value = text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (value === '') throw new InputError(`${flag} is empty`, flag, hint);
  const placeholder = placeholderIn(value);
  if (placeholder) throw new InputError(`"${placeholder.words}" ${placeholder.meaning}`, flag, hint);
  return value;
}

/** What is worth knowing, and no reason to refuse. */
function notesOn({ rule, scope }: Entry, yard: Yard, file: string): readonly string[] {
  return [
    yard.rules.some((it) => it.id === rule)
      ? ''
      : `${rule} does not apply to this service now, so the waiver covers nothing yet`,
    scope === undefined || yard.isThere(scope)
      ? ''
      : `nothing is at "${scope}", so unless it is a problem's fingerprint the waiver covers nothing`,
    yard.reads(resolve(file)) ? '' : `\`gonogo check\` does not read ${file}; it reads ${relativeToHere(yard.file)}`,
  ].filter(Boolean);
}

function relativeToHere(file: string): string {
  return relative('.', file) || file;
}
