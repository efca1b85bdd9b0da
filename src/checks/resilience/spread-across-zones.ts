/** Assesses whether the copies of every workload are spread over zones. */
import { isKnown } from '../../evidence/known.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { list } from '../params.ts';
import { leastCopies } from '../running-copies.ts';
import { listed } from '../words.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    'Looks at topology spread constraints and pod anti-affinity of the production workloads that may run more than one copy: one of the topology keys has to be a zone.',
  needs: ['workloads'],
  params: {
    keys: list('Topology keys that stand for a zone.', [
      'topology.kubernetes.io/zone',
      'failure-domain.beta.kubernetes.io/zone',
    ]),
  },
  assess(subject) {
    const scope = workloadScope(subject, ['service']);
    const has = ['is spread over zones', 'are spread over zones'] as const;
    return everyWorkload(scope, { has, lacking: 'missing' }, (workload) => answerFor(workload, subject.params.keys));
  },
});

function answerFor(workload: Workload, keys: readonly string[]): Answer {
  const { spread, autoscaler } = workload;
  const copies = leastCopies(workload);
  if (!autoscaler && isKnown(copies) && copies.value <= 1 && copies.via !== 'default')
    return { is: 'exempt', because: 'a single copy, which is in one zone whatever is written' };
  if (spread && !isKnown(spread))
    return { is: 'unclear', because: `${spread.opaque} fills in where its pods go`, at: spread.at };
  if (spread?.value.some((key) => keys.includes(key))) return { is: 'yes', shown: [spread.at] };
  const over =
    spread && spread.value.length > 0 ? `spreads over ${listed(spread.value)} only` : 'says nothing about zones';
  return {
    is: 'no',
    problems: [
      {
        message: `${nameOf(workload)} ${over}, so all its pods may be in the zone that fails`,
        at: spread?.at ?? workload.at,
        fix: `Add a topology spread constraint over ${keys[0] ?? 'zones'}.`,
        subject: nameOf(workload),
      },
    ],
  };
}
