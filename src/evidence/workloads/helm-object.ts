/** The Kubernetes objects in a template whose actions were decided: values put in, each with the place that says it. */
import type { Place } from '../../model.ts';
import { table } from '../../table.ts';
import type { SourceFile } from '../collector.ts';
import { list, record } from '../plain-value.ts';
import { placeIn } from '../sources.ts';
import { opaque, replaceActions } from '../yaml/template-marks.ts';
import { actionsIn, isOpaque, parseEmbedded, type YamlDocument, type YamlPath } from '../yaml/yaml.ts';
import type { Evaluated, Reference } from './helm-evaluate.ts';
import type { ChartValues } from './helm-values.ts';
import type { ManifestObject } from './manifest-object.ts';
import { filledTemplate } from './openshift-template.ts';

/** The template a document comes from. */
export interface RenderedFile {
  readonly file: SourceFile;
  readonly evaluated: Evaluated;
  readonly values: ChartValues;
  /** Stands for what a name cannot be known without: the chart's name. */
  readonly release: string;
}

/** What came of a document: its value, and what was put in where. */
interface Filled {
  /** By path, as JSON: the path in the values that what stands there comes from. */
  readonly origins: Map<string, YamlPath>;
  /** Unseen blocks among the members of a map. */
  readonly unseen: { readonly path: YamlPath; readonly source: string }[];
}

/** The objects of a template's document: one, or those of a list or of an OpenShift template. */
export function objectsOf(
  document: YamlDocument,
  rendered: RenderedFile,
  facts: Pick<ManifestObject, 'environment' | 'aside' | 'origin'>,
): readonly ManifestObject[] {
  const filled: Filled = { origins: new Map(), unseen: [] };
  const outer = document.conditions(['kind']);
  const value = fill(document.value, [], { document, rendered, filled, known: outer.length });
  const when = outer.map((condition) => sourceText(condition, rendered)).join(' and ');
  const shared = { ...facts, ...(when !== '' && { when }) };
  return unwrapped(value, []).flatMap((found) => {
    const kind = plainWord(found.value.kind);
    return kind === undefined ? [] : [objectAt(found, kind, { document, rendered, filled }, shared)];
  });
}

function objectAt(
  { value, base, parameterAt }: Wrapped,
  kind: string,
  { document, rendered, filled }: Omit<Filling, 'known'>,
  shared: Pick<ManifestObject, 'environment' | 'aside' | 'origin' | 'when'>,
): ManifestObject {
  const partial = partialOf(filled, base);
  const metadata = record(value.metadata);
  const pathOf = (path: YamlPath): YamlPath => parameterAt([...base, ...path]) ?? [...base, ...path];
  const apiVersion = plainWord(value.apiVersion) ?? '';
  return {
    apiVersion: apiVersion.includes('{{') ? (USUAL_VERSIONS[kind] ?? apiVersion) : apiVersion,
    kind,
    name: nameOf(metadata.name, rendered),
    ...(typeof metadata.namespace === 'string' && { namespace: metadata.namespace }),
    value: withNames(value, rendered),
    at: (path) => placeOf(pathOf(path), document, rendered, filled),
    via: (path) => (originOf(pathOf(path), filled) || parameterAt([...base, ...path]) ? 'values' : 'literal'),
    ...(partial !== undefined && { partial }),
    ...shared,
  };
}

/** What a kind's version is where a template asks the cluster for it. */
const USUAL_VERSIONS: Readonly<Record<string, string>> = table({
  Deployment: 'apps/v1',
  StatefulSet: 'apps/v1',
  DaemonSet: 'apps/v1',
  CronJob: 'batch/v1',
  Job: 'batch/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  PodDisruptionBudget: 'policy/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
});

interface Wrapped {
  readonly value: Readonly<Record<string, unknown>>;
  readonly base: YamlPath;
  readonly parameterAt: (path: YamlPath) => YamlPath | undefined;
}

/** Lists hold objects, and so do OpenShift's templates, whose parameters have defaults. */
function unwrapped(value: unknown, base: YamlPath): readonly Wrapped[] {
  const { kind, items, objects } = record(value);
  if (kind === 'List' && Array.isArray(items) && base.length < MAX_NESTING)
    return items.flatMap((item, index) => unwrapped(item, [...base, 'items', index]));
  if (kind !== 'Template' || !Array.isArray(objects) || base.length > 0)
    return [{ value: record(value), base, parameterAt: () => undefined }];
  const { value: template, parameterAt } = filledTemplate(value);
  return list(record(template).objects).map((it, index) => ({
    value: record(it),
    base: ['objects', index],
    parameterAt,
  }));
}

