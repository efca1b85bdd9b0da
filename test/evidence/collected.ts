/** Runs a collector over a small repository in memory, for tests of collectors. */
import type { Collector } from '../../src/evidence/collector.ts';
import { openReading, openSources } from '../../src/evidence/sources.ts';
import { parseYaml } from '../../src/evidence/yaml/yaml.ts';
import { loadManifest } from '../../src/manifest/load.ts';
import type { Gathered, Place } from '../../src/model.ts';
import { memoryRepo } from '../../src/repo/memory.ts';

/** What may surround the files. */
export interface Surroundings {
  /** Lines that the manifest has besides the least it needs. */
  readonly manifest?: string;
  /** Files of further evidence roots, by the root's name. */
  readonly roots?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const LEAST = `apiVersion: gonogo/v1
kind: Service
name: payments-api
description: Takes card payments for the web shop.
owner: payments
tier: 2
stage: live
`;

/** What a collector gathers; its facts have to survive a JSON round trip. */
export async function collected<Facts>(
  collector: Collector<Facts>,
  files: Readonly<Record<string, string>>,
  { manifest = '', roots = {} }: Surroundings = {},
): Promise<Gathered<Facts>> {
  const repo = memoryRepo({ files: { 'gonogo.yaml': LEAST + manifest, ...files } });
  const others = new Map(Object.entries(roots).map(([root, its]) => [root, memoryRepo({ root, files: its })]));
  const reading = openReading(repo, (root) => others.get(root));
  reading.parsers.yaml = parseYaml;
  const service = loadManifest(repo, 'gonogo.yaml', '2026-11-16');
  if (service.state !== 'valid') throw new Error(JSON.stringify(service.problems));
  const gathered = await collector.collect(openSources(reading, service, []));
  const facts = JSON.parse(JSON.stringify(gathered.facts)) as Facts;
  if (JSON.stringify(facts) !== JSON.stringify(gathered.facts)) throw new Error('the facts are not plain data');
  return gathered;
}

/** A place as a person reads it. */
export function spot({ root, path, line, column }: Place): string {
  return [root ? `${root}//${path}` : path, line, column].filter((part) => part !== undefined).join(':');
}
