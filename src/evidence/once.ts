/** Lets a kind of evidence build on another: what a collector gathers from one service is gathered once, whoever asks first. */
import type { Gathered } from '../model.ts';
import type { Collector, Sources } from './collector.ts';

const gathered = new WeakMap<Sources, Map<Collector<unknown>, Promise<Gathered<unknown>>>>();

/** What the collector gathers. The parsers that it declares have to be declared by whoever builds on it, too. */
export function gatheredOnce<Facts>(collector: Collector<Facts>, sources: Sources): Promise<Gathered<Facts>> {
  const its = gathered.get(sources) ?? new Map<Collector<unknown>, Promise<Gathered<unknown>>>();
  gathered.set(sources, its);
  const known = its.get(collector) as Promise<Gathered<Facts>> | undefined;
  const made = known ?? Promise.resolve(collector.collect(sources));
  its.set(collector, made);
  return made;
}
