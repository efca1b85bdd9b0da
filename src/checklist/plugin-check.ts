/** One check of a plug-in made into a check like any other: its shape is looked at, what it throws and whatever odd it answers become "unknown". */
import { type Check, type Kind, type Subject, unknown } from '../checks/define.ts';
import type { Builder, Params } from '../checks/params.ts';
import { COLLECTORS } from '../generated/evidence.ts';
import { InputError } from '../input-error.ts';
import type { Assessment, Place, Problem, Standing } from '../model.ts';
import { nearest } from '../nearest.ts';

/** What a person calls the module, and the line that names it. */
interface From {
  readonly name: string;
  readonly at: string;
}

/** The check; throws an InputError where it has not the shape of one. */
export function checkFrom(id: string, value: unknown, from: From): Check {
  const refuse = (what: string, hint: string): InputError =>
    new InputError(`the check "${id}" of ${from.name} ${what}`, from.at, hint);
  if (!/^[a-z][a-z0-9-]*\/[a-z][a-z0-9-]*$/.test(id))
    throw refuse('has no fitting id', 'write an area and a name, e.g. acme/on-call-rota');
  const { summary, needs = [], params = {}, assess, ofClaims, claimOnly, ofOwnFiles } = record(value);
  if (typeof summary !== 'string' || summary.trim() === '')
    throw refuse('has no summary', 'say in a sentence how it looks');
  if (typeof assess !== 'function') throw refuse('has no function `assess`', 'give it one that answers an assessment');
  if (!Array.isArray(needs)) throw refuse('has `needs` that are no list', 'name kinds of evidence, or leave it out');
  const odd = needs.find((kind) => typeof kind !== 'string' || !Object.hasOwn(COLLECTORS, kind));
  if (odd !== undefined) {
    const word = typeof odd === 'string' ? odd : typeof odd;
    const close = nearest(word, Object.keys(COLLECTORS));
    throw refuse(
      `needs "${word}", which is no kind of evidence`,
      close ? `did you mean "${close}"?` : `there are: ${Object.keys(COLLECTORS).join(', ')}`,
    );
  }
  const flawed = Object.entries(record(params)).find(([, param]) => !isParam(param))?.[0];
  if (flawed !== undefined)
    throw refuse(`has a parameter "${flawed}" that is none`, 'give each { doc, default, schema }');
  return {
    summary,
    needs: [...new Set(needs as readonly Kind[])],
    params: record(params) as Params,
    ...(ofClaims === true && { ofClaims }),
    ...(claimOnly === true && { claimOnly }),
    ...(ofOwnFiles === true && { ofOwnFiles }),
    assess: (subject) => assessment(assess as (subject: unknown) => unknown, subject, `${id} of ${from.name}`),
  };
}

function isParam(value: unknown): value is Builder<unknown> {
  const { doc, schema } = record(value);
  return typeof doc === 'string' && typeof schema === 'object' && schema !== null && 'default' in record(value);
}

/** What the check answers about copies: nothing it does to them reaches another rule. */
function assessment(assess: (subject: unknown) => unknown, subject: Subject<Kind, Params>, who: string): Assessment {
  try {
    const { at, ...data } = subject;
    const answer = assess({ ...structuredClone(data), at });
    return fitting(answer) ?? unknown(`the plug-in's check ${who} answered nothing that is an assessment`);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return unknown(`the plug-in's check ${who} failed: ${message.slice(0, 300)}`);
  }
}

const STANDINGS: readonly string[] = [
  'verified',
  'declared',
  'contradicted',
  'stale',
  'missing',
  'unknown',
  'not-applicable',
] satisfies readonly Standing[];

/** The assessment in a value, with nothing beyond; undefined where it is none. */
function fitting(value: unknown): Assessment | undefined {
  // A promise that nobody waits for would end the run when it is broken.
  if (value instanceof Promise) value.catch(() => undefined);
  const { standing, because, claim, evidence = [], problems = [] } = record(value);
  if (typeof standing !== 'string' || !STANDINGS.includes(standing)) return undefined;
  if (typeof because !== 'string' || because.trim() === '') return undefined;
  if (!Array.isArray(evidence) || !Array.isArray(problems)) return undefined;
  const places = evidence.map(placeFrom);
  const named = problems.map(problemFrom);
  const claimed = claim === undefined ? undefined : placeFrom(claim);
  if (places.includes(undefined) || named.includes(undefined) || (claim !== undefined && !claimed)) return undefined;
  return {
    standing: standing as Standing,
    because,
    ...(claimed && { claim: claimed }),
    evidence: places.flatMap((it) => it ?? []),
    problems: named.flatMap((it) => it ?? []),
  };
}

function placeFrom(value: unknown): Place | undefined {
  const { path, line, column, root } = record(value);
  if (typeof path !== 'string') return undefined;
  return {
    path,
    ...(isCount(line) && { line }),
    ...(isCount(column) && { column }),
    ...(typeof root === 'string' && { root }),
  };
}

function problemFrom(value: unknown): Problem | undefined {
  const { message, at, fix, subject } = record(value);
  const place = at === undefined ? undefined : placeFrom(at);
  if (typeof message !== 'string' || message.trim() === '' || (at !== undefined && !place)) return undefined;
  return {
    message,
    ...(place && { at: place }),
    ...(typeof fix === 'string' && { fix }),
    ...(typeof subject === 'string' && { subject }),
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
