/** How many copies of a workload run at the least: by what scales it, else by what is written. Pure. */
import { isKnown, type Maybe } from '../evidence/known.ts';
import type { Workload } from '../evidence/workloads/workload.ts';

/** The least number of copies; an autoscaler has the last word. Undefined for what has none, e.g. a daemon. */
export function leastCopies({ replicas, autoscaler }: Workload): Maybe<number> | undefined {
  if (!autoscaler) return replicas;
  if (autoscaler.doubt === undefined) return autoscaler.min;
  const { min, at, doubt } = autoscaler;
  // Whether it scales or not, there are as many as the lower number says.
  if (isKnown(min) && isKnown(replicas) && replicas.value === min.value) return min;
  return { opaque: doubt, at };
}

/** The greatest number of copies: what the autoscaler may go up to, else what is written. Undefined where nothing says. */
export function mostCopies({ replicas, autoscaler }: Workload): Maybe<number> | undefined {
  if (!autoscaler) return replicas;
  const { max, at, doubt } = autoscaler;
  return doubt === undefined || !max ? max : { opaque: doubt, at };
}
