/** Assesses whether every workload that takes requests is restarted when it hangs. */
import { defineCheck } from '../define.ts';
import { everyWorkload } from '../every-workload.ts';
import { probeAnswer } from '../probe-answer.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    'Looks for a liveness probe on each main container with a port of the production workloads, after charts and overlays are applied. A worker without a port needs none; sidecars and init containers are not asked.',
  needs: ['workloads'],
  params: {},
  assess(subject) {
    const scope = workloadScope(subject, ['service']);
    return everyWorkload(scope, { has: ['has a liveness probe', 'have a liveness probe'] }, (workload) =>
      probeAnswer(workload, {
        probe: 'liveness',
        consequence: 'a process that hangs stays until somebody notices',
        fix: 'Add a `livenessProbe` that only asks whether the process itself still works.',
      }),
    );
  },
});
