/** Holds the parameters that a checklist or a policy sets against what the check declares. The only place where a schema is compiled at run time. */
import type { Check } from '../checks/define.ts';
import type { Params, Values } from '../checks/params.ts';
import { CHECKS } from '../generated/checks.ts';
import { InputError } from '../input-error.ts';
import type { Tier } from '../model.ts';
import { nearest } from '../nearest.ts';
import { forTier, isPerTier } from './entry.ts';
import type { OwnChecks } from './plugins.ts';
import type { Within } from './text-place.ts';

const TIERS: readonly Tier[] = [1, 2, 3, 4];

/** What a check says of its parameters. */
type Declared = Pick<Check, 'params' | 'faults'>;

/** A check by its id; undefined where there is none. */
export async function checkNamed(id: string, own: OwnChecks): Promise<Declared | undefined> {
  if (own.has(id)) return own.get(id);
  const built = CHECKS as Readonly<Record<string, () => Promise<Declared>>>;
  return Object.hasOwn(built, id) ? built[id]?.() : undefined;
}

/** Throws an InputError for a parameter that the check does not know, or for a value that it refuses. */
export async function refuseParameters(
  rule: string,
  given: Readonly<Record<string, unknown>> | undefined,
  params: Params,
  at: string,
): Promise<void> {
  const values = Object.entries(given ?? {});
  if (values.length === 0) return;
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020();
  for (const [name, set] of values) {
    const param = Object.hasOwn(params, name) ? params[name] : undefined;
    if (!param) {
      const close = nearest(name, Object.keys(params));
      throw new InputError(
        `"${rule}" sets "${name}", which its check does not know`,
        at,
        `${close ? `did you mean "${close}"? ` : ''}parameters: ${Object.keys(params).join(', ') || 'none'}`,
      );
    }
    for (const value of isPerTier(set) ? Object.values(set) : [set]) {
      const trouble = misfit(ajv, param.schema, value);
      if (trouble !== undefined)
        throw new InputError(`"${rule}" sets "${name}" to a value its check refuses: ${trouble}`, at, param.doc);
    }
  }
}

/** Throws an InputError for a parameter that its schema lets pass and the check cannot use, for each tier that a value is given for; `at` places a parameter's value, or a spot in it. */
export function refuseFaults(
  rule: string,
  given: Readonly<Record<string, unknown>> | undefined,
  { params, faults }: Declared,
  at: (within: Within | undefined, key: string) => string,
): void {
  for (const tier of TIERS) {
    const values = Object.entries(params).map(([name, param]) => [name, forTier(given?.[name], tier) ?? param.default]);
    const [fault] = faults?.(Object.fromEntries(values) as Values<Params>) ?? [];
    if (!fault) continue;
    const perTier = isPerTier(given?.[fault.param]) ? `/tier${tier}` : '';
    throw new InputError(
      `"${rule}" sets "${fault.param}" to what its check cannot use: ${fault.message}`,
      at(fault.within, `${fault.param}${perTier}`),
      fault.fix,
    );
  }
}

/** The two members of ajv that are asked, so that it is loaded only where it is used. */
interface Validator {
  validate(schema: Readonly<Record<string, unknown>>, value: unknown): unknown;
  errorsText(): string;
}

/** Why a value does not fit; a plug-in's schema may be none. */
function misfit(ajv: Validator, schema: Readonly<Record<string, unknown>>, value: unknown): string | undefined {
  try {
    return ajv.validate(schema, value) === true ? undefined : ajv.errorsText();
  } catch (error) {
    return `its schema is none: ${error instanceof Error ? error.message : String(error)}`;
  }
}
