/** Assesses whether a disruption budget holds back drains and upgrades, and still lets them happen. */
import { isKnown } from '../../evidence/known.ts';
import type { Disruption, Workload } from '../../evidence/workloads/workload.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { flag } from '../params.ts';
import { counted } from '../words.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    'Looks for a PodDisruptionBudget whose selector matches the pods of a production workload, in the same namespace and environment, and computes whether it lets at least one pod go.',
  needs: ['workloads'],
  params: {
    every: flag('Whether every workload needs one; else one is enough, and those without are named.', false),
  },
  assess(subject) {
    const scope = workloadScope(subject, ['service']);
    const has = ['has a disruption budget', 'have a disruption budget'] as const;
    const blocked = scope.judged.some((it) => it.disruptionOff !== undefined || blocks(it) !== undefined);
    const oneIsEnough = !subject.params.every && !blocked;
    return everyWorkload(scope, { has, lacking: blocked ? 'contradicted' : 'missing', oneIsEnough }, answerFor);
  },
});

function answerFor(workload: Workload): Answer {
  const { disruption, disruptionOff } = workload;
  const subject = nameOf(workload);
  if (disruptionOff) {
    const message = `values switch off the disruption budget of ${subject}, so draining nodes may take all its pods at once`;
    const fix = 'Switch it on in the values of production.';
    return { is: 'no', written: true, problems: [{ message, at: disruptionOff, fix, subject }] };
  }
  if (!disruption) {
    const message = `no PodDisruptionBudget selects ${subject}, so draining nodes may take all its pods at once`;
    const fix = 'Add a PodDisruptionBudget with `maxUnavailable: 1` that selects its pods.';
    return { is: 'no', problems: [{ message, at: workload.at, fix, subject }] };
  }
  const { at, doubt } = disruption;
  if (doubt !== undefined) return { is: 'unclear', because: doubt, at };
  const message = blocks(workload);
  if (message !== undefined) {
    const fix = 'Allow at least one pod to go: `maxUnavailable: 1`.';
    return { is: 'no', problems: [{ message: `${subject}: ${message}`, at, fix, subject }] };
  }
  const hidden = [disruption.minAvailable, disruption.maxUnavailable].find((it) => it !== undefined && !isKnown(it));
  if (hidden && !isKnown(hidden)) return { is: 'unclear', because: `${hidden.opaque} says what its budget allows`, at };
  if (!disruption.minAvailable && !disruption.maxUnavailable)
    return { is: 'unclear', because: 'its budget says neither minAvailable nor maxUnavailable', at };
  return { is: 'yes', shown: [at] };
}

/** How a budget keeps every pod where it is, so that no node can be drained. */
function blocks(workload: Workload): string | undefined {
  const { disruption } = workload;
  if (!disruption || disruption.doubt !== undefined) return undefined;
  const { maxUnavailable, minAvailable } = disruption;
  if (isKnown(maxUnavailable) && /^0%?$/.test(maxUnavailable.value))
    return `its budget says maxUnavailable: ${maxUnavailable.value}, so no node that runs it can be drained`;
  return blockedByMinimum(minAvailable, mostCopies(workload));
}

function blockedByMinimum(minimum: Disruption['minAvailable'], copies: number | undefined): string | undefined {
  if (!isKnown(minimum)) return undefined;
  const { value } = minimum;
  if (value === '100%') return 'its budget says minAvailable: 100%, so no node that runs it can be drained';
  if (copies === undefined || !/^\d+$/.test(value) || Number(value) < copies || copies === 0) return undefined;
  return `its budget keeps ${value} of ${counted(copies, 'pod')}, so no node that runs it can be drained`;
}

/** Pods that may run; with an autoscaler as many as it allows, because a budget that blocks at night may not by day. */
function mostCopies({ autoscaler, replicas }: Workload): number | undefined {
  const copies = autoscaler ? autoscaler.max : replicas;
  return isKnown(copies) ? copies.value : undefined;
}
