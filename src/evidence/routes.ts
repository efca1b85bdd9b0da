/** Alertmanager's receivers and routing trees, as files and as AlertmanagerConfig objects. Reads configuration; `route-match.ts` follows an alert through it. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { list, record, word } from './plain-value.ts';
import { type Receiver, receiverOf } from './routes/receiver.ts';
import { type MatcherText, parseMatcher } from './routes/route-matcher.ts';
import { isDocumentation, placeIn } from './sources.ts';
import { hasMarks, withoutMarks } from './yaml/template-marks.ts';
import { yamlTrouble } from './yaml/trouble.ts';
import { type Position, parseEmbedded, type YamlDocument, type YamlPath } from './yaml/yaml.ts';

/** One node of a routing tree. */
export interface Route {
  /** Name of the receiver; a parent's where it names none itself. Absent only where no ancestor names one. */
  readonly receiver?: string;
  readonly matchers: readonly MatcherText[];
  /** Some of its matchers could not be read, so that what it matches is not known. */
  readonly unclear: boolean;
  readonly continue: boolean;
  readonly routes: readonly Route[];
  readonly at: Place;
}

/** One configuration: a tree and the receivers it may lead to. */
export interface Routing {
  readonly source: 'file' | 'object';
  readonly receivers: readonly Receiver[];
  readonly route?: Route;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly routings: readonly Routing[];
}