/** Longest path of lists in lists. */
const MAX_NESTING = 6;

interface Filling {
  readonly document: YamlDocument;
  readonly rendered: RenderedFile;
  readonly filled: Filled;
  /** How many conditions around it are told already. */
  readonly known: number;
}

function fill(value: unknown, path: YamlPath, filling: Filling): unknown {
  const conditions = path.length === 0 ? [] : filling.document.conditions(path);
  const undecided = conditions.slice(filling.known).map((condition) => `{{ ${condition} }}`);
  if (undecided.length > 0) return opaque(sourceText(undecided.join(' '), filling.rendered));
  if (typeof value === 'string') return fillText(value, path, filling);
  if (Array.isArray(value)) return fillList(value, path, filling);
  if (typeof value === 'object' && value !== null) return fillMap(record(value), path, filling);
  return value;
}

function fillMap(value: Readonly<Record<string, unknown>>, path: YamlPath, filling: Filling): unknown {
  const entries = Object.entries(value).map(([key, it]) => [key, fill(it, [...path, key], filling)] as const);
  const named = entries.map(([key, it]) => [keyText(key, filling.rendered), it] as const);
  const result = new Map(named.filter(([key]) => key !== '__proto__'));
  for (const { source, seen } of blocksAmong(Object.keys(value), path, filling)) {
    const printed = asYaml(seen)?.value;
    const key = Array.isArray(printed) ? onlyEmptyKey(result) : undefined;
    if (key !== undefined) put(result, key, printed, { path, from: seen?.from }, filling);
    else if (typeof printed === 'object' && printed !== null && !Array.isArray(printed))
      for (const [name, it] of Object.entries(printed))
        put(result, name, it, { path, from: seen?.from && [...seen.from, name] }, filling);
    else if (!Array.isArray(printed) || printed.length > 0) filling.filled.unseen.push({ path, source });
  }
  return Object.fromEntries(result);
}

/** A list may stand as far left as the key it belongs to. */
function onlyEmptyKey(members: ReadonlyMap<string, unknown>): string | undefined {
  const empty = [...members].filter(([, it]) => it === null);
  return empty.length === 1 ? empty[0]?.[0] : undefined;
}

function put(
  members: Map<string, unknown>,
  key: string,
  value: unknown,
  { path, from }: { readonly path: YamlPath; readonly from: YamlPath | undefined },
  { filled }: Filling,
): void {
  if ((members.get(key) ?? null) !== null) return;
  members.set(key, value);
  if (from) filled.origins.set(JSON.stringify([...path, key]), from);
}

function fillList(value: readonly unknown[], path: YamlPath, filling: Filling): unknown {
  const items = value.map((it, index) => fill(it, [...path, index], filling));
  for (const { source, seen } of blocksAmong([...value.keys()], path, filling)) {
    const printed = asYaml(seen)?.value;
    if (!Array.isArray(printed)) items.push(opaque(source));
    else
      for (const [index, item] of printed.entries()) {
        if (seen?.from) filling.filled.origins.set(JSON.stringify([...path, items.length]), [...seen.from, index]);
        items.push(item);
      }
  }
  return items;
}

/** Blocks that are printed among a map's members or a list's items, and not within one of them. */
function blocksAmong(
  keys: readonly (string | number)[],
  path: YamlPath,
  { document, rendered }: Filling,
): readonly { readonly source: string; readonly seen: Reference['seen'] | undefined }[] {
  const all = document.injected(path);
  if (all.length === 0) return [];
  const inner = new Set(keys.flatMap((key) => document.injected([...path, key])));
  return all
    .filter((source) => !inner.has(source))
    .map((source) => {
      const reference = referenceOf(source, rendered);
      return { source: reference?.source ?? source, seen: reference?.seen };
    });
}

function fillText(value: string, path: YamlPath, { rendered, filled }: Filling): unknown {
  const actions = actionsIn(value);
  if (actions.length === 0) return value;
  const rest = replaceActions(value, () => '').trim();
  const references = actions.map((action) => referenceOf(action, rendered));
  const last = references.at(-1);
  if (last?.seen.from && value.endsWith(opaque(actions.at(-1) ?? '')))
    filled.origins.set(JSON.stringify(path), last.seen.from);
  const [only] = references;
  if (rest === '' && actions.length === 1 && only)
    return only.block ? blockValue(only, filled, path) : asScalar(only.seen.value);
  const text = replaceActions(value, (action) => {
    const reference = referenceOf(action, rendered);
    const seen = reference?.seen.value;
    if (!reference || typeof seen === 'object') return opaque(sourceText(action, rendered));
    return String(seen);
  });
  // Nothing after the colon of an image: whoever deploys sets it.
  return text.endsWith(':') ? opaque(sourceText(value, rendered)) : text;
}

