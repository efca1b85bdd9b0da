/** What the readers of Terraform's stores share: their common fields, flags with a default, what refers to what. */
import type { Place } from '../../model.ts';
import { isKnown, type Maybe } from '../known.ts';
import { asFlag, asNumber, type Block, type Contents, maybeAs, nested, spoken, textOf } from '../terraform/block.ts';
import { byDefault } from '../workloads/object-value.ts';
import { hasMarks, withoutMarks } from '../yaml/template-marks.ts';
import type { Backup, Safeguard, Store } from './store.ts';

/** Attributes by which a resource is known outside of Terraform. */
const NAMES = [
  'identifier',
  'cluster_identifier',
  'name',
  'bucket',
  'db_name',
  'database_name',
  'domain_name',
  'creation_token',
];

/** The fields that every store has; the rest is the reader's. */
export function storeOf(
  block: Block,
  about: Pick<Store, 'product' | 'kind'> & Partial<Pick<Store, 'backups' | 'safeguards' | 'copies' | 'expiries'>>,
): Store {
  const written = NAMES.flatMap((name) => textOf(block, name) ?? []);
  return {
    name: block.name,
    names: [block.name, ...written.filter((it) => !hasMarks(it))],
    basis: 'defined',
    by: block.type,
    backups: [],
    copies: [],
    expiries: [],
    ...about,
    safeguards: [...lifecycleOf(block), ...(about.safeguards ?? [])],
    ...(block.when !== undefined && { when: block.when }),
    at: block.at,
  };
}

/** `prevent_destroy`: Terraform refuses a plan that would destroy it. */
function lifecycleOf(block: Block): readonly Safeguard[] {
  return nested(block, 'lifecycle').flatMap((it) => {
    const holds = maybeAs(it, 'prevent_destroy', asFlag);
    return holds ? [{ by: 'prevent_destroy', holds, at: it.attributes.prevent_destroy?.at ?? it.at }] : [];
  });
}

/** A flag of an attribute that protects, or the platform's default for it. */
export function safeguard(
  block: Contents & { readonly at: Place },
  by: string,
  standard: boolean,
  means = true,
): Safeguard {
  const found = maybeAs(block, by, asFlag);
  const at = block.attributes[by]?.at ?? block.at;
  const holds = found ? changed(found, (value) => value === means) : byDefault(standard, at);
  return { by: means ? by : `${by} = false`, holds, at };
}

/** Something on or off by a number of days: none is off. */
export function byDays(
  contents: Contents & { readonly at: Place },
  by: string,
  standard: number,
): Pick<Backup, 'by' | 'on' | 'retention' | 'at'> {
  const at = contents.attributes[by]?.at ?? contents.at;
  const found = maybeAs(contents, by, asNumber) ?? byDefault(standard, at);
  return { by, on: changed(found, (days) => days > 0), retention: changed(found, (days) => `${days}d`), at };
}

/** The same knowledge of something made from it. */
export function changed<T, U>(known: Maybe<T>, change: (value: T) => U): Maybe<U> {
  return isKnown(known) ? { ...known, value: change(known.value) } : known;
}

/** A flag in a nested block, or what holds where there is none. */
export function flagIn(contents: Contents & { readonly at: Place }, name: string, standard: boolean): Maybe<boolean> {
  return maybeAs(contents, name, asFlag) ?? byDefault(standard, contents.at);
}

/** Whether an attribute refers to a resource: `aws_s3_bucket.uploads.id`, or its name in so many words. */
export function refersTo(contents: Contents, attribute: string, { type, name, attributes }: Block): boolean {
  const value = contents.attributes[attribute]?.value;
  if (value === undefined || value === null) return false;
  const text = withoutMarks(typeof value === 'string' ? value : JSON.stringify(value));
  const own = attributes.bucket?.value ?? attributes.name?.value;
  return new RegExp(`\\b${type}\\.${name}(?![\\w-])`).test(text) || (typeof own === 'string' && spoken(own) === text);
}

/** What a resource beside a store says, as far as it is certain that the resource exists. */
export function where<T>({ when, at }: Pick<Block, 'when' | 'at'>, said: Maybe<T>): Maybe<T> {
  return when === undefined ? said : { opaque: when, at };
}

/** Whether two resources come from different providers, so that they are in different regions or accounts. */
export function isElsewhere(one: Contents, other: Contents): boolean {
  const [a, b] = [one, other].map(({ attributes }) => spoken(attributes.provider?.value ?? ''));
  return a !== b;
}

/** Blocks of a type that are there, or may be. */
export function resources(blocks: readonly Block[], type: string): readonly Block[] {
  return blocks.filter((it) => it.kind === 'resource' && it.type === type && it.absent === undefined);
}
