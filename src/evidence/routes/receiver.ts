/** One Alertmanager receiver: which services it tells, and whether one of them wakes a person. */
import type { Place } from '../../model.ts';
import { list, word } from '../plain-value.ts';
import { hasMarks, withoutMarks } from '../yaml/template-marks.ts';

/** A receiver. */
export interface Receiver {
  readonly name: string;
  /** Undefined where only a webhook is told: what stands behind it is not known here. */
  readonly wakes?: boolean;
  /** Whether anybody is told at all; a receiver without integrations drops what it is given. */
  readonly notifies: boolean;
  /** Integrations, e.g. `pagerduty` and `slack`. */
  readonly kinds: readonly string[];
  readonly at: Place;
}

/** Services that call or page a person until somebody answers. */
const PAGERS = new Set(['pagerduty', 'opsgenie', 'victorops', 'incidentio', 'pushover']);
/** Means that may end in a pager somewhere else. */
const UNKNOWN = new Set(['webhook', 'sns']);

/** Reads a receiver; undefined where it has no name. `unseen`: a template adds integrations that cannot be seen. */
export function receiverOf(value: Readonly<Record<string, unknown>>, unseen: boolean, at: Place): Receiver | undefined {
  const name = word(value.name);
  if (name === undefined) return undefined;
  const kinds = Object.entries(value).flatMap(([key, configs]) => {
    const kind = kindOf(key);
    return kind !== undefined && (list(configs).length > 0 || hasMarks(configs)) ? [kind] : [];
  });
  const wakes = wakesSomeone(kinds, unseen);
  const notifies = kinds.length > 0 || unseen;
  return { name: withoutMarks(name), ...(wakes !== undefined && { wakes }), notifies, kinds, at };
}

/** `pagerduty_configs` in files, `pagerdutyConfigs` in objects. */
function kindOf(key: string): string | undefined {
  return /^(\w+?)(?:_configs|Configs)$/.exec(key)?.[1]?.toLowerCase();
}

function wakesSomeone(kinds: readonly string[], unseen: boolean): boolean | undefined {
  if (kinds.some((kind) => PAGERS.has(kind))) return true;
  return unseen || kinds.some((kind) => UNKNOWN.has(kind)) ? undefined : false;
}
