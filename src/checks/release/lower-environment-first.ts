/** Assesses whether production gets nothing that was not deployed, and looked at, in an environment before it. */

import { environmentClass, nearness } from '../../evidence/pipelines/environments.ts';
import { after, before, type Deployment, placesOf, type Sighting } from '../../evidence/pipelines/graph.ts';
import type { Pipeline } from '../../evidence/pipelines/pipeline.ts';
import { defineCheck, unknown } from '../define.ts';
import { failing, type Part, together } from '../parts.ts';
import { isRun, pipelinesFor, placesFor, toolsOf, withoutPipelines } from '../pipeline-scope.ts';
import { counted } from '../words.ts';
import { deliveriesOf, nameOf, nothingDeployed } from './deliveries.ts';

const FIX = 'Let the deployment to production need the verification of the last environment before it.';
const VERIFIES = /^(?:test|smoke-test|load-test|contract-test|accessibility-test|dast)$/;

export const check = defineCheck({
  summary:
    'Follows `needs` (and the order of steps) back from every deployment to production to a deployment to an environment before it, and to something that verifies that one. Where the pipeline deploys to several, the nearest to production counts: a smoke test of dev does not speak for preprod.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, 'production is where a change is tried first', FIX);
    if (nothing) return nothing;
    const pipelines = pipelinesFor(subject);
    const { judged, lower, named } = deliveriesOf(pipelines);
    const at = [...judged, ...lower].slice(0, 3).map(({ purpose }) => purpose.at);
    if (judged.length === 0) return unknown(nothingDeployed(pipelines, lower), { evidence: at });
    if (!named) return unknown('no deployment here says that it is to production', { evidence: at });
    const parts = judged.map((it) => partOf(it, lower, pipelines));
    const sound = parts.filter(({ standing }) => standing === 'verified').length;
    return together(
      parts,
      `deployed and verified elsewhere before: ${sound} of ${counted(judged.length, 'deployment')} to production`,
    );
  },
});

function partOf(production: Deployment, lower: readonly Deployment[], pipelines: readonly Pipeline[]): Part {
  const name = nameOf(production);
  const at = production.purpose.at;
  const earlier = before(production, pipelines);
  const own = lower.filter((it) => it.pipeline === production.pipeline || isAmong(it, earlier));
  if (own.length === 0) {
    const elsewhere = lower[0];
    const message = elsewhere
      ? `${name} is in a pipeline of its own; nothing in it says that the version was in ${elsewhere.environment} before`
      : `${name} is the first deployment of a version anywhere`;
    return failing(elsewhere ? 'unknown' : 'missing', { message, at, fix: FIX, subject: name });
  }
  const nearest =
    [...own].sort((a, b) => nearness(b.environment ?? '') - nearness(a.environment ?? ''))[0] ?? production;
  const reached = own.filter((it) => isAmong(it, earlier));
  const checks = reached.flatMap((it) => verifying(it, earlier, pipelines));
  const checksNearest = isAmong(nearest, reached) ? verifying(nearest, earlier, pipelines) : [];
  const sound = checksNearest.filter(isRun);
  if (sound.length > 0)
    return { standing: 'verified', evidence: [...placesOf(nearest.purpose), ...placesFor(sound, 2), at] };
  if (checksNearest.length > 0)
    return failing('unknown', {
      message: `${nearest.environment} is verified before ${name} by ${toolsOf(checksNearest)} only in name`,
      at,
      fix: FIX,
      subject: name,
    });
  const there = after(nearest, pipelines).some((it) => VERIFIES.test(it.purpose.intent));
  const [other] = checks;
  if (other) {
    const message = `${name} waits for what verifies ${reached[0]?.environment}, not for ${nearest.environment}${there ? ', which is verified beside it' : ''}`;
    return failing('contradicted', { message, at, fix: FIX, subject: name });
  }
  const message =
    reached.length > 0
      ? `nothing verifies ${nearest.environment} before ${name}`
      : `${name} does not wait for ${nearest.environment}`;
  return failing(reached.length > 0 ? 'missing' : 'contradicted', { message, at, fix: FIX, subject: name });
}

function isAmong(deployment: Sighting, found: readonly Sighting[]): boolean {
  return found.some(({ purpose }) => purpose === deployment.purpose);
}

/** What follows a deployment to a lower environment, looks at it, and has to succeed before production. */
function verifying(
  deployment: Deployment,
  earlier: readonly Sighting[],
  pipelines: readonly Pipeline[],
): readonly Sighting[] {
  return after(deployment, pipelines).filter(
    (it) =>
      VERIFIES.test(it.purpose.intent) &&
      it.purpose.weakened === undefined &&
      isAmong(it, earlier) &&
      speaksOf(it, deployment),
  );
}

/** A verification that names another environment speaks of that one. */
function speaksOf({ purpose: { environment }, job }: Sighting, deployment: Deployment): boolean {
  const named = environment ?? (environmentClass(job.id) === 'unnamed' ? undefined : job.id);
  return named === undefined || nearness(named) < 0 || nearness(named) === nearness(deployment.environment ?? '');
}
