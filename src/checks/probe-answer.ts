/** Whether a workload's containers that take requests have a probe. One that listens on nothing needs none. Pure. */
import { isKnown } from '../evidence/known.ts';
import type { Container, Workload } from '../evidence/workloads/workload.ts';
import { type Answer, nameOf } from './every-workload.ts';

/** How a probe is called, and what its absence leads to. */
export interface ProbeWords {
  readonly probe: 'readiness' | 'liveness';
  /** E.g. "requests reach it before it can answer them". */
  readonly consequence: string;
  readonly fix: string;
}

/** What stands about one workload's probe. */
export function probeAnswer(workload: Workload, { probe, consequence, fix }: ProbeWords): Answer {
  const mains = workload.containers.filter(({ role }) => role === 'main');
  const asked = mains.filter((it) => listens(it) || it[probe] !== undefined);
  const served = workload.joined.some(({ kind, doubt }) => kind === 'Service' && doubt === undefined);
  if (asked.length === 0 && !served) {
    if (workload.partial !== undefined) return { is: 'unclear', because: workload.partial, at: workload.at };
    const beside = workload.containers.filter(({ role }) => role === 'sidecar').some(listens);
    return beside
      ? { is: 'unclear', because: 'only a sidecar names a port, which may lead to it', at: workload.at }
      : { is: 'exempt', because: 'no port, so nothing calls it' };
  }
  const judged = asked.length > 0 ? asked : mains;
  const lacking = judged.filter((it) => it[probe] === undefined);
  const [hidden] = judged.flatMap((it) => {
    const value = it[probe];
    return value !== undefined && !isKnown(value) ? [value] : [];
  });
  // Without ports it cannot be told which of several containers the Service leads to.
  const enough = asked.length === 0 && lacking.length < judged.length;
  if (lacking.length > 0 && !enough) {
    const problems = lacking.map((it) => ({
      message: `${containerName(workload, it, mains)} has no ${probe} probe, so ${consequence}`,
      at: it.at,
      fix,
      subject: `${nameOf(workload)}/${it.name}`,
    }));
    return { is: 'no', problems };
  }
  if (hidden) return { is: 'unclear', because: `${hidden.opaque} fills in its ${probe} probe`, at: hidden.at };
  return { is: 'yes', shown: judged.flatMap((it) => it[probe]?.at ?? []) };
}

function listens({ ports }: Container): boolean {
  return ports.length > 0;
}

/** "Deployment ledger", with the container where there are several. */
export function containerName(workload: Workload, { name }: Container, siblings: readonly Container[]): string {
  return siblings.length > 1 ? `${nameOf(workload)}, container ${name},` : nameOf(workload);
}
