/** Assesses whether a pipeline runs the tests of a change before it is merged, and whether their failure counts. */
import { awaited, placesOf, type Sighting } from '../../evidence/pipelines/graph.ts';
import type { Pipeline } from '../../evidence/pipelines/pipeline.ts';
import type { Assessment, Place } from '../../model.ts';
import { contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import {
  coversChanges,
  doing,
  doingForChanges,
  isRun,
  pipelinesFor,
  placesFor,
  startedFor,
  toolsOf,
  verb,
  weaknesses,
  withoutPipelines,
} from '../pipeline-scope.ts';
import { counted, listed, shortened } from '../words.ts';

const MESSAGE = 'a change that breaks something is found by whoever merges it, or by users';
const FIX = 'Run the tests in a pipeline that starts for pull requests, and let their failure fail it.';
const GATE = 'Let the step fail when the tests fail.';

export const check = defineCheck({
  summary:
    'Looks at pipelines that start for pull or merge requests, or for a push to any branch, and follows their steps through package scripts, Make targets, script files, image builds and workflows within the repository to a test runner. A name proves nothing: a job called test that only builds is none, and what a workflow kept elsewhere does is unknown.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, MESSAGE, FIX);
    const claimed = subject.claims.release?.test_job;
    const pipelines = pipelinesFor(subject);
    if (claimed !== undefined) {
      const answer = byClaim(claimed, pipelines, subject.at('/release/test_job'));
      if (answer) return answer;
    }
    if (nothing) return nothing;
    const tests = doingForChanges(pipelines, ['test']);
    const sound = tests.filter((it) => isRun(it) && it.purpose.weakened === undefined);
    if (sound.length > 0) return verified(described(sound), placesFor(sound));
    const lost = tests.filter(isRun);
    if (lost.length > 0)
      return contradicted(
        `${toolsOf(lost)} ${lost.length === 1 ? 'runs' : 'run'} for changes, and no failure stops anything`,
        weaknesses(lost, GATE),
        { evidence: placesFor(lost) },
      );
    if (tests.length > 0) return named(tests);
    return none(pipelines);
  },
});

function described(sound: readonly Sighting[]): string {
  const jobs = new Set(sound.map(({ pipeline, job }) => `${pipeline.at.path} ${job.id}`)).size;
  const kinds = new Set(sound.map(startedFor));
  const when = kinds.has('proposals') ? 'pull requests' : 'pushes to any branch';
  const limits = sound.every(({ pipeline }) =>
    pipeline.triggers.some(({ paths }) => paths.some((it) => !it.startsWith('!'))),
  )
    ? ', of some paths only'
    : '';
  return `${when} run ${toolsOf(sound)} in ${counted(jobs, 'job')}${limits}`;
}

/** Names promise tests that cannot be looked into. */
function named(tests: readonly Sighting[]): Assessment {
  const what = shortened([...new Set(tests.map(({ purpose }) => purpose.shown))], 2);
  return unknown(`only names say that changes are tested: ${what}; what is behind them cannot be seen here`, {
    evidence: placesFor(tests),
  });
}

function none(pipelines: readonly Pipeline[]): Assessment {
  const covering = pipelines.filter((it) => coversChanges(it) !== undefined);
  const later = doing(pipelines, ['test']).filter(isRun);
  const elsewhere = later.find(({ pipeline: it }) => it.startedBy !== undefined && coversChanges(it) === undefined);
  if (elsewhere)
    return unknown(
      `${toolsOf(later)} ${verb(later, 'is', 'are')} run; whether for changes is said by ${elsewhere.pipeline.startedBy}, not by ${elsewhere.pipeline.at.path}`,
      { evidence: placesFor(later) },
    );
  const promised = doing(pipelines, ['test']).filter(
    ({ pipeline: it }) => it.startedBy !== undefined && coversChanges(it) === undefined,
  );
  if (later.length === 0 && promised.length > 0) return named(promised);
  const [first] = later;
  const at = first ? first.purpose.at : (covering[0] ?? pipelines[0])?.at;
  const because = first
    ? `${toolsOf(later)} ${later.length === 1 ? 'is' : 'are'} run, but not for changes before they are merged`
    : `${counted(pipelines.length, 'pipeline')} read, ${covering.length} of them for changes, and no step runs a test`;
  return missing(because, [{ message: MESSAGE, ...(at && { at }), fix: FIX, subject: 'tests' }], {
    evidence: at ? [at] : [],
  });
}

/** The manifest names the job. */
function byClaim(name: string, pipelines: readonly Pipeline[], claim: Place): Assessment | undefined {
  const found = pipelines.flatMap((pipeline) =>
    pipeline.jobs.filter((job) => job.id === name || job.name === name).map((job) => ({ pipeline, job })),
  );
  if (found.length === 0) {
    if (pipelines.length === 0) return declared(`the manifest names the job ${name}; its pipeline is not read`, claim);
    const ids = shortened(pipelines.flatMap(({ jobs }) => jobs.map(({ id }) => id)));
    return contradicted(
      `no job is called ${name}`,
      [{ message: `there are ${ids}`, at: claim, fix: 'Name the job that runs the tests.', subject: name }],
      { claim },
    );
  }
  const purposes = found.flatMap(({ pipeline, job }) =>
    [job, ...awaited(pipeline, job)].flatMap((it) => it.purposes.map((purpose) => ({ pipeline, job: it, purpose }))),
  );
  const runsTests = purposes.some((it) => it.purpose.intent === 'test' && isRun(it));
  if (runsTests) return undefined;
  const places = found.map(({ job }) => job.at);
  return declared(
    `the manifest names the job ${name}; what it runs cannot be told from ${listed(places.map(({ path }) => path))}`,
    claim,
    {
      evidence: [...places, ...purposes.slice(0, 3).flatMap(({ purpose }) => placesOf(purpose))].slice(0, 5),
    },
  );
}
