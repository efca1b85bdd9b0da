/** Assesses whether something looks at what was deployed before it is called done. */

import { environmentClass } from '../../evidence/pipelines/environments.ts';
import { after, type Deployment, placesOf } from '../../evidence/pipelines/graph.ts';
import type { Pipeline } from '../../evidence/pipelines/pipeline.ts';
import { defineCheck, unknown } from '../define.ts';
import { failing, type Part, together } from '../parts.ts';
import { isRun, pipelinesFor, placesFor, toolsOf, weaknesses, withoutPipelines } from '../pipeline-scope.ts';
import { counted } from '../words.ts';
import { deliveriesOf, nameOf, nothingDeployed } from './deliveries.ts';

const FIX =
  'Add a step after the deployment that asks the deployed service something, and fails when the answer is wrong.';
const LOOKS = /^(?:smoke-test|test|load-test|contract-test|accessibility-test|dast)$/;

export const check = defineCheck({
  summary:
    'Looks for smoke, end-to-end or other tests in later steps of the job that deploys to production, and in jobs and pipelines that start after it (of all deployments, where no environment is named). Waiting until a roll-out is complete is not a test.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    const nothing = withoutPipelines(subject, 'that a release does not work is noticed by users', FIX);
    if (nothing) return nothing;
    const pipelines = pipelinesFor(subject);
    const { judged, lower, named } = deliveriesOf(pipelines);
    if (judged.length === 0)
      return unknown(nothingDeployed(pipelines, lower), {
        evidence: lower.slice(0, 3).map(({ purpose }) => purpose.at),
      });
    const parts = judged.map((it) => partOf(it, pipelines));
    const sound = parts.filter(({ standing }) => standing === 'verified').length;
    return together(
      parts,
      `looked at after it was deployed: ${sound} of ${counted(judged.length, 'deployment')}${named ? ' to production' : ''}`,
    );
  },
});

function partOf(deployment: Deployment, pipelines: readonly Pipeline[]): Part {
  const name = nameOf(deployment);
  const found = after(deployment, pipelines).filter(
    ({ purpose, job }) =>
      LOOKS.test(purpose.intent) &&
      deployment.class !== 'lower' &&
      environmentClass(purpose.environment ?? job.id) !== 'lower',
  );
  const run = found.filter(isRun);
  const sound = run.filter(({ purpose }) => purpose.weakened === undefined);
  if (sound.length > 0)
    return { standing: 'verified', evidence: [...placesOf(deployment.purpose), ...placesFor(sound, 2)] };
  if (run.length > 0) return { standing: 'contradicted', problems: weaknesses(run, 'Let the failure fail the job.') };
  const at = deployment.purpose.at;
  if (found.length > 0)
    return failing('unknown', {
      message: `${name} is followed by ${toolsOf(found)}, and only its name says that it looks`,
      at,
      fix: FIX,
      subject: name,
    });
  return failing('missing', { message: `nothing looks at the service after ${name}`, at, fix: FIX, subject: name });
}
