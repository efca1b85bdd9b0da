/** Builds an alert from what a Terraform resource says, so that each engine only names its attributes. */
import type { Place } from '../../../model.ts';
import type { Alert, Engine } from '../../alerts.ts';
import type { Maybe } from '../../known.ts';
import { list, word } from '../../plain-value.ts';
import { analyseQuery, type Comparison, NO_QUERY, type QueryFacts, signalsOf } from '../../queries/promql.ts';
import { hasMarks, replaceActions, withoutMarks } from '../../yaml/template-marks.ts';
import { asFlag, type Block, type Contents, maybeAs, type Nested, placeOf, textOf } from '../block.ts';
import { runbookIn } from './message.ts';

/** A label or a text of an alert; marked parts are filled in by Terraform only. */
export interface Note {
  readonly text: string;
  readonly at: Place;
}

/** What an engine says of one alert. */
export interface Draft {
  readonly engine: Engine;
  readonly name?: string | undefined;
  readonly at?: Place;
  readonly query?: Note | undefined;
  /** Metrics by name, where the query is not PromQL. */
  readonly metrics?: readonly string[];
  readonly isPromql?: boolean;
  /** What it is compared with, where the query is not PromQL. */
  readonly comparison?: Comparison | undefined;
  /** Where it says that it fires when no data arrive. */
  readonly silenceAt?: Place | undefined;
  /** Whether it counts events per time. */
  readonly counts?: boolean;
  readonly holds?: string | undefined;
  readonly labels?: Readonly<Record<string, Note | undefined>>;
  /** Labels there may be besides, unseen. */
  readonly openLabels?: boolean;
  readonly texts?: Readonly<Record<string, Note | undefined>>;
  /** Texts there may be besides, unseen. */
  readonly openTexts?: boolean;
  readonly sendsTo?: Maybe<readonly string[]> | undefined;
  readonly muted?: Alert['muted'] | undefined;
}

/** The alert. */
export function alertOf(block: Block, draft: Draft): Alert {
  const labels = present(draft.labels ?? {});
  const texts = present(draft.texts ?? {});
  const runbook = Object.hasOwn(texts, 'runbook_url') ? undefined : runbookOf(texts);
  const annotations = runbook ? { ...texts, runbook_url: runbook } : texts;
  const name = draft.name ?? block.name;
  const query = draft.query?.text ?? '';
  const at = draft.at ?? block.at;
  const facts = factsOf(draft, query);
  const { signals, multiWindow, from } = signalsOf(facts, withoutMarks(name), plain(labels));
  const { dialect, metrics, divided, ranges, comparisons, functions, ops } = facts;
  return {
    name: withoutMarks(name) || block.name,
    engine: draft.engine,
    expr: withoutMarks(query),
    dialect,
    metrics,
    divided,
    ranges,
    comparisons,
    functions,
    ops,
    signals,
    signalsFrom: from,
    multiWindow,
    ...(draft.holds !== undefined && { for: withoutMarks(draft.holds) }),
    labels: plain(labels),
    annotations: readable(annotations),
    group: block.type,
    file: at.path,
    at,
    exprAt: draft.query?.at ?? at,
    labelsAt: places(labels),
    annotationsAt: places(annotations),
    templated: [
      ...(hasMarks(name) ? ['name'] : []),
      ...(hasMarks(query) ? ['expr'] : []),
      ...(draft.openLabels ? ['labels'] : []),
      ...(draft.openTexts ? ['annotations'] : []),
      ...marked('labels', labels),
      ...marked('annotations', annotations),
    ],
    conditions: block.when === undefined ? [] : [block.when],
    ...(draft.sendsTo && { sendsTo: draft.sendsTo }),
    ...(draft.silenceAt && { silenceAt: draft.silenceAt }),
    ...(draft.muted && { muted: draft.muted }),
  };
}

