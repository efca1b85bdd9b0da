/** Makes what several collectors need once for one service, whoever asks first; where it is noted what a collector looked at, that holds for whatever is built on it. */
import type { Gathered } from '../model.ts';
import type { Collector, Sources } from './collector.ts';
import { builtOn, notesOf, type Used } from './used.ts';

interface Made {
  readonly value: unknown;
  readonly used?: Used;
  /** Plain data that reads nothing any more: it may outlive its sources. */
  lasting: boolean;
  /** Whether it is of earlier sources. */
  readonly kept: boolean;
}

const made = new WeakMap<Sources, Map<object, Made>>();

/** What `make` makes of a service's sources; `key` says of what kind it is, and has to be the same object each time. */
export function onceFor<T>(key: object, asked: Sources, make: (sources: Sources) => T): T {
  return entryFor(key, asked, make).value as T;
}

/** What the collector gathers. The parsers that it declares have to be declared by whoever builds on it, too. */
export function gatheredOnce<Facts>(collector: Collector<Facts>, sources: Sources): Promise<Gathered<Facts>> {
  const entry = entryFor(collector, sources, (its) => Promise.resolve(collector.collect(its)));
  const gathered = entry.value as Promise<Gathered<Facts>>;
  gathered.then(
    () => {
      entry.lasting = true;
    },
    () => undefined,
  );
  return gathered;
}

/** Takes over what was gathered from earlier sources of the same service, as far as a look at it now would show the same. Both are sources without notes. */
export function keepGathered(from: Sources, to: Sources, isSame: (used: Used) => boolean): void {
  const earlier = [...(made.get(from) ?? [])].filter(([, { lasting, used }]) => lasting && used && isSame(used));
  made.set(to, new Map(earlier.map(([key, it]) => [key, { ...it, kept: true }])));
}

/** How much was gathered from these sources, and how much of it was taken over. */
export function gatheredFrom(sources: Sources): { readonly all: number; readonly kept: number } {
  const lasting = [...(made.get(sources)?.values() ?? [])].filter((it) => it.lasting);
  return { all: lasting.length, kept: lasting.filter((it) => it.kept).length };
}

function entryFor<T>(key: object, asked: Sources, make: (sources: Sources) => T): Made {
  const notes = notesOf(asked);
  const base = notes?.base ?? asked;
  const its = made.get(base) ?? new Map<object, Made>();
  made.set(base, its);
  const entry = its.get(key) ?? newEntry(notes?.anew() ?? { sources: base }, make);
  its.set(key, entry);
  if (notes && entry.used) builtOn(notes.used, entry.used);
  return entry;
}

function newEntry<T>(
  { sources, used }: { readonly sources: Sources; readonly used?: Used },
  make: (sources: Sources) => T,
): Made {
  return { value: make(sources), ...(used && { used }), lasting: false, kept: false };
}
