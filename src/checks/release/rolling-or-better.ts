/** Assesses whether a new version replaces the old one step by step, with enough of the service left at every moment. */
import { isKnown } from '../../evidence/known.ts';
import type { Rollout, Workload } from '../../evidence/workloads/workload.ts';
import { declared, defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { integer } from '../params.ts';
import { leastCopies } from '../running-copies.ts';
import { counted } from '../words.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    "Looks at how each production workload is updated: rolling (Kubernetes' default) with not too many pods gone at once, blue-green, or a canary by Argo Rollouts or Flagger. `Recreate` stops everything first.",
  needs: ['workloads'],
  params: {
    unavailable: integer('Most of the pods that may be gone at once during an update, in percent.', 25),
  },
  assess(subject) {
    const { claims, params } = subject;
    const scope = workloadScope(subject, ['service']);
    const strategy = claims.release?.strategy;
    if (scope.judged.length === 0 && strategy !== undefined && strategy !== 'recreate')
      return declared(`the manifest says ${strategy}, and no workload here shows it`, subject.at('/release/strategy'));
    const has = ['is replaced step by step', 'are replaced step by step'] as const;
    return everyWorkload(scope, { has }, (workload) => answerFor(workload, params.unavailable));
  },
});

function answerFor(workload: Workload, most: number): Answer {
  const { rollout, kind } = workload;
  if (!rollout)
    return lacking(workload, `is a ${kind}, which nothing replaces step by step`, 'Let a Deployment run it.');
  const { strategy } = rollout;
  if (!isKnown(strategy))
    return { is: 'unclear', because: `${strategy.opaque} says how it is updated`, at: strategy.at };
  if (strategy.value === 'recreate')
    return lacking(
      workload,
      'is stopped before the new version starts, so every release is an outage',
      'Use `RollingUpdate`, or say why two versions cannot run side by side.',
      rollout,
    );
  if (strategy.value !== 'rolling') return { is: 'yes', shown: [rollout.at] };
  return rolling(workload, rollout, most);
}

function rolling(workload: Workload, rollout: Rollout, most: number): Answer {
  const { maxUnavailable } = rollout;
  if (!maxUnavailable) return { is: 'yes', shown: [rollout.at] };
  const { at } = maxUnavailable;
  if (!isKnown(maxUnavailable))
    return { is: 'unclear', because: `${maxUnavailable.opaque} says how many pods may be gone`, at };
  const { value } = maxUnavailable;
  const copies = leastCopies(workload);
  const percent = /^\d+%$/.test(value) ? Number(value.slice(0, -1)) : undefined;
  const known = isKnown(copies) ? copies.value : undefined;
  // Kubernetes rounds a share of pods down.
  const gone =
    percent === undefined ? Number(value) : known === undefined ? undefined : Math.floor((known * percent) / 100);
  if (value === '0' || gone === 0 || (percent ?? 101) <= most) return { is: 'yes', shown: [at] };
  if (gone !== undefined && known !== undefined && (gone / known) * 100 <= most) return { is: 'yes', shown: [at] };
  if (percent === undefined && known === undefined)
    return { is: 'unclear', because: `how many pods it runs is not known, and ${value} may be gone at once`, at };
  const share = percent === undefined ? `${value} of ${counted(known ?? 0, 'pod')}` : value;
  return lacking(
    workload,
    `may have ${share} gone at once during an update, and ${most} % is the most`,
    'Lower `maxUnavailable`; with 0 the new pods come first.',
    { at },
  );
}

function lacking(workload: Workload, what: string, fix: string, { at } = { at: workload.at }): Answer {
  const subject = nameOf(workload);
  return { is: 'no', problems: [{ message: `${subject} ${what}`, at, fix, subject }] };
}
