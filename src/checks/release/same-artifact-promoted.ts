/** Assesses whether what was tested in one environment is the very thing that goes to the next: built once, and passed on. */
import {
  awaited,
  type Deployment,
  deployments,
  placesOf,
  type Sighting,
  sightings,
} from '../../evidence/pipelines/graph.ts';
import type { Pipeline } from '../../evidence/pipelines/pipeline.ts';
import type { Assessment } from '../../model.ts';
import { contradicted, declared, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { pipelinesFor, placesFor, withoutPipelines } from '../pipeline-scope.ts';
import { listed } from '../words.ts';
import { deliveriesOf, nameOf, nothingDeployed } from './deliveries.ts';

const FIX = 'Build in one job, and pass its output (a digest, best) to every deployment.';

export const check = defineCheck({
  summary:
    'Compares by which expressions the deployments of one pipeline say what they deploy, and looks for an image that is built on the way to production only. Whether a tag still points to the same image is not seen; an output of the one build, a digest or the commit is taken for the same thing.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, 'what was tested and what is deployed may be two things', FIX);
    const claimed = subject.claims.release?.artifact?.build_once === true ? subject.at('/release/artifact') : undefined;
    if (nothing)
      return claimed ? declared('the manifest says it is built once; no pipeline shows it', claimed) : nothing;
    const pipelines = pipelinesFor(subject);
    const { judged, lower } = deliveriesOf(pipelines);
    const answer =
      judged.length === 0 || lower.length === 0 ? tooFew(judged, lower, pipelines) : compared(judged, lower, pipelines);
    return claimed && answer.standing === 'unknown'
      ? declared(`the manifest says so; ${answer.because}`, claimed, answer)
      : answer;
  },
});

function tooFew(
  judged: readonly Deployment[],
  lower: readonly Deployment[],
  pipelines: readonly Pipeline[],
): Assessment {
  if (judged.length === 0)
    return unknown(nothingDeployed(pipelines, lower), { evidence: lower.slice(0, 3).map(({ purpose }) => purpose.at) });
  const environments = new Set(deployments(pipelines).map(({ environment }) => environment));
  return environments.size > 1
    ? unknown('it is not said which of the environments is production', {
        evidence: judged.slice(0, 3).map(({ purpose }) => purpose.at),
      })
    : notApplicable('pipelines here deploy to one environment only, so that nothing is passed on', {
        evidence: judged.slice(0, 3).map(({ purpose }) => purpose.at),
      });
}

function compared(
  judged: readonly Deployment[],
  lower: readonly Deployment[],
  pipelines: readonly Pipeline[],
): Assessment {
  const builds = judged.flatMap((it) => rebuildsFor(it, lower, pipelines));
  // A script may look first whether the image is there already.
  const run = builds.filter(({ purpose }) => purpose.strength === 'run');
  const rebuilt = [...new Map(run.map((it) => [`${it.job.id} ${it.purpose.shown}`, it])).values()];
  const [first] = rebuilt;
  if (first) {
    const problems = rebuilt.map(({ job, purpose }) => ({
      message: `${job.id} builds again what an environment before it got from another build`,
      at: purpose.via ?? purpose.at,
      fix: FIX,
      subject: job.id,
    }));
    return contradicted(`what goes to production is built for it: ${first.purpose.shown}`, problems, {
      evidence: placesFor(rebuilt, 3),
    });
  }
  const [perhaps] = builds;
  if (perhaps)
    return unknown(
      `${perhaps.job.id} builds on the way to production by ${perhaps.purpose.shown}, which may or may not build again`,
      {
        evidence: placesFor(builds, 3),
      },
    );
  const pairs = judged.map((it) => ({ deployment: it, shared: sharedWith(it, lower) }));
  const beside = lower.filter(({ pipeline }) => judged.some((it) => it.pipeline === pipeline));
  const evidence = [
    ...pairs.flatMap(({ deployment }) => placesOf(deployment.purpose)),
    ...beside.flatMap(({ purpose }) => placesOf(purpose)),
  ].slice(0, 6);
  const apart = pairs.find(({ shared }) => shared === undefined);
  if (apart) {
    const where = lower.some(({ pipeline }) => pipeline === apart.deployment.pipeline)
      ? 'by no expression that an earlier environment is given too'
      : 'in a pipeline of its own';
    return unknown(`${nameOf(apart.deployment)} is told what to deploy ${where}`, { evidence });
  }
  const shared = [...new Set(pairs.map((it) => it.shared ?? ''))];
  return verified(
    `${listed([...new Set([...beside, ...judged].map(nameOf))].slice(0, 5))} deploy the same ${listed(shared)}`,
    evidence,
  );
}

/** Builds that happen for this deployment and for none before it. */
function rebuildsFor(
  deployment: Deployment,
  lower: readonly Deployment[],
  pipelines: readonly Pipeline[],
): readonly Sighting[] {
  const own = buildsBefore(deployment);
  const others = lower.filter(
    (it) => buildsBefore(it).length > 0 && (it.pipeline === deployment.pipeline || isPushed(it, pipelines)),
  );
  if (own.length === 0 || others.length === 0) return [];
  const shared = new Set(others.flatMap((it) => buildsBefore(it).map(({ job }) => job)));
  return own.some(({ job }) => shared.has(job)) ? [] : own;
}

/** Both pipelines are started by what happens to the code, not by a person who tries something out. */
function isPushed({ pipeline }: Deployment, pipelines: readonly Pipeline[]): boolean {
  return pipelines.includes(pipeline) && pipeline.triggers.some(({ on }) => on === 'push' || on === 'tag');
}

function buildsBefore({ pipeline, job, index }: Deployment): readonly Sighting[] {
  const own = job.purposes.slice(0, index).map((purpose) => ({ pipeline, job, purpose }));
  const needed = awaited(pipeline, job).flatMap((it) => sightings([{ ...pipeline, jobs: [it] }]));
  return [...needed, ...own].filter(
    ({ purpose }) =>
      purpose.intent === 'image-push' || (purpose.intent === 'image-build' && purpose.strength !== 'named'),
  );
}

/** Expressions of one moment, that mean another thing in another job. */
const LOCAL = /^(?:steps\.|env\.|inputs\.|\$(?!GITHUB_SHA|CI_COMMIT))/;

function sharedWith(deployment: Deployment, lower: readonly Deployment[]): string | undefined {
  const earlier = lower.filter(({ pipeline }) => pipeline === deployment.pipeline);
  const carried = deployment.purpose.carries ?? [];
  return carried.find(
    (it) =>
      earlier.length > 0 &&
      (!LOCAL.test(it) || earlier.every(({ job }) => job === deployment.job)) &&
      earlier.some(({ purpose }) => purpose.carries?.includes(it)),
  );
}
