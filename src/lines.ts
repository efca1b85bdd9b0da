/** The lines that unmet findings point at, each by its content. Reads each file once; what cannot be read is left out. */
import { lineHashes } from './line-hashes.ts';
import type { Finding, Line, Place, ServiceReport } from './model.ts';
import type { Repo } from './repo/repo.ts';

/** Sorted by path and line. A place without a line means the first, as the formats show it. */
export function linesOf(services: readonly ServiceReport[], repo: Repo): readonly Line[] {
  const wanted = new Map<string, Set<number>>();
  for (const { path, line = 1, root } of services.flatMap(placesOf)) {
    if (root !== undefined) continue;
    wanted.set(path, (wanted.get(path) ?? new Set()).add(line));
  }
  const paths = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
  return paths.flatMap(([path, lines]) => linesIn(path, lines, repo));
}

function placesOf({ findings, manifest }: ServiceReport): readonly Place[] {
  const unmet = findings.filter(({ ruling }) => ruling === 'fail' || ruling === 'waived' || ruling === 'warn');
  return [...(manifest ? [manifest] : []), ...unmet.flatMap(citedBy)];
}

function citedBy({ claim, evidence, problems }: Finding): readonly Place[] {
  return [...(claim ? [claim] : []), ...evidence, ...problems.flatMap(({ at }) => at ?? [])];
}

function linesIn(path: string, wanted: ReadonlySet<number>, repo: Repo): readonly Line[] {
  const read = repo.read(path);
  if (!read.ok) return [];
  const texts = read.text.split(/\r\n|\r|\n/);
  const hashes = [...lineHashes(read.text, wanted)];
  return hashes.map(([line, hash]) => ({ path, line, length: texts[line - 1]?.length ?? 0, hash }));
}
