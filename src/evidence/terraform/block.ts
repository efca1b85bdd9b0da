/** One resource as facts: attributes as plain values, nested blocks, places. Text that only Terraform can fill in is marked as opaque. */
import type { Place } from '../../model.ts';
import { isKnown, type Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import { hasMarks, withoutMarks } from '../yaml/template-marks.ts';

/** Plain data; strings may hold marked parts that only Terraform can fill in. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** What an attribute comes to. */
export interface Attribute {
  readonly value: Value;
  /**
   * `literal`: written there, or in a local. `values`: a tfvars file or the module's caller fills it in.
   * `default`: the default of a variable that whoever applies it may set.
   */
  readonly via: 'literal' | 'values' | 'default';
  readonly at: Place;
}

/** A block's contents. */
export interface Contents {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: readonly Nested[];
}

/** A block within a resource. `dynamic` ones are there as often as an expression says. */
export interface Nested extends Contents {
  readonly type: string;
  readonly dynamic: boolean;
  readonly at: Place;
}

/** One resource or data source. */
export interface Block extends Contents {
  readonly kind: 'resource' | 'data';
  /** E.g. `aws_sqs_queue`. */
  readonly type: string;
  readonly name: string;
  /** Folder of the module it is in. */
  readonly folder: string;
  /** Why it is not there: it is counted to none, in so many words. */
  readonly absent?: string;
  /** The expression that decides whether it is there, where that cannot be told. */
  readonly when?: string;
  readonly at: Place;
}

/** A module that is called, with what it is given. */
export interface ModuleCall extends Contents {
  readonly name: string;
  readonly source: string;
  readonly folder: string;
  readonly at: Place;
}

/** Nested blocks of a type. */
export function nested({ blocks }: Contents, type: string): readonly Nested[] {
  return blocks.filter((it) => it.type === type);
}

/** An attribute as a value whose text is wholly known, or what stands there instead; undefined where nothing does. */
function maybe(contents: Contents, name: string): Maybe<Value> | undefined {
  const attribute = contents.attributes[name];
  if (!attribute || attribute.value === null) return undefined;
  const { value, via, at } = attribute;
  return isOpen(value)
    ? { opaque: spoken(value), at }
    : { value, via: via === 'values' ? 'values' : via === 'default' ? 'default' : 'literal', at };
}

/** The same where it has to be of a shape; anything else counts as unreadable. */
export function maybeAs<T>(
  contents: Contents,
  name: string,
  convert: (value: Value) => T | undefined,
): Maybe<T> | undefined {
  const found = maybe(contents, name);
  if (!found || !isKnown(found)) return found;
  const value = convert(found.value);
  return value === undefined ? { opaque: spoken(found.value), at: found.at } : { ...found, value };
}

/** A text attribute, opaque parts included as written; undefined for none. */
export function textOf(contents: Contents, name: string): string | undefined {
  return word(contents.attributes[name]?.value);
}

/** Where an attribute stands, or else the block. */
export function placeOf(contents: Contents & { readonly at: Place }, name: string): Place {
  return contents.attributes[name]?.at ?? contents.at;
}

/** `true` and "true". */
export function asFlag(value: Value): boolean | undefined {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'boolean' ? value : undefined;
}

/** `3` and "3". */
export function asNumber(value: Value): number | undefined {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' ? number : undefined;
}

/** Whether some of it is filled in by Terraform only. */
export function isOpen(value: Value): boolean {
  if (typeof value === 'string') return hasMarks(value);
  return (
    list(value).some((it) => isOpen(it as Value)) || Object.values(record(value)).some((it) => isOpen(it as Value))
  );
}

/** A value as one would write it, marks removed. */
export function spoken(value: Value): string {
  return withoutMarks(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 200);
}