function factsOf({ isPromql, metrics = [], counts, comparison }: Draft, query: string): QueryFacts {
  if (isPromql) return analyseQuery(withoutMarks(query));
  return {
    ...NO_QUERY,
    metrics: metrics.map((name) => ({ name: withoutMarks(name), matchers: [] })),
    functions: counts ? ['increase'] : [],
    comparisons: comparison ? [comparison] : [],
  };
}

function runbookOf(texts: Readonly<Record<string, Note>>): Note | undefined {
  for (const { text, at } of Object.values(texts)) {
    const found = runbookIn(text);
    if (found !== undefined) return { text: found, at };
  }
  return undefined;
}

/** An attribute's text and where it stands. */
export function noteOf(contents: Contents & { readonly at: Place }, name: string): Note | undefined {
  const text = textOf(contents, name);
  return text === undefined ? undefined : { text, at: placeOf(contents, name) };
}

/** A nested block's attribute, where the block is there once. */
export function noteIn(blocks: readonly Nested[], name: string): Note | undefined {
  const [first] = blocks;
  return first && noteOf(first, name);
}

/** Labels written as a map. */
export function labelsOf(contents: Contents & { readonly at: Place }, name: string): Readonly<Record<string, Note>> {
  const { value, at } = contents.attributes[name] ?? {};
  if (!at || typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, it]) => {
      const text = word(it);
      return text === undefined ? [] : [[withoutMarks(key), { text, at }]];
    }),
  );
}

/** Targets in attributes. A reference to something is a target; a whole list from elsewhere, under a name that ends in s, is not known. */
export function targetsOf(
  contents: Contents & { readonly at: Place },
  names: readonly string[],
): Maybe<readonly string[]> {
  const found: string[] = [];
  let via: 'literal' | 'values' | 'default' = 'literal';
  let at = contents.at;
  for (const name of names) {
    const attribute = contents.attributes[name];
    if (!attribute || attribute.value === null) continue;
    at = found.length > 0 ? at : attribute.at;
    if (typeof attribute.value === 'string' && hasMarks(attribute.value) && name.endsWith('s')) {
      return { opaque: withoutMarks(attribute.value), at: attribute.at };
    }
    const items = Array.isArray(attribute.value) ? attribute.value : [attribute.value];
    found.push(
      ...list(items)
        .flatMap((it) => word(it) || [])
        .map(withoutMarks),
    );
    if (attribute.via !== 'literal') via = attribute.via;
  }
  // What whoever applies it may still give is not nobody.
  if (found.length === 0 && via === 'default') return { opaque: 'a variable, empty by default', at };
  return { value: found, via, at };
}

/** Why an attribute switches it off; only where that is written down. */
export function offBy(contents: Contents & { readonly at: Place }, name: string, off = false): Alert['muted'] {
  const flag = maybeAs(contents, name, asFlag);
  if (!flag || !('value' in flag) || flag.value !== off || flag.via === 'default') return undefined;
  return { because: `${name} = ${off}`, at: flag.at };
}

function present(notes: Readonly<Record<string, Note | undefined>>): Readonly<Record<string, Note>> {
  return Object.fromEntries(Object.entries(notes).flatMap(([key, it]) => (it && it.text !== '' ? [[key, it]] : [])));
}

function plain(notes: Readonly<Record<string, Note>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(notes).map(([key, { text }]) => [key, withoutMarks(text)]));
}

/** A text whose words count where some of it is filled in; an address is shown as it is written. */
function readable(notes: Readonly<Record<string, Note>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(notes).map(([key, { text }]) => [
      key,
      key === 'runbook_url' ? withoutMarks(text) : replaceActions(text, () => '…'),
    ]),
  );
}

function places(notes: Readonly<Record<string, Note>>): Readonly<Record<string, Place>> {
  return Object.fromEntries(Object.entries(notes).map(([key, { at }]) => [key, at]));
}

function marked(part: 'labels' | 'annotations', notes: Readonly<Record<string, Note>>): readonly string[] {
  return Object.entries(notes).flatMap(([key, { text }]) => (hasMarks(text) ? [`${part}.${key}`] : []));
}
