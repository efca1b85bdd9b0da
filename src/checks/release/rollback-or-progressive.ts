/** Assesses whether a release can be taken back by the pipeline, or reaches users step by step. */
import { deployments } from '../../evidence/pipelines/graph.ts';
import { declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { pipelinesFor, withoutPipelines } from '../pipeline-scope.ts';
import { counted, shortened } from '../words.ts';
import { noneOf } from './deliveries.ts';
import { handedOver, safeRollouts, safetySteps } from './safety.ts';

const MESSAGE = 'a bad release reaches all users at once, and taking it back is improvised';
const FIX =
  'Deploy with a canary, blue-green or rolling strategy that is written down, or let the pipeline roll back what fails (`helm upgrade --atomic`, `kubectl rollout undo`).';

export const check = defineCheck({
  summary:
    "Looks for steps that roll back (`kubectl rollout undo`, `helm rollback`, `helm upgrade --atomic`, `cf rollback` and the like) or shift traffic in parts (`cf push --strategy rolling`, Cloud Run without traffic, slots, Argo Rollouts) in pipelines that do more than preview a change. Kubernetes' own default of replacing pods in turn is written nowhere and counts for nothing; a canary or blue-green strategy of a workload (Argo Rollouts, Flagger) and a circuit breaker of ECS count.",
  needs: ['pipelines', 'workloads'],
  params: {},
  assess(subject) {
    const strategy = subject.claims.release?.strategy;
    const claim =
      strategy && strategy !== 'recreate'
        ? subject.at('/release/strategy')
        : subject.claims.release?.rollback
          ? subject.at('/release/rollback')
          : undefined;
    const pipelines = pipelinesFor(subject);
    const found = [
      ...safetySteps(pipelines, ['rollback', 'canary']),
      ...safeRollouts(subject.evidence.workloads.facts.workloads, 'any'),
    ];
    const sound = found.filter(({ named }) => !named);
    if (sound.length > 0)
      return verified(
        `${shortened(
          sound.map(({ what }) => what),
          3,
        )}`,
        sound.flatMap(({ places }) => places).slice(0, 5),
        { claim },
      );
    if (claim)
      return declared(`the manifest says ${strategy ?? 'how it is rolled back'}; no step here shows it`, claim);
    const nothing = withoutPipelines(subject, MESSAGE, FIX);
    if (nothing) return nothing;
    if (found.length > 0)
      return unknown(
        `only a name promises it: ${shortened(
          found.map(({ what }) => what),
          2,
        )}`,
        { evidence: found.flatMap(({ places }) => places).slice(0, 5) },
      );
    const elsewhere = handedOver(pipelines);
    if (elsewhere) return elsewhere;
    const here = deployments(pipelines);
    const at = here[0]?.purpose.at;
    const because =
      here.length > 0
        ? `${counted(here.length, 'deployment')} here, and no step rolls back or shifts traffic in parts`
        : `${noneOf(pipelines)} deploys, rolls back or shifts traffic in parts`;
    return missing(because, [{ message: MESSAGE, ...(at && { at }), fix: FIX, subject: 'rollback' }], {
      evidence: at ? [at] : [],
    });
  },
});
