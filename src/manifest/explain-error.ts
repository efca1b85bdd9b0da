/** The validator's errors about a manifest, boiled down to one helpful sentence for each thing that is wrong. */
import type { ErrorObject } from 'ajv';
import { nearest } from '../nearest.ts';
import type { ManifestProblem } from './manifest.ts';
import { below, member, type Positions, spoken, steps } from './pointer.ts';
import { homeOf } from './schema-homes.ts';
import { memberOf, type SchemaNode, SERVICE_SCHEMA, type Shape, shapeFor, shapesOf, typeName } from './schema-walk.ts';
import { expectationOf, foundWords, needsQuotes } from './schema-words.ts';

/** What is needed to say where and what. */
export interface Explained {
  readonly data: unknown;
  readonly positions: Positions;
  readonly path: string;
}

/** One problem for each thing that is wrong, in the order of the file. Never empty for a non-empty list of errors. */
export function explainErrors(errors: readonly ErrorObject[], subject: Explained): readonly ManifestProblem[] {
  const problems = new Map<string, ManifestProblem>();
  for (const error of errors) {
    const problem = explainError(error, subject);
    if (problem && !problems.has(problem.message)) problems.set(problem.message, problem);
  }
  if (problems.size === 0 && errors[0]) {
    const message = `the manifest does not fit its schema at \`${spoken(errors[0].instancePath) || 'the top'}\`: ${errors[0].message ?? errors[0].keyword}`;
    problems.set(
      message,
      problemAt(errors[0].instancePath, message, '`gonogo schema service` prints the schema.', subject),
    );
  }
  return [...problems.values()].sort(byPlace);
}

/** The parts of the schema that speak about a value: what it may be, what it is meant to be, and what it is for. */
interface Spoken {
  readonly value: unknown;
  readonly shapes: readonly Shape[];
  readonly shape: Shape | undefined;
  readonly purpose: string | undefined;
}

/** Undefined for an echo: an error about a form that the value is not meant to have. */
function explainError(
  { instancePath: at, keyword, params, propertyName }: ErrorObject,
  subject: Explained,
): ManifestProblem | undefined {
  const about = spokenAbout(at, subject.data);
  if (!about) return undefined;
  if (keyword === 'additionalProperties') return unknownKey(at, String(params.additionalProperty), about, subject);
  if (keyword === 'required') return missingKey(at, String(params.missingProperty), about, subject);
  if (keyword === 'propertyNames') return badName(at, String(params.propertyName), subject);
  // The pattern inside `propertyNames`, and the bare fact that no form fits where a more exact error says why.
  if (propertyName !== undefined || (keyword === 'anyOf' && about.shape)) return undefined;
  if (keyword === 'type' && about.shape && typeFits(about, params.type)) return undefined;
  return wrongValue(at, about, subject);
}

/** A type error is an echo when the value does have one of the types allowed, except that a fraction is no whole number. */
function typeFits({ shape, value }: Spoken, wanted: unknown): boolean {
  return shape?.node.type !== 'integer' || wanted !== 'integer' || Number.isInteger(value);
}

function spokenAbout(pointer: string, data: unknown): Spoken | undefined {
  let [node, value]: [SchemaNode | undefined, unknown] = [SERVICE_SCHEMA, data];
  for (const step of steps(pointer)) {
    const shape: Shape | undefined = shapeFor(node, value);
    node = shape && memberOf(shape, Array.isArray(value) ? Number(step) : step);
    value = member(value, step);
    if (!node) return undefined;
  }
  return { value, shapes: shapesOf(node), shape: shapeFor(node, value), purpose: node.description };
}

function unknownKey(at: string, key: string, { shape }: Spoken, subject: Explained): ManifestProblem | undefined {
  const known = keysOf(shape);
  if (!shape || known.includes(key)) return undefined;
  const pointer = below(at, key);
  const close = nearest(key, known);
  const elsewhere = close ? undefined : homeOf(key);
  const hint = close ? `; did you mean \`${close}\`?` : elsewhere ? `; it belongs in \`${elsewhere}\`` : '';
  const message = `${owner(at, subject.data)} has no key \`${shortened(key)}\`${hint}`;
  return problemAt(
    pointer,
    message,
    `${advice(close, elsewhere, known)}, or begin it with x- to keep it as your own.`,
    subject,
  );
}

