/** Assesses whether every workload that takes requests says when it is ready for them. */
import { defineCheck } from '../define.ts';
import { everyWorkload } from '../every-workload.ts';
import { probeAnswer } from '../probe-answer.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    'Looks for a readiness probe on each main container with a port of the production workloads, after charts and overlays are applied. A worker without a port needs none; sidecars and init containers are not asked.',
  needs: ['workloads'],
  params: {},
  assess(subject) {
    const scope = workloadScope(subject, ['service']);
    return everyWorkload(scope, { has: ['has a readiness probe', 'have a readiness probe'] }, (workload) =>
      probeAnswer(workload, {
        probe: 'readiness',
        consequence: 'requests reach it before it can answer them, at every release',
        fix: 'Add a `readinessProbe` that answers once it can serve.',
      }),
    );
  },
});
