/** Reads an organisation's own checklist: further rules over the checks there are. Their parameters are the only thing a schema is compiled for at run time. */

import { createHash } from 'node:crypto';
import type { Check } from '../checks/define.ts';
import type { Params, Values } from '../checks/params.ts';
import { CHECKS } from '../generated/checks.ts';
import { validate } from '../generated/validate-checklist.js';
import { InputError } from '../input-error.ts';
import { describeError, parseStrict } from '../manifest/parse.ts';
import type { Tier } from '../model.ts';
import { nearest } from '../nearest.ts';
import type { NamedChecklist } from '../run.ts';
import { type Checklist, type Entry, forTier, isPerTier } from './entry.ts';
import { placeIn, type Written } from './text-place.ts';

const TIERS: readonly Tier[] = [1, 2, 3, 4];

/** A checklist from text, checked against its schema, the rule ids in use and the checks' parameters. */
export async function loadChecklist(
  text: string,
  path: string,
  others: readonly NamedChecklist[],
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
  const checklist = parsed.value as Checklist;
  const taken = new Set(others.flatMap((list) => list.rules.map((rule) => rule.id)));
  const written: Written = { text, path, positions: parsed.positions };
  for (const [index, rule] of checklist.rules.entries()) {
    await refuse(rule, `/rules/${index}`, written, taken);
    taken.add(rule.id);
  }
  return { ...checklist, digest: createHash('sha256').update(text).digest('hex').slice(0, 16) };
}

/** Several checklists, each of which may use no id of another. */
export async function loadChecklists(
  files: readonly { readonly text: string; readonly path: string }[],
  others: readonly NamedChecklist[],
): Promise<readonly NamedChecklist[]> {
  const loaded: NamedChecklist[] = [];
  for (const { text, path } of files) loaded.push(await loadChecklist(text, path, [...others, ...loaded]));
  return loaded;
}

async function refuse(rule: Entry, pointer: string, written: Written, taken: ReadonlySet<string>): Promise<void> {
  const at = placeIn(written, pointer);
  if (taken.has(rule.id))
    throw new InputError(
      `the rule id "${rule.id}" is already in use`,
      at,
      'give it another id; to change a built-in rule, write a policy',
    );
  const id = rule.check ?? rule.id;
  const load = (CHECKS as Readonly<Record<string, () => Promise<unknown>>>)[id];
  if (!load || !Object.hasOwn(CHECKS, id)) {
    const close = nearest(id, Object.keys(CHECKS));
    throw new InputError(
      `"${rule.id}" names the check "${id}", which does not exist`,
      at,
      close ? `did you mean "${close}"?` : 'name one of the built-in checks in `check:`',
    );
  }
  const check = (await load()) as Check;
  await refuseParameters(rule, check.params, at);
  refuseFaults(rule, check, pointer, written);
}

/** Faults that a check finds in parameters which their schemas let pass, for each tier that a value is given for. */
function refuseFaults(rule: Entry, { params, faults }: Check, pointer: string, written: Written): void {
  for (const tier of TIERS) {
    const values = Object.entries(params).map(([name, param]) => [
      name,
      forTier(rule.with?.[name], tier) ?? param.default,
    ]);
    const [fault] = faults?.(Object.fromEntries(values) as Values<Params>) ?? [];
    if (!fault) continue;
    const perTier = isPerTier(rule.with?.[fault.param]) ? `/tier${tier}` : '';
    throw new InputError(
      `"${rule.id}" sets "${fault.param}" to what its check cannot use: ${fault.message}`,
      placeIn(written, `${pointer}/with/${fault.param}${perTier}`, fault.within),
      fault.fix,
    );
  }
}

async function refuseParameters(rule: Entry, params: Params, at: string): Promise<void> {
  const values = Object.entries(rule.with ?? {});
  if (values.length === 0) return;
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020();
  for (const [name, given] of values) {
    const param = params[name];
    if (!param)
      throw new InputError(
        `"${rule.id}" sets "${name}", which its check does not know`,
        at,
        `parameters: ${Object.keys(params).join(', ') || 'none'}`,
      );
    for (const value of isPerTier(given) ? Object.values(given) : [given]) {
      if (!ajv.validate(param.schema, value))
        throw new InputError(
          `"${rule.id}" sets "${name}" to a value its check refuses: ${ajv.errorsText()}`,
          at,
          param.doc,
        );
    }
  }
}
