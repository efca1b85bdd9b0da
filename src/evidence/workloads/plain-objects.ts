/** Kubernetes objects of plain files: several to a file, in lists and in OpenShift's templates. Reads no charts and applies no patches. */
import type { Place, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { list, record, word } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import { withoutMarks, type YamlDocument, type YamlPath } from '../yaml/yaml.ts';
import { type Setting, settingOf } from './environment.ts';
import { WANTED_KINDS } from './kinds.ts';
import type { ManifestObject } from './manifest-object.ts';
import { type Filled, filledTemplate } from './openshift-template.ts';

/** What reading objects has come across besides. */
export interface ObjectReading {
  readonly unread: Unread[];
  /** Files that hold objects. */
  readonly looked: Set<string>;
}

const KIND_KEY = /\bkind["']?[ \t]*:/;
const API_KEY = /\bapiVersion["']?[ \t]*:[ \t]*["']?[a-z{$]/i;
/** What runs containers, what belongs to them, and what wraps either. */
const WANTED = new RegExp(`\\bkind["']?[ \\t]*:[ \\t]*["']?(${WANTED_KINDS})["']?[ \\t]*(?:[#,}\\r\\n]|$)`, 'm');
/** JSON is mostly data; a large file of it is no object someone wrote. */
const JSON_CAP = 300_000;
/** Most levels of lists in lists, and most objects of one file. */
const MAX_NESTING = 3;
const MAX_OBJECTS = 5_000;

/** All objects of the service's plain files; `isTaken`: somebody else reads that file, e.g. as a chart's template. */
export function plainObjects(
  sources: Sources,
  reading: ObjectReading,
  isTaken: (path: string) => boolean,
): readonly ManifestObject[] {
  return sources.files
    .filter(({ path }) => isCandidate(path) && path !== sources.manifest.path && !isTaken(path))
    .flatMap((file) => objectsIn(file, sources, reading));
}

function isCandidate(path: string): boolean {
  return /\.(ya?ml|json)(\.(tmpl|tpl|gotmpl|j2|in|template|tftpl|envsubst))?$|\.(tmpl|tpl|gotmpl)$/i.test(path);
}

/** The objects of one file. What could not be read counts only where it would have been judged. */
export function objectsIn(file: SourceFile, sources: Sources, reading: ObjectReading): readonly ManifestObject[] {
  const unread: Unread[] = [];
  const text = sources.text(file, []);
  if (text === undefined || !KIND_KEY.test(text) || !API_KEY.test(text) || !WANTED.test(text)) return [];
  if (/\.json$/i.test(file.path) && text.length > JSON_CAP) return [];
  const setting = settingOf(file, sources.manifest);
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  if (!setting.aside) reading.unread.push(...unread);
  const objects = (parsed?.documents ?? []).flatMap((document) => unwrapped({ file, setting, document }, [], 0));
  if (objects.length > 0) reading.looked.add(file.path);
  return objects.slice(0, MAX_OBJECTS);
}

/** A document of a file, its template's parameters filled in. */
interface View {
  readonly file: SourceFile;
  readonly setting: Setting;
  readonly document: YamlDocument;
  readonly filled?: Filled;
}

function unwrapped(view: View, path: YamlPath, nesting: number): readonly ManifestObject[] {
  const value = record(at(view, path));
  const kind = word(value.kind) ?? '';
  if (kind === '' || kind === 'CustomResourceDefinition' || word(value.apiVersion) === undefined) return [];
  if (nesting < MAX_NESTING && kind === 'Template' && Array.isArray(value.objects) && path.length === 0) {
    const filled = filledTemplate(view.document.value);
    return list(value.objects).flatMap((_, index) => unwrapped({ ...view, filled }, ['objects', index], nesting + 1));
  }
  if (nesting < MAX_NESTING && kind.endsWith('List') && Array.isArray(value.items))
    return list(value.items).flatMap((_, index) => unwrapped(view, [...path, 'items', index], nesting + 1));
  return [objectAt(view, path, value)];
}

function at({ document, filled }: View, path: YamlPath): unknown {
  let value: unknown = filled?.value ?? document.value;
  for (const step of path) value = typeof step === 'number' ? list(value)[step] : record(value)[step];
  return value;
}

function objectAt(
  { file, setting, document, filled }: View,
  path: YamlPath,
  value: Readonly<Record<string, unknown>>,
): ManifestObject {
  const { name, namespace } = record(value.metadata);
  const when = document.conditions(path).map(withoutMarks).join(' and ');
  const [injected] = document.injected(path);
  const placed = (inner: YamlPath): Place => {
    const parameter = filled?.parameterAt([...path, ...inner]);
    const { line, column } = document.at(parameter ?? [...path, ...inner]);
    return placeIn(file, line, column);
  };
  return {
    apiVersion: word(value.apiVersion) ?? '',
    kind: word(value.kind) ?? '',
    name: withoutMarks(word(name) ?? ''),
    value,
    origin: '',
    at: placed,
    via: (inner) => (filled?.parameterAt([...path, ...inner]) ? 'values' : 'literal'),
    ...(word(namespace) !== undefined && { namespace: word(namespace) ?? '' }),
    ...setting,
    ...(injected !== undefined && { partial: `a template prints parts of it: ${injected.slice(0, 100)}` }),
    ...(when !== '' && { when }),
  };
}
