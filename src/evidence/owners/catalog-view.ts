/** One document of a catalogue file as readers look at it: values by path, each with its place. Knows no format. */
import type { Place } from '../../model.ts';
import type { SourceFile } from '../collector.ts';
import { placeIn } from '../sources.ts';
import type { YamlDocument, YamlPath } from '../yaml/yaml.ts';

/** A value and where it stands. */
export interface Said {
  readonly value: string;
  /** The word in the file, where `value` is what it means to us. */
  readonly written?: string;
  readonly at: Place;
}

type Path = readonly (string | number)[];

/** A document whose root is a map. */
export interface View {
  readonly value: Readonly<Record<string, unknown>>;
  readonly at: Place;
  /** The text or number at a path. */
  look(...path: Path): Said | undefined;
  /** Keys of the map, or indexes of the list, at a path; 200 at most. */
  keys(...path: Path): readonly (string | number)[];
}

const LIMIT = 200;

/** The view of a document; undefined for one that is no map. */
export function viewOf(file: SourceFile, document: YamlDocument): View | undefined {
  const { value } = document;
  if (!isRecord(value)) return undefined;
  const place = (path: YamlPath): Place => {
    const { line, column } = document.at(path);
    return placeIn(file, line, column);
  };
  const find = (path: Path): unknown => path.reduce<unknown>((node, step) => member(node, step), value);
  return {
    value,
    at: place([]),
    look: (...path) => {
      const found = find(path);
      const isScalar = (typeof found === 'string' && found.trim() !== '') || typeof found === 'number';
      return isScalar ? { value: String(found), at: place(path) } : undefined;
    },
    keys: (...path) => {
      const found = find(path);
      if (Array.isArray(found)) return found.slice(0, LIMIT).map((_, index) => index);
      return isRecord(found) ? Object.keys(found).slice(0, LIMIT) : [];
    },
  };
}

function member(node: unknown, step: string | number): unknown {
  if (isRecord(node)) return Object.hasOwn(node, step) ? node[step] : undefined;
  return Array.isArray(node) ? node[Number(step)] : undefined;
}

/** Texts of a list, or one member of each of its maps. */
export function listOf({ look, keys }: View, path: Path, ...below: Path): readonly Said[] {
  return keys(...path).flatMap((key) => look(...path, key, ...below) ?? []);
}

/** Values under the keys of a map that a pattern matches. */
export function valuesLike({ look, keys }: View, path: Path, pattern: RegExp): readonly Said[] {
  return keys(...path).flatMap((key) => (pattern.test(String(key)) ? (look(...path, key) ?? []) : []));
}

/** Addresses of a list of links whose type, category, icon, title or name says a word. */
export function linksAbout({ look, keys }: View, path: Path, pattern: RegExp): readonly Said[] {
  return keys(...path).flatMap((key) => {
    const words = ['type', 'category', 'icon', 'title', 'name'].map((word) => look(...path, key, word)?.value ?? '');
    return words.some((word) => pattern.test(word)) ? (look(...path, key, 'url') ?? []) : [];
  });
}

/** Whether a value is a map. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