const SNIFF = /\breceivers["']?[ \t]*:/;
const DEEPEST = 50;

export const collector = defineCollector<Facts>({
  summary:
    'Alertmanager configuration: files, Secrets, ConfigMaps and values that hold one, AlertmanagerConfig objects',
  parses: ['yaml'],
  collect(sources) {
    const unread: Unread[] = [];
    let looked = 0;
    const routings = candidates(sources).flatMap((file) => {
      const text = sources.text(file, []);
      if (text === undefined || !SNIFF.test(text)) return [];
      const found = inFile(file, sources, unread);
      looked += found.length > 0 ? 1 : 0;
      return found;
    });
    const note =
      routings.length === 1 ? '1 Alertmanager configuration' : `${routings.length} Alertmanager configurations`;
    return { facts: { routings }, looked: { files: looked, note }, unread, delegated: [] };
  },
});

/** The service's own files, and those of the evidence roots that its alerts come from. What documentation shows does not run. */
function candidates(sources: Sources): readonly SourceFile[] {
  const roots = new Set(
    (sources.manifest.claims.alerts?.sources ?? []).flatMap((it) => /^repo:([^/#][^#]*?)\/\//.exec(it)?.[1] ?? []),
  );
  const files = [...sources.files, ...[...roots].flatMap((root) => sources.filesOf(root))];
  return files.filter(
    (file) =>
      (file.class === 'source' || file.class === 'generated') &&
      /\.(ya?ml|tpl|json|tmpl)$/i.test(file.path) &&
      !isDocumentation(file.path),
  );
}

interface View {
  readonly document: YamlDocument;
  at(path: YamlPath): Place;
}

function inFile(file: SourceFile, sources: Sources, unread: Unread[]): readonly Routing[] {
  const parsed = sources.yaml(file, unread);
  const placed = ({ line, column }: Position): Place => placeIn(file, line, column);
  if (/alertmanager/i.test(file.path)) unread.push(...yamlTrouble(parsed, placed));
  return (parsed?.documents ?? []).flatMap((document) => {
    const view: View = { document, at: (path) => placed(document.at(path)) };
    return [...inDocument(view), ...embedded(document, placed)];
  });
}

/** The document itself, an object's `spec`, the members of a `List`, or a `config` within a chart's values. */
function inDocument(view: View): readonly Routing[] {
  const value = record(view.document.value);
  if (value.kind === 'AlertmanagerConfig') return fromConfig(record(value.spec), ['spec'], 'object', view);
  if (value.kind === 'CustomResourceDefinition') return [];
  if (Array.isArray(value.items)) {
    return list(value.items).flatMap((item, index) => {
      const isConfig = record(item).kind === 'AlertmanagerConfig';
      return isConfig ? fromConfig(record(record(item).spec), ['items', index, 'spec'], 'object', view) : [];
    });
  }
  const inValues = ['alertmanager', 'kube-prometheus-stack', 'prometheus'].flatMap((key) =>
    configsBelow(value[key], [key], 0, view),
  );
  return [...fromConfig(value, [], 'file', view), ...inValues];
}

function configsBelow(value: unknown, path: YamlPath, depth: number, view: View): readonly Routing[] {
  const here = fromConfig(record(value), path, 'file', view);
  if (here.length > 0 || depth > 3) return here;
  return Object.entries(record(value)).flatMap(([key, child]) => configsBelow(child, [...path, key], depth + 1, view));
}

/** Text in a ConfigMap's or Secret's data. */
function embedded(document: YamlDocument, placed: (position: Position) => Place): readonly Routing[] {
  const value = record(document.value);
  return ['data', 'stringData'].flatMap((key) =>
    Object.entries(record(value[key])).flatMap(([name, text]) => {
      if (typeof text !== 'string' || !SNIFF.test(text)) return [];
      return parseEmbedded(text).documents.flatMap((inner) => {
        const at = (path: YamlPath): Place => placed(document.inside([key, name], inner.at(path)));
        return fromConfig(record(inner.value), [], 'file', { document: inner, at });
      });
    }),
  );
}

/** A configuration that an Alertmanager says it runs; every value of it is told to be at one place. */
export function routingsOf(text: string, at: Place): readonly Routing[] {
  return parseEmbedded(text).documents.flatMap((document) =>
    fromConfig(record(document.value), [], 'file', { document, at: () => at }),
  );
}

/** An OpenTelemetry collector has `receivers` too: a map, and pipelines in place of a route. */
function fromConfig(
  config: Readonly<Record<string, unknown>>,
  path: YamlPath,
  source: Routing['source'],
  view: View,
): readonly Routing[] {
  if (!Array.isArray(config.receivers) || typeof config.route !== 'object' || config.route === null) return [];
  const receivers = list(config.receivers).flatMap((it, index) => {
    const receiver = receiverOf(
      record(it),
      isUnseen(view, [...path, 'receivers', index]),
      view.at([...path, 'receivers', index]),
    );
    return receiver ? [receiver] : [];
  });
  const route = routeOf(record(config.route), [...path, 'route'], undefined, 0, view);
  return [{ source, receivers, route, at: view.at([...path, 'route']) }];
}

function routeOf(
  value: Readonly<Record<string, unknown>>,
  path: YamlPath,
  inherited: string | undefined,
  depth: number,
  view: View,
): Route {
  const own = word(value.receiver);
  const receiver = own === undefined ? inherited : withoutMarks(own);
  const parsed = matchersOf(value);
  const children = depth < DEEPEST ? list(value.routes) : [];
  return {
    ...(receiver !== undefined && { receiver }),
    matchers: parsed.flatMap((it) => it ?? []),
    unclear: parsed.includes(undefined) || hasMarks(own) || isUnseen(view, path),
    continue: value.continue === true,
    routes: children.map((it, index) => routeOf(record(it), [...path, 'routes', index], receiver, depth + 1, view)),
    at: view.at(path),
  };
}

function isUnseen({ document }: View, path: YamlPath): boolean {
  return document.injected(path).length > 0;
}

/** All three ways of writing them; undefined for one that cannot be read. */
function matchersOf(value: Readonly<Record<string, unknown>>): readonly (MatcherText | undefined)[] {
  const equal = Object.entries(record(value.match)).map(([name, it]) => plainMatcher(name, '=', it));
  const regex = Object.entries(record(value.match_re ?? value.matchRe)).map(([name, it]) =>
    plainMatcher(name, '=~', it),
  );
  const texts = typeof value.matchers === 'string' ? [value.matchers] : list(value.matchers);
  return [...equal, ...regex, ...texts.flatMap((it) => fromText(it))];
}

function fromText(matcher: unknown): readonly (MatcherText | undefined)[] {
  if (typeof matcher === 'string') return hasMarks(matcher) ? [undefined] : parseMatcher(matcher);
  const { name, value, matchType, regex } = record(matcher);
  const op = word(matchType) ?? (regex === true ? '=~' : '=');
  return [plainMatcher(word(name) ?? '', op, value ?? '')];
}

function plainMatcher(label: string, op: string, value: unknown): MatcherText | undefined {
  const text = word(value);
  if (label === '' || text === undefined || hasMarks(text)) return undefined;
  return op === '=' || op === '!=' || op === '=~' || op === '!~' ? { label, op, value: text } : undefined;
}