function advice(close: string | undefined, elsewhere: string | undefined, known: readonly string[]): string {
  if (close) return `Rename it to \`${close}\``;
  if (elsewhere) return `Move it to \`${elsewhere}\``;
  return known.length > 12 ? 'Use a key that `gonogo schema service` knows' : `Use one of ${known.join(', ')}`;
}

function keysOf(shape: Shape | undefined): readonly string[] {
  return Object.keys(shape?.node.properties ?? {});
}

function missingKey(
  at: string,
  key: string,
  { shape, value }: Spoken,
  subject: Explained,
): ManifestProblem | undefined {
  if (!shape?.node.required?.includes(key)) return undefined;
  // Present under a mistyped name: that is said already.
  if (Object.keys(value ?? {}).some((given) => !keysOf(shape).includes(given) && nearest(given, keysOf(shape)) === key))
    return undefined;
  const child = memberOf(shape, key);
  const expected = child ? expectationOf(shapesOf(child)) : 'a value';
  const message = `${owner(at, subject.data)} has no \`${key}\`, which is required: expected ${expected}`;
  return problemAt(at, message, `Add \`${key}:\`. ${child?.description ?? ''}`.trim(), {
    ...subject,
    subjectOf: below(at, key),
  });
}

function badName(at: string, key: string, subject: Explained): ManifestProblem {
  const message = `\`${spoken(at, subject.data)}\` has the key ${foundWords(key)}; a key here is lower-case letters, digits and underscores, beginning with a letter`;
  return problemAt(below(at, key), message, 'Rename it, or begin it with x- to keep it as your own.', subject);
}

function wrongValue(at: string, { value, shapes, purpose }: Spoken, subject: Explained): ManifestProblem {
  const type = typeName(value);
  const meant = shapes.filter((shape) => shapeFor(shape.node, value));
  const expected = expectationOf(meant.length > 0 && type !== 'object' ? meant : shapes);
  const name = at === '' ? 'the manifest' : `\`${spoken(at, subject.data)}\``;
  const fix =
    needsQuotes(shapes, value) && expected.startsWith('some text')
      ? `Put it in quotes: ${JSON.stringify(String(value))}.`
      : whatBelongs(purpose, value, shapes);
  return problemAt(at, `${name} has to be ${expected}; found ${foundWords(value)}`, fix, subject);
}

function whatBelongs(purpose: string | undefined, value: unknown, shapes: readonly Shape[]): string {
  const words = shapes.flatMap(({ node }) => (node.enum ?? []).filter((word) => typeof word === 'string'));
  const close = typeof value === 'string' ? nearest(value, words) : undefined;
  if (close) return `Did you mean ${close}?`;
  return purpose ? `What belongs here: ${purpose}` : 'Correct the value.';
}

function owner(at: string, data: unknown): string {
  return at === '' ? 'the manifest' : `\`${spoken(at, data)}\``;
}

function shortened(key: string): string {
  return key.length > 60 ? `${key.slice(0, 59)}…` : key;
}

function problemAt(
  pointer: string,
  message: string,
  fix: string,
  subject: Explained & { readonly subjectOf?: string },
): ManifestProblem {
  const position = positionOf(pointer, subject.positions);
  return {
    message,
    fix,
    subject: subject.subjectOf ?? pointer,
    at: { path: subject.path, line: position[0], column: position[1] },
  };
}

/** Position of a key, or of the nearest thing around it. */
function positionOf(pointer: string, positions: Positions): readonly [number, number] {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const position = positions[at];
    if (position) return position;
  }
  return [1, 1];
}

/** Top to bottom of the file. */
export function byPlace(a: ManifestProblem, b: ManifestProblem): number {
  return (a.at.line ?? 0) - (b.at.line ?? 0) || (a.at.column ?? 0) - (b.at.column ?? 0);
}
