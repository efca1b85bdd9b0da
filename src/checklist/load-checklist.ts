/** Reads an organisation's own checklist: further rules over the checks there are. Their parameters are the only thing a schema is compiled for at run time. */

import { CHECKS } from '../generated/checks.ts';
import { validate } from '../generated/validate-checklist.js';
import { InputError } from '../input-error.ts';
import { describeError, parseStrict } from '../manifest/parse.ts';
import { nearest } from '../nearest.ts';
import type { NamedChecklist } from '../run.ts';
import { digestOf } from './digest.ts';
import { type Checklist, type Entry, inFull, type Short } from './entry.ts';
import { checkNamed, refuseFaults, refuseParameters } from './parameters.ts';
import type { OwnChecks } from './plugins.ts';
import { placeIn, type Written } from './text-place.ts';

/** A checklist from text, checked against its schema, the rule ids in use and the checks' parameters; `own` are checks beside the built-in ones. */
export async function loadChecklist(
  text: string,
  path: string,
  others: readonly NamedChecklist[],
  own: OwnChecks = new Map(),
): Promise<NamedChecklist> {
  const parsed = parseStrict(text, path);
  const problem = parsed.problems[0];
  if (problem)
    throw new InputError(
      `the checklist is not readable: ${problem.message}`,
      `${path}:${problem.at.line ?? 1}`,
      problem.fix,
    );
  if (!validate(parsed.value)) {
    const { message, pointer } = describeError(validate.errors?.[0]);
    throw new InputError(
      `the checklist does not fit its schema: ${message}`,
      `${path}:${parsed.positions[pointer]?.[0] ?? 1}`,
      '`gonogo schema checklist` prints the schema',
    );
  }
  const value = parsed.value as Omit<Checklist, 'rules'> & { readonly rules: readonly Short<Entry>[] };
  if (value.subject !== undefined)
    throw new InputError(
      "the checklist says `subject: estate`, and only gonogo's own may",
      `${path}:${parsed.positions['/subject']?.[0] ?? 1}`,
      "remove `subject`; an organisation's own rules are about one service each",
    );
  const checklist: Checklist = { ...value, rules: value.rules.map((rule) => inFull<Entry>(rule)) };
  const taken = new Set(others.flatMap((list) => list.rules.flatMap(namesOf)));
  const written: Written = { text, path, positions: parsed.positions };
  for (const [index, rule] of checklist.rules.entries()) {
    await refuse(rule, `/rules/${index}`, written, { taken, own });
    for (const name of namesOf(rule)) taken.add(name);
  }
  return { ...checklist, digest: digestOf(text) };
}

/** Several checklists, each of which may use no id of another. */
export async function loadChecklists(
  files: readonly { readonly text: string; readonly path: string }[],
  others: readonly NamedChecklist[],
  own: OwnChecks = new Map(),
): Promise<readonly NamedChecklist[]> {
  const loaded: NamedChecklist[] = [];
  for (const { text, path } of files) loaded.push(await loadChecklist(text, path, [...others, ...loaded], own));
  return loaded;
}

/** A rule's id and the ids it had: each means one rule, in waivers and on the command line. */
function namesOf({ id, aliases = [] }: Entry): readonly string[] {
  return [id, ...aliases];
}

async function refuse(
  rule: Entry,
  pointer: string,
  written: Written,
  { taken, own }: { readonly taken: ReadonlySet<string>; readonly own: OwnChecks },
): Promise<void> {
  const at = placeIn(written, pointer);
  const twice = namesOf(rule).find((name) => taken.has(name));
  if (twice !== undefined)
    throw new InputError(
      `the rule id "${twice}" is already in use`,
      at,
      'give it another id; to change a built-in rule, write a policy',
    );
  const id = rule.check ?? rule.id;
  const check = await checkNamed(id, own);
  if (!check) {
    const close = nearest(id, [...Object.keys(CHECKS), ...own.keys()]);
    throw new InputError(
      `"${rule.id}" names the check "${id}", which does not exist`,
      at,
      close ? `did you mean "${close}"?` : 'name one of the built-in checks in `check:`, or load a plug-in with it',
    );
  }
  await refuseParameters(rule.id, rule.with, check.params, at);
  refuseFaults(rule.id, rule.with, check, (within, key) => placeIn(written, `${pointer}/with/${key}`, within));
}
