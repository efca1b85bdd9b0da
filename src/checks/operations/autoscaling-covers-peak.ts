/** Assesses whether the copies that may run at the most carry the highest load. */
import { isKnown } from '../../evidence/known.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Assessment, Place } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, defineCheck, missing, unknown, verified } from '../define.ts';
import { nameOf, withoutWorkloads } from '../every-workload.ts';
import { number } from '../params.ts';
import { mostCopies } from '../running-copies.ts';
import { listed, shortened } from '../words.ts';
import { LIKE_KUBERNETES, workloadScope } from '../workload-scope.ts';
import { carried, covers, measures, peakOf, perCopy } from './peak.ts';

const SCALING = [...LIKE_KUBERNETES, 'ecs', 'cloud-run', 'cloud-foundry'] as const;

export const check = defineCheck({
  summary:
    "Multiplies what one copy carries (`nfrs.capacity.per_instance`) with the most copies that may run: the maximum of the workload's HorizontalPodAutoscaler or ScaledObject, else its replicas. The product has to reach the peak: `nfrs.capacity.peak`, else `nfrs.throughput.peak` or its target. Of several workloads the one named by `nfrs.capacity.workload` counts, or that with the service's name.",
  needs: ['workloads'],
  params: { margin: number('How many times the peak has to be carried.', 1) },
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, params, service, at } = subject;
    const scope = workloadScope(subject, ['service'], SCALING);
    const [peak, one] = [peakOf(claims.nfrs), perCopy(claims.nfrs)];
    if (scope.judged.length === 0) return withoutWorkloads(scope);
    if (!peak || !one) {
      const lack = listed([...(peak ? [] : ['the peak']), ...(one ? [] : ['what one copy carries'])]);
      const fix = 'Measure both, and write `nfrs.capacity: { peak: 450rps, per_instance: 60rps }`.';
      const message = `whether ${shortened(namesIn(scope.judged), 3)} can grow enough is anybody's guess`;
      const place = placed(claimPlace(subject, '/nfrs'));
      return missing(unclaimed(manifest, lack), [{ message, ...place, fix, subject: 'capacity' }]);
    }
    const claim = at(one.pointer);
    const numbers = measures(one, peak);
    if (!numbers) return unknown(`${one.text} for a copy and ${peak.text} at the peak cannot be compared`, { claim });
    const chosen = carrying(scope.judged, claims, service.name);
    if (chosen.length === 0)
      return unknown(`which of ${shortened(namesIn(scope.judged), 4)} carries the load is not said`, { claim });
    const most = chosen.map((workload) => ({ workload, copies: mostCopies(workload) }));
    const hidden = most.find(({ workload, copies }) => !isKnown(copies) || copies.when !== undefined || workload.when);
    if (hidden) return unread(hidden.workload, claim);
    const known = most.flatMap(({ copies }) => (isKnown(copies) ? [copies] : []));
    const counts = known.map(({ value }) => value);
    const [least, sum] = [Math.min(...counts), counts.reduce((a, b) => a + b, 0)];
    const name = chosen[0] ? nameOf(chosen[0]) : '';
    const evidence = known.map((it) => it.at);
    if (covers(least, numbers, params.margin))
      return verified(`${name}: ${carried(least, numbers, params.margin)}`, evidence, { claim });
    if (!covers(sum, numbers, params.margin)) {
      const told = `${name}: ${carried(sum, numbers, params.margin)}`;
      const needed = Math.ceil((numbers.peak * params.margin) / numbers.each - 1e-9);
      const message = `at the peak ${name} stays ${needed - sum} of ${needed} copies short`;
      const fix = `Let it grow to ${needed} copies, or make one carry more.`;
      return contradicted(told, [{ message, ...placed(evidence[0]), fix, subject: name }], { claim, evidence });
    }
    const several = `${name} runs in ${chosen.length} places, alone up to ${carried(least, numbers, params.margin)}`;
    return unknown(`${several}; whether they share the load is not known`, { claim, evidence });
  },
});

/** All variants of the one workload that carries the load; none where that cannot be told. */
function carrying(judged: readonly Workload[], { nfrs }: Claims, service: string): readonly Workload[] {
  const wanted = nfrs?.capacity?.workload ?? nfrs?.throughput?.workload;
  if (wanted !== undefined) return judged.filter(({ name }) => name === wanted);
  const named = judged.filter(({ name }) => name === service);
  if (named.length > 0) return named;
  return namesIn(judged).length === 1 ? judged : [];
}

/** Each name once: a workload may run in several environments. */
function namesIn(judged: readonly Workload[]): readonly string[] {
  return [...new Set(judged.map(nameOf))];
}

function unread(workload: Workload, claim: Place): Assessment {
  const copies = mostCopies(workload);
  const why = copies && !isKnown(copies) ? `${copies.opaque} decides` : 'nothing here says';
  return unknown(`${why} how many copies of ${nameOf(workload)} may run`, {
    claim,
    evidence: [(copies ?? workload).at],
  });
}
