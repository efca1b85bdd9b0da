/** Datadog monitors and synthetic tests. Their message names whom it tells. */
import type { Place } from '../../../model.ts';
import type { Alert } from '../../alerts.ts';
import type { Maybe } from '../../known.ts';
import { list, record, word } from '../../plain-value.ts';
import type { Comparison } from '../../queries/promql.ts';
import { actionsIn, hasMarks, replaceActions, withoutMarks } from '../../yaml/template-marks.ts';
import { type Block, type Contents, nested, placeOf, textOf } from '../block.ts';
import { alertOf, type Draft, type Note, noteOf } from './draft.ts';
import { handlesIn, tellsSteps } from './message.ts';

/** Monitors among the blocks of one repository. */
export function datadogAlerts(blocks: readonly Block[]): readonly Alert[] {
  const rules = blocks.find(({ type }) => /^datadog_monitor_(notification_rule|config_policy)$/.test(type));
  return blocks.flatMap((block) => {
    if (block.type === 'datadog_monitor' || block.type === 'datadog_synthetics_test') {
      return [alertOf(block, draftOf(block, rules))];
    }
    return block.type === 'datadog_monitor_json' ? fromJson(block, rules) : [];
  });
}

function draftOf(block: Block, rules: Block | undefined): Draft {
  const message = noteOf(block, 'message');
  const escalation = noteOf(block, 'escalation_message');
  const options = nested(block, 'options_list')[0];
  const priority = noteOf(block, 'priority') ?? (options && noteOf(options, 'monitor_priority'));
  const query = noteOf(block, 'query');
  return {
    engine: 'datadog',
    name: textOf(block, 'name') ?? (options && textOf(options, 'monitor_name')),
    query,
    metrics: metricsIn(query?.text ?? ''),
    comparison: comparisonIn(query?.text ?? ''),
    silenceAt: silenceOf(block),
    counts: /\.as_(count|rate)\(\)/.test(query?.text ?? ''),
    holds: lasting(query?.text ?? ''),
    ...labelled(priority, block),
    texts: textsIn(message, escalation),
    sendsTo: toldBy([message, escalation], block.at, rules),
  };
}

function textsIn(message: Note | undefined, escalation: Note | undefined): NonNullable<Draft['texts']> {
  const steps = message && tellsSteps(message.text) ? message : undefined;
  return { message, escalation_message: escalation, action: steps };
}

/** Priority 1 to 5, and tags such as `severity:high`. */
function labelled(
  priority: Note | undefined,
  block: Contents & { readonly at: Place },
): Pick<Draft, 'labels' | 'openLabels'> {
  const { value, at = block.at } = block.attributes.tags ?? {};
  const tags = list(value).flatMap((it) => word(it) ?? []);
  const pairs = tags.flatMap((tag) => {
    const [, key, text] = /^([\w.-]+):(.+)$/s.exec(tag) ?? [];
    return key !== undefined && text !== undefined ? [[key, { text, at }] as const] : [];
  });
  const isOpen = typeof value === 'string' || tags.some((tag) => hasMarks(tag) && !/^[\w.-]+:/.test(tag));
  return {
    labels: {
      ...Object.fromEntries(pairs),
      priority: priority && (/^[1-5]$/.test(priority.text) ? { ...priority, text: `P${priority.text}` } : priority),
    },
    openLabels: isOpen,
  };
}

/** The handles of the message; none at all is known only where every word of it is. */
function toldBy(notes: readonly (Note | undefined)[], at: Place, rules: Block | undefined): Maybe<readonly string[]> {
  const written = notes.filter((it) => it !== undefined);
  const handles = written.flatMap(({ text }) => handlesIn(replaceActions(text, () => '_')));
  const place = written[0]?.at ?? at;
  if (handles.length > 0) return { value: handles, via: 'literal', at: place };
  const [hidden] = written.flatMap(({ text }) => actionsIn(text));
  if (hidden !== undefined) return { opaque: hidden, at: place };
  if (rules) return { opaque: `${rules.type} "${rules.name}"`, at: rules.at };
  return { value: [], via: 'literal', at: place };
}

const METRIC = /\b(?:avg|sum|min|max|count|p\d{2}|anomalies)\s*:\s*([a-zA-Z][\w.]{2,200})\s*\{/g;

function metricsIn(query: string): readonly string[] {
  const names = [...query.slice(0, 20_000).matchAll(METRIC)].map(([, name = '']) => name);
  return [...new Set(names.map((name) => (/\bsqs\b/.test(name) ? `${name} queue` : name)))];
}

/** `avg(last_5m):` */
function lasting(query: string): string | undefined {
  return /\blast_?\(?"?(\d+[smhdw])/.exec(query)?.[1];
}

/** The threshold at the end of a query. */
function comparisonIn(query: string): Comparison | undefined {
  const [, op, number] = /([<>]=?)\s{0,9}(-?\d{1,15}(?:\.\d{1,9})?)\s{0,9}$/.exec(query.slice(-60)) ?? [];
  return op === undefined ? undefined : { op: op as Comparison['op'], number: Number(number) };
}

function silenceOf(block: Block): Place | undefined {
  if (textOf(block, 'notify_no_data') === 'true' || block.attributes.notify_no_data?.value === true)
    return placeOf(block, 'notify_no_data');
  return textOf(block, 'on_missing_data') === 'show_and_notify_no_data' ? placeOf(block, 'on_missing_data') : undefined;
}

/** A monitor as its API takes it. */
function fromJson(block: Block, rules: Block | undefined): readonly Alert[] {
  const { value, at = block.at } = block.attributes.monitor ?? {};
  const monitor = record(typeof value === 'string' ? parsed(value) : value);
  const note = (key: string): Note | undefined => {
    const text = word(monitor[key]);
    return text === undefined ? undefined : { text, at };
  };
  if (note('query') === undefined) return [];
  const tags = {
    attributes: { tags: { value: list(monitor.tags) as readonly string[], via: 'literal', at } },
    blocks: [],
    at,
  } as const;
  const query = note('query');
  return [
    alertOf(block, {
      engine: 'datadog',
      name: word(monitor.name),
      query,
      metrics: metricsIn(query?.text ?? ''),
      holds: lasting(query?.text ?? ''),
      ...labelled(note('priority'), tags),
      texts: textsIn(note('message'), undefined),
      sendsTo: toldBy([note('message')], at, rules),
    }),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(withoutMarks(text));
  } catch {
    return undefined;
  }
}
