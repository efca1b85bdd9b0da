/** Gathers the kinds of evidence that were asked for, each once; a collector that throws is our bug and spoils its kind alone. */
import { COLLECTORS, type Evidence } from '../generated/evidence.ts';
import type { Gathered } from '../model.ts';
import type { Collector, Sources } from './collector.ts';
import { gatheredOnce } from './once.ts';
import type { Parsers } from './sources.ts';

/** Kinds that collectors gather; `judged` comes from the verdict. */
export type CollectedKind = keyof typeof COLLECTORS;

/** The evidence that could be gathered, and for the other kinds what went wrong in us. */
export interface Harvest {
  readonly evidence: Partial<Evidence>;
  readonly failures: ReadonlyMap<string, Error>;
}

/** Gathers kinds in the order given. */
export async function gather(kinds: readonly CollectedKind[], sources: Sources, parsers: Parsers): Promise<Harvest> {
  const evidence: Record<string, Gathered<unknown>> = {};
  const failures = new Map<string, Error>();
  for (const kind of kinds) {
    try {
      const collector: Collector<unknown> = await COLLECTORS[kind]();
      await loadParsers(collector, parsers);
      evidence[kind] = await gatheredOnce(collector, sources);
    } catch (error) {
      failures.set(kind, error instanceof Error ? error : new Error(String(error)));
    }
  }
  return { evidence: evidence as Partial<Evidence>, failures };
}

async function loadParsers(collector: Collector<unknown>, parsers: Parsers): Promise<void> {
  if (collector.parses?.includes('yaml')) parsers.yaml ??= (await import('./yaml/yaml.ts')).parseYaml;
  if (collector.parses?.includes('markdown')) parsers.markdown ??= (await import('./pages/markdown.ts')).parseMarkdown;
}
