/** Assesses whether a release that fails is taken back without anyone. */
import { deployments } from '../../evidence/pipelines/graph.ts';
import { declared, defineCheck, missing, verified } from '../define.ts';
import { pipelinesFor, withoutPipelines } from '../pipeline-scope.ts';
import { counted, shortened } from '../words.ts';
import { handedOver, safeRollouts, safetySteps } from './safety.ts';

const MESSAGE = 'a release that fails at night stays until somebody is awake to take it back';
const FIX =
  'Let the deployment undo itself (`helm upgrade --atomic`), or add a step with `if: failure()` that rolls back.';

export const check = defineCheck({
  summary:
    'Looks for deployments that undo themselves (`helm upgrade --atomic`, an ECS circuit breaker, an analysed canary) and for rollback commands in steps that run only when something before them failed. A rollback that somebody has to start is none of that.',
  needs: ['pipelines', 'workloads'],
  params: {},
  assess(subject) {
    const claim = subject.claims.release?.rollback?.automated === true ? subject.at('/release/rollback') : undefined;
    const pipelines = pipelinesFor(subject);
    const steps = safetySteps(pipelines, ['rollback']).filter(({ named }) => !named);
    const found = [...steps, ...safeRollouts(subject.evidence.workloads.facts.workloads, 'automatic')];
    const automatic = found.filter((it) => it.automatic);
    if (automatic.length > 0)
      return verified(
        shortened(
          automatic.map(({ what }) => what),
          3,
        ),
        automatic.flatMap(({ places }) => places).slice(0, 5),
        { claim },
      );
    if (claim) return declared('the manifest says so; no step here shows it', claim);
    const nothing = withoutPipelines(subject, MESSAGE, FIX);
    if (nothing) return nothing;
    const elsewhere = handedOver(pipelines);
    if (elsewhere) return elsewhere;
    const places = found.flatMap((it) => it.places);
    const at = places[0] ?? deployments(pipelines)[0]?.purpose.at;
    const because =
      found.length > 0
        ? `rolled back only when somebody starts it: ${shortened(
            found.map(({ what }) => what),
            2,
          )}`
        : `no step of ${counted(pipelines.length, 'pipeline')} rolls back`;
    return missing(because, [{ message: MESSAGE, ...(at && { at }), fix: FIX, subject: 'rollback' }], {
      evidence: places.slice(0, 5),
    });
  },
});
