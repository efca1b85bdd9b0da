/** Assesses whether nothing is deployed or published before tests have succeeded. */
import { awaited, before, type Deployment, isForChanges, placesOf, sightings } from '../../evidence/pipelines/graph.ts';
import type { Pipeline } from '../../evidence/pipelines/pipeline.ts';
import { defineCheck, unknown } from '../define.ts';
import { failing, type Part, together } from '../parts.ts';
import { isRun, pipelinesFor, placesFor, toolsOf, weaknesses, withoutPipelines } from '../pipeline-scope.ts';
import { counted, shortened } from '../words.ts';
import { deliveriesOf, isByHand, nameOf, nothingDeployed } from './deliveries.ts';

const FIX = 'Let the job that deploys need the job that runs the tests.';

export const check = defineCheck({
  summary:
    'Follows `needs` back from every deployment to production (all of them where no environment is named, published images where nothing is deployed) and asks for a test whose failure would stop it: no `continue-on-error`, no `|| true`, no `if: always()` on the way. Earlier steps of the same job and pipelines after whose success it starts count.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, 'nothing stands between a broken change and production', FIX);
    if (nothing) return nothing;
    const pipelines = pipelinesFor(subject);
    const { judged, lower, named } = deliveriesOf(pipelines);
    const targets = judged.length > 0 ? judged : publications(pipelines);
    if (targets.length === 0)
      return unknown(nothingDeployed(pipelines, lower), {
        evidence: lower.slice(0, 3).map(({ purpose }) => purpose.at),
      });
    const parts = targets.map((it) => partOf(it, pipelines));
    const gated = parts.filter(({ standing }) => standing === 'verified').length;
    const what = judged.length > 0 ? `deployment${named ? ' to production' : ''}` : 'publication';
    return together(
      parts,
      `tests have to succeed before ${gated} of ${counted(targets.length, what, what.replace(/^\w+/, '$&s'))}: ${shortened(targets.map(nameOf), 3)}`,
    );
  },
});

/** Images and packages that are published for others to deploy. */
function publications(pipelines: readonly Pipeline[]): readonly Deployment[] {
  const published = sightings(pipelines).filter(
    ({ pipeline, job, purpose }) =>
      /^(?:image-push|release)$/.test(purpose.intent) &&
      !isForChanges(job) &&
      purpose.strength !== 'named' &&
      (pipeline.triggers.length === 0 ||
        pipeline.triggers.some(({ on }) => on === 'push' || on === 'tag' || on === 'manual')),
  );
  const all = published.map(
    (it): Deployment => ({ ...it, class: 'unnamed', index: it.job.purposes.indexOf(it.purpose) }),
  );
  const automatic = all.filter(({ pipeline }) => !isByHand(pipeline));
  return [
    ...new Map(
      (automatic.length > 0 ? automatic : all).map((it) => [`${it.pipeline.at.path} ${it.job.id}`, it]),
    ).values(),
  ];
}

function partOf(deployment: Deployment, pipelines: readonly Pipeline[]): Part {
  const tests = before(deployment, pipelines).filter(({ purpose }) => purpose.intent === 'test');
  const sound = tests.filter((it) => isRun(it) && it.purpose.weakened === undefined);
  if (sound.length > 0)
    return { standing: 'verified', evidence: [...placesOf(deployment.purpose), ...placesFor(sound, 3)] };
  const { purpose, job } = deployment;
  const lost = tests.filter(isRun);
  if (lost.length > 0) return { standing: 'contradicted', problems: weaknesses(lost, 'Let the failure stop the job.') };
  const name = nameOf(deployment);
  if (tests.length > 0)
    return failing('unknown', {
      message: `${name} waits for ${toolsOf(tests)}, and what that runs cannot be seen here`,
      at: purpose.at,
      fix: FIX,
      subject: name,
    });
  const passed = pipelineTests(deployment).length > 0 ? job.weakened : undefined;
  const message = `${name} ${passed === undefined ? 'waits for no test' : `waits for tests in vain: ${passed}`}`;
  return failing(passed === undefined ? 'missing' : 'contradicted', {
    message,
    at: purpose.at,
    fix: FIX,
    subject: name,
  });
}

/** Tests in jobs that it names and does not wait for. */
function pipelineTests({ pipeline, job }: Deployment): readonly unknown[] {
  const jobs = pipeline.jobs.filter(({ id }) => job.ungated?.includes(id));
  return sightings([{ ...pipeline, jobs: jobs.flatMap((it) => [it, ...awaited(pipeline, it)]) }]).filter(
    (it) => it.purpose.intent === 'test' && isRun(it),
  );
}
