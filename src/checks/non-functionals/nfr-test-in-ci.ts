/** Assesses whether a pipeline runs a load test without anyone starting it, and whether its failure counts. */
import type { Sighting } from '../../evidence/pipelines/graph.ts';
import type { QualityTest } from '../../evidence/quality-tests.ts';
import type { Assessment } from '../../model.ts';
import { contradicted, defineCheck, missing, unknown, verified } from '../define.ts';
import {
  doing,
  isRun,
  pipelinesFor,
  placesFor,
  toolsOf,
  verb,
  weaknesses,
  withoutPipelines,
} from '../pipeline-scope.ts';

const MESSAGE = 'that the service got slower is measured by its users';
const FIX = 'Run the load test in a pipeline, on a schedule at least, with thresholds that fail it.';

export const check = defineCheck({
  summary:
    'Looks for a load-testing tool (k6, Gatling, Locust, JMeter, Artillery and others) in the steps of pipelines, directly or through scripts and targets. A tool that runs a smoke test is none; one that only a person starts does not count. k6, Gatling and Artillery fail only by limits that are written down; where none of their scripts here has any, nobody knows what a run would stop.',
  needs: ['pipelines', 'quality-tests'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, MESSAGE, FIX);
    if (nothing) return nothing;
    const found = doing(pipelinesFor(subject), ['load-test']);
    const run = found.filter(isRun);
    const automatic = run.filter(startsByItself);
    const sound = automatic.filter(({ purpose }) => purpose.weakened === undefined);
    const limitless = limitlessIn(sound, subject.evidence['quality-tests'].facts.tests);
    if (limitless) return limitless;
    if (sound.length > 0)
      return verified(`${toolsOf(sound)} ${verb(sound, 'runs', 'run')} ${when(sound)}`, placesFor(sound));
    if (automatic.length > 0)
      return contradicted(
        `${toolsOf(automatic)} runs, and nothing stops when it fails`,
        weaknesses(automatic, 'Let the step fail when a threshold is crossed.'),
        { evidence: placesFor(automatic) },
      );
    const [byHand] = run;
    if (byHand) {
      const message = `${byHand.pipeline.name} starts ${toolsOf(run)} only when somebody asks, or for one branch`;
      return missing(
        `${toolsOf(run)} is there and not run by itself`,
        [{ message, at: byHand.purpose.via ?? byHand.purpose.at, fix: FIX, subject: 'load-test' }],
        { evidence: placesFor(run) },
      );
    }
    if (found.length > 0) return unknown(`only a name says so: ${toolsOf(found)}`, { evidence: placesFor(found) });
    return missing('no step of a pipeline runs a load test', [{ message: MESSAGE, fix: FIX, subject: 'load-test' }]);
  },
});

/** Tools that end well, however slow the service was, unless a script says what is too slow. */
const BY_LIMITS_ONLY = /^(?:k6|gatling|artillery)$/i;

/** Scripts of that tool are here, and none of them says what makes a run fail. */
function isLimitless({ purpose }: Sighting, tests: readonly QualityTest[]): boolean {
  const { tool = '' } = purpose;
  const its = scriptsOf(tool, tests);
  return BY_LIMITS_ONLY.test(tool) && its.length > 0 && its.every(({ limited }) => limited === false);
}

function scriptsOf(tool: string | undefined, tests: readonly QualityTest[]): readonly QualityTest[] {
  return tests.filter((it) => it.kind === 'load' && it.tool.toLowerCase() === tool?.toLowerCase());
}

function limitlessIn(found: readonly Sighting[], tests: readonly QualityTest[]): Assessment | undefined {
  if (found.length === 0 || !found.every((it) => isLimitless(it, tests))) return undefined;
  const its = found.flatMap(({ purpose }) => scriptsOf(purpose.tool, tests)).slice(0, 1);
  const because = `${toolsOf(found)} ${verb(found, 'runs', 'run')} ${when(found)}, and no script here says what makes a run fail`;
  return unknown(because, {
    problems: its.map(({ at }) => ({
      message: 'nothing is written that would fail the run, however slow the service is',
      at,
      fix: 'Write limits into the script, e.g. `thresholds` of k6.',
      subject: 'load-test',
    })),
    evidence: placesFor(found),
  });
}

/** Started by a change, a schedule or a release; a push to some branch of somebody's is not. */
function startsByItself({ pipeline: { triggers } }: Sighting): boolean {
  return triggers.some(
    ({ on, branches, after }) =>
      /^(?:change|schedule|tag|called)$/.test(on) ||
      after !== undefined ||
      (on === 'push' &&
        (branches.length === 0 ||
          branches.some((it) => /^(?:main|master|develop|dev|trunk|release.*|staging|production|\*.*)$/.test(it)))),
  );
}

function when(found: readonly Sighting[]): string {
  const starts = new Set(found.flatMap(({ pipeline }) => pipeline.triggers.map(({ on }) => on)));
  if (starts.has('change')) return 'for changes';
  if (starts.has('push')) return 'for what is merged';
  return starts.has('schedule') ? 'on a schedule' : 'before releases';
}
