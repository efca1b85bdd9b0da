/** One policy file as it stands: checked against its schema, each value with its line. What it extends is not looked at. */
import semver from 'semver';
import type { GonogoPolicy } from '../generated/policy.ts';
import { validate } from '../generated/validate-policy.js';
import { InputError } from '../input-error.ts';
import { describeError, parseStrict } from '../manifest/parse.ts';
import type { Positions } from '../manifest/pointer.ts';
import type { Shelf } from '../repo/shelf.ts';
import { inFull, type Override } from './entry.ts';

/** Where a policy's file is. */
export interface PolicyAt {
  readonly shelf: Shelf;
  /** Path from the shelf. */
  readonly path: string;
}

/** What a policy file says, each severity written in full. */
export type PolicyFile = Omit<GonogoPolicy, 'rules'> & { readonly rules?: Readonly<Record<string, Override>> };

/** One policy file. */
export interface Layer extends PolicyAt {
  /** How a person calls it. */
  readonly name: string;
  readonly policy: PolicyFile;
  readonly positions: Positions;
}

/** A layer from its text; `version` is this gonogo's. Throws an InputError with file and line. */
export function parseLayer(at: PolicyAt, text: string, version: string): Layer {
  const name = at.shelf.label(at.path);
  const parsed = parseStrict(text, name);
  const { positions, problems } = parsed;
  if (problems[0])
    throw new InputError(
      `the policy is not readable: ${problems[0].message}`,
      `${name}:${problems[0].at.line ?? 1}`,
      problems[0].fix,
    );
  if (!validate(parsed.value)) {
    const { message, pointer } = describeError(validate.errors?.[0]);
    throw new InputError(
      `the policy does not fit its schema: ${message}`,
      `${name}:${positions[pointer]?.[0] ?? 1}`,
      '`gonogo schema policy` prints the schema',
    );
  }
  const layer: Layer = { ...at, name, policy: inWords(parsed.value as GonogoPolicy), positions };
  refuseVersion(layer, version);
  return layer;
}

function inWords({ rules, ...rest }: GonogoPolicy): PolicyFile {
  if (!rules) return rest;
  const full = Object.entries(rules).map(([id, it]) => [id, inFull<Override>(it)] as const);
  return { ...rest, rules: Object.fromEntries(full) };
}

/** `acme.yaml:12`, for a value of a layer by its JSON pointer, or for the nearest one around it that has a line. */
export function lineOf({ name, positions }: Pick<Layer, 'name' | 'positions'>, pointer: string): string {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const line = positions[at]?.[0];
    if (line !== undefined) return `${name}:${line}`;
  }
  return `${name}:1`;
}

function refuseVersion(layer: Layer, version: string): void {
  const range = layer.policy.requires;
  if (range === undefined) return;
  const at = lineOf(layer, '/requires');
  if (semver.validRange(range) === null)
    throw new InputError(
      `the policy requires "${range}", which is no range of versions`,
      at,
      'write e.g. requires: ">=0.1 <1"',
    );
  if (semver.satisfies(version, range, { includePrerelease: true })) return;
  throw new InputError(
    `the policy is written for gonogo ${range}, and this is ${version}`,
    at,
    'install a fitting gonogo, or ask the owner of the policy',
  );
}