function blockValue(reference: Reference, { origins }: Filled, path: YamlPath): unknown {
  const printed = asYaml(reference.seen);
  if (!printed) origins.delete(JSON.stringify(path));
  return printed ? printed.value : opaque(reference.source);
}

/** What an action prints, read as YAML where it is text. */
function asYaml(seen: Reference['seen'] | undefined): { readonly value: unknown } | undefined {
  if (!seen) return undefined;
  if (typeof seen.value !== 'string' || !/[:\n]|^\s*-\s/.test(seen.value)) return { value: seen.value };
  const { documents, errors } = parseEmbedded(seen.value);
  return errors.length === 0 ? { value: documents[0]?.value ?? null } : undefined;
}

/** Words that YAML reads as numbers and truths once they are printed. */
function asScalar(value: unknown): unknown {
  if (typeof value !== 'string' || isOpaque(value)) return value;
  if (/^-?(0|[1-9]\d{0,14})$/.test(value)) return Number(value);
  return value === 'true' || value === 'false' ? value === 'true' : value;
}

function referenceOf(action: string, { evaluated }: RenderedFile): Reference | undefined {
  const index = /^\{\{ @(\d{1,7}) /.exec(action)?.[1];
  return index === undefined ? undefined : evaluated.references[Number(index)];
}

/** The author's words again for references to them. */
function sourceText(text: string, { evaluated }: RenderedFile): string {
  const plain = replaceActions(text, (action) => action);
  return plain.replace(
    /\{\{ @(\d{1,7}) [^}]*\}\}/g,
    (found, index: string) => evaluated.references[Number(index)]?.source ?? found,
  );
}

function keyText(key: string, { evaluated }: RenderedFile): string {
  return key.replace(/\{\{ @(\d{1,7}) [^}]*\}\}/g, (found, index: string) => {
    const seen = evaluated.references[Number(index)]?.seen.value;
    return typeof seen === 'object' || seen === undefined ? found : String(seen);
  });
}

function plainWord(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? replaceActions(value, (action) => action) : undefined;
}

function nameOf(name: unknown, { release }: RenderedFile): string {
  const known = typeof name === 'number' ? String(name) : typeof name === 'string' ? name : '';
  return replaceActions(known, () => release).replace(/\{\{[^}]*\}\}/g, release) || release;
}

/** Names by which objects of a chart find each other, told in the same way as the objects' own. */
function withNames(
  value: Readonly<Record<string, unknown>>,
  rendered: RenderedFile,
): Readonly<Record<string, unknown>> {
  const spec = record(value.spec);
  const target = record(spec.scaleTargetRef);
  if (!isOpaque(target.name)) return value;
  return { ...value, spec: { ...spec, scaleTargetRef: { ...target, name: nameOf(target.name, rendered) } } };
}

function originOf(path: YamlPath, { origins }: Filled): YamlPath | undefined {
  for (let length = path.length; length > 0; length--) {
    const origin = origins.get(JSON.stringify(path.slice(0, length)));
    if (origin) return [...origin, ...path.slice(length)];
  }
  return undefined;
}

function placeOf(
  path: YamlPath,
  document: YamlDocument,
  { file, evaluated, values }: RenderedFile,
  filled: Filled,
): Place {
  const origin = originOf(path, filled);
  const set = origin && values.at(origin);
  if (set) return set;
  const { line } = document.at(path);
  return placeIn(file, evaluated.lines[line - 1] ?? line);
}

/** Labels and the like decide nothing; anything else that is printed unseen may be what somebody looks for. */
function partialOf({ unseen }: Filled, base: YamlPath): string | undefined {
  const found = unseen.find(
    ({ path }) =>
      base.every((step, index) => path[index] === step) &&
      !/^(metadata|labels|annotations|matchLabels|nodeSelector|data|stringData)$/.test(String(path.at(-1) ?? '')),
  );
  return found && `${withoutMarksOf(found.source)} prints what only rendering shows`;
}

function withoutMarksOf(source: string): string {
  return replaceActions(source, (action) => action)
    .replace(/\s+/g, ' ')
    .trim();
}
