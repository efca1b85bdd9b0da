/** Assesses whether enough copies of every workload run in production. */
import { isKnown } from '../../evidence/known.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { integer } from '../params.ts';
import { leastCopies } from '../running-copies.ts';
import { counted } from '../words.ts';
import { workloadScope } from '../workload-scope.ts';

/** kube-linter's annotation by which a team says why one copy is enough. */
const ACCEPTED = /^ignore-check\.kube-linter\.io\/minimum-\w+-replicas$/;

export const check = defineCheck({
  summary:
    "Counts the copies of each production workload: the minimum of its HorizontalPodAutoscaler or ScaledObject, else its replicas, which are one where none are written. A workload that says by kube-linter's annotation why it runs alone is not asked.",
  needs: ['workloads'],
  params: {
    copies: integer('Copies that have to run at the least.', 2, 1),
  },
  assess(subject) {
    const { copies } = subject.params;
    if (copies <= 1) return notApplicable(`one copy is enough for a service of tier ${subject.service.tier}`);
    const scope = workloadScope(subject, ['service']);
    const count = counted(copies, 'copy', 'copies');
    const has = [`runs at least ${count}`, `run at least ${count}`] as const;
    return everyWorkload(scope, { has }, (workload) => answerFor(workload, copies));
  },
});

function answerFor(workload: Workload, copies: number): Answer {
  const accepted = Object.entries(workload.annotations).find(([key]) => ACCEPTED.test(key));
  if (accepted) return { is: 'exempt', because: `alone on purpose (${accepted[1].slice(0, 80) || accepted[0]})` };
  const least = leastCopies(workload);
  if (!least) return { is: 'exempt', because: 'no number of copies' };
  if (!isKnown(least)) return { is: 'unclear', because: `${least.opaque} says how many copies run`, at: least.at };
  if (least.value >= copies) return { is: 'yes', shown: [least.at] };
  const by = workload.autoscaler
    ? `, says its ${workload.autoscaler.kind}`
    : least.via === 'default'
      ? ', as it names no replicas'
      : '';
  const message = `${nameOf(workload)} may run ${counted(least.value, 'copy', 'copies')}${by}, and ${copies} are asked for`;
  const fix = `Set ${workload.autoscaler ? 'the minimum' : '`replicas`'} to ${copies} or more, or say in a waiver why fewer have to do.`;
  return { is: 'no', problems: [{ message, at: least.at, fix, subject: nameOf(workload) }] };
}
