/** Values at a path of a YAML, JSON or TOML file, with their lines. What a template decides, and what cannot be read, is said to be unread. */
import type { Place, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { placeIn } from '../sources.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { hasMarks } from '../yaml/template-marks.ts';
import type { FileAnswer, ValueAt } from './question.ts';
import { parseToml } from './toml.ts';
import { MOST, type Reached, reach, stepsOf } from './value-path.ts';

/** What is at the path; undefined where the file could not be read at all. */
export function valuesIn(
  file: SourceFile,
  text: string,
  path: string,
  sources: Sources,
  unread: Unread[],
): Pick<FileAnswer, 'values' | 'lacking'> | undefined {
  if (/\.toml$/i.test(file.path)) return tomlValues(file, text, path, unread);
  if (/\.(ya?ml|json)$/i.test(file.path)) return yamlValues(file, path, sources, unread);
  unread.push({ at: placeIn(file), reason: 'language', detail: 'it is not read as YAML, JSON or TOML' });
  return undefined;
}

function tomlValues(file: SourceFile, text: string, path: string, unread: Unread[]): ReturnType<typeof valuesIn> {
  const parsed = parseToml(text);
  if ('fault' in parsed) {
    unread.push({ at: placeIn(file, parsed.fault.line), reason: 'invalid-syntax', detail: parsed.fault.message });
    return undefined;
  }
  const { found, lacking, isCut } = reach(parsed.value, stepsOf(path));
  const placeOf = ({ path }: Reached): Place => placeIn(file, parsed.lineOf(path));
  const open = found.filter(({ value }) => isFilledIn(value));
  for (const it of open) unread.push(templated(placeOf(it)));
  if (isCut) unread.push(tooMany(file, path));
  return {
    values: found.filter((it) => !open.includes(it)).map((it) => ({ ...said(it), at: placeOf(it) })),
    lacking: lacking.map(placeOf),
  };
}

interface InDocument {
  readonly document: YamlDocument;
  readonly reached: Reached;
}

function yamlValues(file: SourceFile, path: string, sources: Sources, unread: Unread[]): ReturnType<typeof valuesIn> {
  const yaml = sources.yaml(file, unread);
  if (!yaml) return undefined;
  const [error] = yaml.errors;
  if (error)
    unread.push({ at: placeIn(file, error.line, error.column), reason: 'invalid-syntax', detail: error.message });
  if (yaml.documents.length === 0 && error) return undefined;
  const reaches = yaml.documents.map((document) => ({ document, ...reach(document.value, stepsOf(path)) }));
  if (reaches.some(({ isCut }) => isCut)) unread.push(tooMany(file, path));
  const inDocuments = (part: 'found' | 'lacking'): readonly InDocument[] =>
    reaches.flatMap(({ document, [part]: all }) => all.map((reached) => ({ document, reached })));
  const placeOf = ({ document, reached }: InDocument): Place => {
    const { line, column } = document.at(reached.path);
    return placeIn(file, line, column);
  };
  const found = inDocuments('found');
  const lacking = inDocuments('lacking');
  const open = found.filter(isDecidedElsewhere);
  // What a template prints, and what it prints only sometimes, is not known; nor is what it may print where nothing is.
  const unseen = yaml.templated ? [...open, ...lacking] : open;
  for (const it of unseen) unread.push(templated(placeOf(it)));
  if (yaml.templated && found.length === 0) unread.push(templated(placeIn(file)));
  return {
    values: found.filter((it) => !open.includes(it)).map((it) => ({ ...said(it.reached), at: placeOf(it) })),
    lacking: yaml.templated ? [] : lacking.map(placeOf),
  };
}

function tooMany(file: SourceFile, path: string): Unread {
  return { at: placeIn(file), reason: 'limit', detail: `${path} leads to more than ${MOST} values` };
}

function templated(at: Place): Unread {
  return { at, reason: 'template', detail: 'a template decides the value' };
}

/** A template's action in quotes is a text like any other to whoever parses the file, and it is not the text that will be there. */
function isFilledIn(value: unknown): boolean {
  return hasMarks(value) || (typeof value === 'string' && value.includes('{{'));
}

function isDecidedElsewhere({ document, reached }: InDocument): boolean {
  const { path, value } = reached;
  return (
    isFilledIn(value) ||
    document.conditions(path).length > 0 ||
    path.some((_, index) => document.injected(path.slice(0, index)).length > 0)
  );
}

function said({ pointer, value }: Reached): Omit<ValueAt, 'at'> {
  if (Array.isArray(value)) return { pointer, value: { holds: 'list', size: value.length } };
  if (value instanceof Date) return { pointer, value: value.toISOString() };
  if (typeof value === 'object' && value !== null)
    return { pointer, value: { holds: 'map', size: Object.keys(value).length } };
  return { pointer, value: scalarOf(value) };
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : String(value);
}
