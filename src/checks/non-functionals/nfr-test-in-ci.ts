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
    'Looks for a load-testing tool (k6, Gatling, Locust, JMeter, Artillery and others) in the steps of pipelines, directly or through scripts and targets. A tool that runs a smoke test is none; one that only a person starts does not count. The scripts of that tool have to say what makes a run fail: a run without limits stops nothing.',
  needs: ['pipelines', 'quality-tests'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, MESSAGE, FIX);
    if (nothing) return nothing;
    const found = doing(pipelinesFor(subject), ['load-test']);
    const run = found.filter(isRun);
    const automatic = run.filter(startsByItself);
    const sound = automatic.filter(({ purpose }) => purpose.weakened === undefined);
    if (sound.length > 0) return stopping(sound, subject.evidence['quality-tests'].facts.tests);
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

/** What runs stops something only where its scripts have limits; a tool whose scripts say nothing of that is believed. */
function stopping(sound: readonly Sighting[], tests: readonly QualityTest[]): Assessment {
  const runs = `${toolsOf(sound)} ${verb(sound, 'runs', 'run')} ${when(sound)}`;
  const scripts = sound.flatMap((it) => scriptsOf(it, tests));
  const loose = scripts.filter(({ limited }) => limited === false);
  if (loose.length === 0) return verified(runs, [...placesFor(sound), ...scripts.map(({ at }) => at)]);
  const problems = loose.map(({ tool, at }) => ({
    message: `no limit in it makes a run of ${tool} fail`,
    at,
    fix: 'Write down what the targets are, e.g. as `thresholds` of k6, so that a run that misses them fails.',
    subject: `${tool} ${at.path}`,
  }));
  const grounds = { evidence: placesFor(sound), problems };
  return loose.length === scripts.length
    ? contradicted(`${runs}, and no limit makes it fail`, problems, grounds)
    : unknown(`${runs}; ${loose.length} of ${scripts.length} scripts of it say nothing that makes a run fail`, grounds);
}

/** The scripts that a step names, else all of its tool. */
function scriptsOf({ purpose }: Sighting, tests: readonly QualityTest[]): readonly QualityTest[] {
  const own = tests.filter(({ kind, tool }) => kind === 'load' && tool.toLowerCase() === purpose.tool?.toLowerCase());
  const named = own.filter(({ at }) => purpose.shown.includes(at.path.split('/').pop() ?? at.path));
  return named.length > 0 ? named : own;
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
