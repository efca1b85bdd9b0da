/** Reads single values of an object: known with their origin and place, opaque where a template, a variable or a placeholder stands. */
import type { Place } from '../../model.ts';
import type { Maybe } from '../known.ts';
import { list, record, word } from '../plain-value.ts';
import { actionsIn, isOpaque, withoutMarks, type YamlPath } from '../yaml/yaml.ts';
import type { ManifestObject } from './manifest-object.ts';

/** The plain value at a path; undefined where nothing is. */
export function valueAt(object: Pick<ManifestObject, 'value'>, path: YamlPath): unknown {
  let value: unknown = object.value;
  for (const step of path) value = typeof step === 'number' ? list(value)[step] : record(value)[step];
  return value;
}

/** A whole or fractional number. */
export function numberAt(object: ManifestObject, path: YamlPath): Maybe<number> | undefined {
  return maybe(object, path, (value) => {
    if (typeof value === 'number') return value;
    return typeof value === 'string' && /^\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : undefined;
  });
}

/** Yes or no. */
export function flagAt(object: ManifestObject, path: YamlPath): Maybe<boolean> | undefined {
  return maybe(object, path, (value) => {
    if (typeof value === 'boolean') return value;
    return value === 'true' ? true : value === 'false' ? false : undefined;
  });
}

/** Text, or a number as text. */
export function textAt(object: ManifestObject, path: YamlPath): Maybe<string> | undefined {
  return maybe(object, path, (value) => {
    const text = word(value);
    return text === undefined || isPlaceholder(text) ? undefined : text;
  });
}

/** Something made of the value; opaque where `read` finds no sense in what is written. */
export function maybe<T>(
  object: ManifestObject,
  path: YamlPath,
  read: (value: unknown) => T | undefined,
): Maybe<T> | undefined {
  const value = valueAt(object, path);
  if (value === undefined || value === null || value === '') return undefined;
  const made = isOpaque(value) ? undefined : read(value);
  const at = object.at(path);
  if (made === undefined) return { opaque: shown(value), at };
  return { value: made, via: object.via(path), at };
}

/** A value that nobody wrote and the platform fills in. */
export function byDefault<T>(value: T, at: Place): Maybe<T> {
  return { value, via: 'default', at };
}

/** Whether a text is filled in before it is applied: `${TAG}`, `$TAG`, `<image>`, `%IMAGE%`, `__IMAGE__`, `@TAG@`. */
export function isPlaceholder(text: string): boolean {
  return (
    isOpaque(text) ||
    /\$\{|\$\(|(^|[:/@])\$\w|<[\w .:/-]+>|%\w+%|__\w+__|@[A-Z_]+@|\bREPLACE_?ME\b|_PLACEHOLDER\b/.test(text)
  );
}

/** Text of a value as the author wrote it, shortened for a sentence. */
export function shown(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value ?? null).slice(0, 80);
  return (actionsIn(value)[0] ?? withoutMarks(value)).slice(0, 80);
}
