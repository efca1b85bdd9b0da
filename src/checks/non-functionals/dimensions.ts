/** The kinds of non-functional requirement that a service needs a number for, and what counts as a number for each. */
import type { Nfr, Nfrs } from '../../generated/service.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { percentOf, type Quantity, quantity, rateOf, timeOf, written } from '../quantity.ts';

/** What the manifest says about one kind of requirement. */
export type Answer =
  | { readonly kind: 'number'; readonly text: string; readonly pointer: string }
  | { readonly kind: 'no-number'; readonly trouble: string; readonly pointer: string }
  | { readonly kind: 'silent' };

interface Dimension {
  readonly name: string;
  /** What it is, for a sentence, and an example to copy. */
  readonly means: string;
  readonly example: string;
  /** Whether a requirement's name is about it. */
  readonly covers: RegExp;
  readonly accepts: (it: Quantity) => boolean;
  readonly unit: string;
}

/** Every kind by the name that a rule's parameter uses. A batch job's latency is the time until it is done. */
export const DIMENSIONS: readonly Dimension[] = [
  {
    name: 'availability',
    means: 'how much of the time or of the requests it serves',
    example: 'availability: { target: 99.95, window: 30d }',
    covers: /^availability$/,
    accepts: (it) => (percentOf(it) ?? 0) > 0,
    unit: 'a percentage',
  },
  {
    name: 'latency',
    means: 'how fast it answers',
    example: 'latency_p99: { target: 400ms, at: 300rps }',
    covers: /^latency|completion|duration|processing_time|freshness|lag$/,
    accepts: (it) => timeOf(it) !== undefined,
    unit: 'a time such as 400ms',
  },
  {
    name: 'throughput',
    means: 'how much load it sustains',
    example: 'throughput: { target: 300rps, peak: 180rps }',
    covers: /throughput/,
    accepts: (it) => rateOf(it) !== undefined,
    unit: 'a rate such as 300rps',
  },
  {
    name: 'error_rate',
    means: 'how many requests may fail',
    example: 'error_rate: 0.1',
    covers: /^error_rate$/,
    accepts: (it) => percentOf(it) !== undefined,
    unit: 'a percentage',
  },
  {
    name: 'capacity',
    means: 'which hard limits it can run into',
    example: 'capacity: { limits: [{ id: db-connections, limit: 400, warn_at: 300 }] }',
    covers: /^capacity/,
    accepts: () => true,
    unit: 'a number',
  },
  {
    name: 'data_loss',
    means: 'how much recent data a failure may cost',
    example: 'data_loss: 5m',
    covers: /^data_loss$/,
    accepts: (it) => it.value === 0 || timeOf(it) !== undefined,
    unit: 'a time such as 5m',
  },
];

/** What the manifest says about one kind: a number, something that is none, or nothing. */
export function answerFor(dimension: Dimension, claims: Claims): Answer {
  const named = Object.entries(claims.nfrs ?? {}).filter(
    ([name, nfr]) => dimension.covers.test(name) && nfr !== undefined,
  );
  const answers = named.map(([name, nfr]) => answerOf(dimension, name, nfr ?? {}));
  const number =
    answers.find(({ kind }) => kind === 'number') ?? (dimension.name === 'data_loss' ? fromStores(claims) : undefined);
  return number ?? answers[0] ?? { kind: 'silent' };
}

function answerOf(dimension: Dimension, name: string, { target, unit, limits = [] }: Nfr): Answer {
  const pointer = `/nfrs/${name}`;
  if (dimension.name === 'capacity' && limits.length > 0) {
    const vague = limits.find(({ limit }) => !quantity(limit));
    if (vague)
      return { kind: 'no-number', trouble: `the limit of ${vague.id}, "${vague.limit}", is no number`, pointer };
    return { kind: 'number', text: `${name} ${limits.map(({ id, limit }) => `${id} ${limit}`).join(', ')}`, pointer };
  }
  const number = quantity(target, unit);
  if (number && dimension.accepts(number)) return { kind: 'number', text: `${name} ${written(number)}`, pointer };
  if (target === undefined) return { kind: 'no-number', trouble: `${name} has no target`, pointer };
  const trouble = number
    ? `${name} ${written(number)} is not ${dimension.unit}`
    : `${name} "${target}" is no number, so no test can show that it is met`;
  return { kind: 'no-number', trouble, pointer };
}

/** A recovery point for every store says how much data may be lost; a service that says it keeps nothing loses nothing. */
function fromStores({ data }: Claims): Answer | undefined {
  if (!data?.stores) return undefined;
  const kept = data.stores.filter(({ ephemeral, derived }) => !ephemeral && !derived);
  if (kept.some(({ rpo }) => rpo === undefined)) return undefined;
  const text =
    kept.length === 0
      ? 'data_loss none, as nothing is kept'
      : kept.map(({ id, rpo }) => `${id} at most ${rpo}`).join(', ');
  return { kind: 'number', text, pointer: '/data/stores' };
}

/** A requirement that has a target, with its number. */
export interface Target {
  readonly name: string;
  readonly nfr: Nfr;
  readonly target: Quantity;
  readonly pointer: string;
}

/** The requirements whose target is a number. */
export function targetsOf(nfrs: Nfrs | undefined): readonly Target[] {
  return Object.entries(nfrs ?? {}).flatMap(([name, nfr]) => {
    const target = quantity(nfr?.target, nfr?.unit);
    return nfr && target ? [{ name, nfr, target, pointer: `/nfrs/${name}` }] : [];
  });
}
