/** Which pipelines concern the judged service, and how checks speak of what they do. Words and choices only. */

import { BRANCH, CHANGE, type Circumstance, holds } from '../evidence/pipelines/conditions.ts';
import { placesOf, type Sighting, sightings } from '../evidence/pipelines/graph.ts';
import type { Intent, Pipeline, Purpose } from '../evidence/pipelines/pipeline.ts';
import type { Facts } from '../evidence/pipelines.ts';
import type { Assessment, Gathered, Place, Problem } from '../model.ts';
import { missing } from './define.ts';
import { shortened } from './words.ts';

interface Asked {
  readonly manifest: { readonly dir: string };
  readonly evidence: { readonly pipelines: Gathered<Facts> };
}

/** Pipelines that are not limited to other folders than the service's. */
export function pipelinesFor({ manifest: { dir }, evidence }: Asked): readonly Pipeline[] {
  return evidence.pipelines.facts.pipelines.filter(
    ({ triggers }) => dir === '' || triggers.length === 0 || triggers.some(({ paths }) => concerns(paths, dir)),
  );
}

function concerns(paths: readonly string[], dir: string): boolean {
  const wanted = paths.filter((path) => !path.startsWith('!'));
  if (wanted.length === 0) return true;
  return wanted.some((path) => {
    const fixed = path.split(/[*?[]/, 1)[0] ?? '';
    return fixed.startsWith(dir) || dir.startsWith(fixed.replace(/\/$/, ''));
  });
}

/** The answer where no pipeline is here at all; undefined where one is. */
export function withoutPipelines(subject: Asked, message: string, fix: string): Assessment | undefined {
  if (pipelinesFor(subject).length > 0) return undefined;
  const { systems } = subject.evidence.pipelines.facts;
  const none = systems.length > 0 ? `nothing of ${shortened(systems)} is read` : 'no pipeline is here';
  return missing(none, [{ message, fix, subject: 'pipeline' }]);
}

/** Whether a pipeline starts for changes before they are merged: for proposals, or for every branch that moves. */
export function coversChanges({ triggers }: Pipeline): 'proposals' | 'branches' | undefined {
  if (triggers.some(({ on }) => on === 'change')) return 'proposals';
  return triggers.some(({ on, branches }) => on === 'push' && isEveryBranch(branches)) ? 'branches' : undefined;
}

function isEveryBranch(branches: readonly string[]): boolean {
  return branches.every((it) => it.startsWith('!')) || branches.some((it) => /^\*{1,2}(?:\/\*{1,2})?$/.test(it));
}

/** What pipelines do for one intent. */
export function doing(pipelines: readonly Pipeline[], intents: readonly Intent[]): readonly Sighting[] {
  return sightings(pipelines).filter(({ purpose }) => intents.includes(purpose.intent));
}

/** The same for a change that is not merged yet, as far as conditions tell. */
export function doingForChanges(pipelines: readonly Pipeline[], intents: readonly Intent[]): readonly Sighting[] {
  return doing(pipelines, intents).filter((it) => startedFor(it) !== undefined);
}

/** For which changes that are not merged it runs: for proposals, else for every branch that moves. */
export function startedFor({ pipeline: { triggers }, job, purpose }: Sighting): 'proposals' | 'branches' | undefined {
  const conditions = [job.condition, purpose.condition].filter((it) => it !== undefined);
  const runs = (circumstance: Circumstance): boolean => conditions.every((it) => holds(it, circumstance) !== false);
  if (triggers.some(({ on }) => on === 'change') && runs(CHANGE)) return 'proposals';
  return triggers.some(({ on, branches }) => on === 'push' && isEveryBranch(branches)) && runs(BRANCH)
    ? 'branches'
    : undefined;
}

/** Something runs it; a name alone does not. */
export function isRun({ purpose: { strength } }: Sighting): boolean {
  return strength !== 'named';
}

/** "vitest and pytest", each tool once. */
export function toolsOf(found: readonly { readonly purpose: Purpose }[]): string {
  return shortened([...new Set(found.map(({ purpose: { tool, shown } }) => tool ?? shown))], 4);
}

/** The verb that follows `toolsOf`. */
export function verb(found: readonly { readonly purpose: Purpose }[], one: string, many: string): string {
  return new Set(found.map(({ purpose: { tool, shown } }) => tool ?? shown)).size === 1 ? one : many;
}

/** Where to look, at most so many. */
export function placesFor(found: readonly { readonly purpose: Purpose }[], limit = 6): readonly Place[] {
  const places = found.flatMap(({ purpose }) => placesOf(purpose));
  return [...new Map(places.map((at) => [`${at.path}:${at.line}`, at])).values()].slice(0, limit);
}

/** One problem for each step whose failure is lost. */
export function weaknesses(found: readonly Sighting[], fix: string): readonly Problem[] {
  return found.flatMap(({ job, purpose: { weakened, at, via, shown, tool } }) => {
    if (weakened === undefined) return [];
    return {
      message: `a failure of ${tool ?? shown} in ${job.id} stops nothing: ${weakened}`,
      at: via ?? at,
      fix,
      subject: `${job.id} ${tool ?? shown}`,
    };
  });
}
