/** Results of load tests: the files that the manifest cites as validation, and those in the service whose content a load-testing tool wrote. Compares nothing with any target. */
import type { Delegated, Place, Unread } from '../model.ts';
import { FILE_CAP } from '../repo/repo.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { readLoadResult } from './load-results/readers.ts';
import type { Measured } from './load-results/run.ts';
import { resolveReference } from './references/resolve-reference.ts';
import { placeIn } from './sources.ts';

/** One run of a load test. */
export interface LoadResult extends Omit<Measured, 'line'> {
  /** The numbers in the file. */
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  /** Sorted by path. */
  readonly results: readonly LoadResult[];
}

const WRITTEN_BY_TOOLS = /\.(json|jtl|csv|xml)$/i;
/** Test trees hold results too, but their fixtures are examples of results. */
const LOAD_FOLDER =
  /(^|[/_-])(perf|performance|load|stress|soak|bench|benchmarks?|k6|jmeter|gatling|autocannon)([/_-]|$|tests?\/)/i;
const FIXTURES = /(^|\/)(fixtures?|__fixtures__|testdata|test-data|mocks?|__mocks__|__snapshots__)\//i;

export const collector = defineCollector<Facts>({
  summary:
    'results of k6, JMeter (CSV and statistics.json), Gatling and autocannon, told by their content; those that `nfrs.*.validated[].evidence` cites and those found in the service',
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const cited = citedFiles(sources, unread, delegated);
    const found = sources.files.filter(
      (file) => WRITTEN_BY_TOOLS.test(file.path) && mayHoldResults(file) && (file.size <= FILE_CAP || isSamples(file)),
    );
    const files = [...new Map([...cited, ...found].map((file) => [`${file.root}:${file.path}`, file])).values()].sort(
      byPath,
    );
    const results = files.flatMap((file) =>
      resultIn(file, sources, cited.includes(file) || isSamples(file) ? unread : [], unread),
    );
    const note = results.length === 1 ? '1 load-test result' : `${results.length} load-test results`;
    return { facts: { results }, looked: { files: files.length, note }, unread, delegated };
  },
});

function citedFiles(sources: Sources, unread: Unread[], delegated: Delegated[]): readonly SourceFile[] {
  const entries = Object.values(sources.manifest.claims.nfrs ?? {}).flatMap((nfr) => nfr?.validated ?? []);
  const references = entries.flatMap(({ evidence }) => evidence ?? []).map((it) => it.replace(/#.*$/s, ''));
  return [...new Set(references)].flatMap((reference) => {
    const { outcome, files } = resolveReference(reference, sources, unread);
    if (outcome === 'root-not-at-hand') delegated.push({ at: { path: sources.manifest.path }, to: reference });
    return files.filter((file) => WRITTEN_BY_TOOLS.test(file.path));
  });
}

function mayHoldResults({ path, class: whose }: SourceFile): boolean {
  if (whose === 'source') return true;
  return whose === 'test' && LOAD_FOLDER.test(path) && !FIXTURES.test(path);
}

/** JMeter's own extension: what has it is a result, readable or not. */
function isSamples({ path }: SourceFile): boolean {
  return /\.jtl$/i.test(path);
}

/** A file that cannot be opened is worth a word only where it must be a result; a broken result is worth one anywhere. */
function resultIn(file: SourceFile, sources: Sources, unopened: Unread[], broken: Unread[]): readonly LoadResult[] {
  const text = sources.text(file, unopened);
  if (text === undefined) return [];
  const reading = readLoadResult(text);
  if (reading.kind === 'broken') broken.push({ at: placeIn(file), reason: reading.reason, detail: reading.detail });
  if (reading.kind !== 'result') return [];
  const { line, ...measured } = reading.measured;
  return [{ ...measured, at: placeIn(file, line) }];
}

function byPath(a: SourceFile, b: SourceFile): number {
  return a.path < b.path ? -1 : 1;
}
