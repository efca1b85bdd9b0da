/** Assesses whether the service refuses what is more than it can do: limits at its edge, in its mesh or in its server. */
import { isKnown } from '../../evidence/known.ts';
import type { Bound, Workload } from '../../evidence/workloads/workload.ts';
import type { Evidence } from '../../generated/evidence.ts';
import { defineCheck, unknown, verified } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    'Looks for a limit with a number where requests come in: annotations of ingresses and routes, rate limits of gateways, connection pools of a mesh, requests at a time of Knative or of the server, and web firewalls and API gateways in Terraform. Where something leads in from outside, only what is reached by it is asked. A library that can limit requests proves nothing and leaves it unknown.',
  needs: ['workloads', 'network'],
  params: {},
  assess(subject) {
    const scope = workloadScope(subject, ['service']);
    const { facts } = subject.evidence.network;
    if (scope.judged.length === 0 && facts.limits.length > 0) return byEdge(facts.limits);
    const hasEdge = scope.judged.some(isReached);
    const has = ['refuses what is too much', 'refuse what is too much'] as const;
    return everyWorkload(scope, { has, lacking: 'missing' }, (workload) => answerFor(workload, hasEdge, facts));
  },
});

type Network = Evidence['network']['facts'];

function byEdge(limits: Network['limits']) {
  const [hidden] = limits.filter(({ value }) => !isNumber(value));
  const known = limits.filter(({ value }) => isNumber(value));
  const [first] = known;
  if (!first && hidden) return unknown(`what ${hidden.name} limits is filled in elsewhere`, { evidence: [hidden.at] });
  const value = first && isKnown(first.value) ? first.value.value : '';
  return verified(
    `${first?.name} limits requests (${first?.what} ${value})`,
    known.map(({ at }) => at),
  );
}

function answerFor(workload: Workload, hasEdge: boolean, { limits, signs }: Network): Answer {
  const { containers, joined, bounds = [], at, partial, platform } = workload;
  if (platform === 'clowder')
    return { is: 'unclear', because: 'Clowder leads requests to it, and where they come in is not here', at };
  const served = joined.some(({ kind }) => kind === 'Service') || containers.some(({ ports }) => ports.length > 0);
  if (!served && partial === undefined) return { is: 'exempt', because: 'no port, so nothing calls it' };
  if (hasEdge && !isReached(workload) && partial === undefined)
    return { is: 'exempt', because: 'nothing leads there from outside' };
  const around = joined.flatMap(({ bounds: theirs = [], doubt }) => theirs.map((bound) => ({ bound, doubt })));
  const all = [...bounds.map((bound) => ({ bound, doubt: undefined })), ...around];
  const sure = all.filter(({ bound, doubt }) => doubt === undefined && isNumber(bound.value));
  if (sure.length > 0) return { is: 'yes', shown: sure.map(({ bound }) => bound.at) };
  const open = all.find(({ bound, doubt }) => doubt !== undefined || !isKnown(bound.value));
  if (open)
    return { is: 'unclear', because: open.doubt ?? `${open.bound.what} is filled in elsewhere`, at: open.bound.at };
  const [limit] = limits;
  if (limit) return { is: 'unclear', because: `whether ${limit.name} stands before it is not told`, at: limit.at };
  const [sign] = signs;
  if (sign)
    return {
      is: 'unclear',
      because: `${sign.text} is among the dependencies, and what it limits is not told`,
      at: sign.at,
    };
  const message = `nothing limits how much ${nameOf(workload)} takes on at a time`;
  const fix =
    'Set a rate limit where requests come in, or a limit of requests at a time in its server, from what a load test shows.';
  return { is: 'no', problems: [{ message, at, fix, subject: nameOf(workload) }] };
}

function isReached({ joined }: Workload): boolean {
  return joined.some(({ fromOutside }) => fromOutside);
}

/** A number above none. */
function isNumber(value: Bound['value']): boolean {
  return isKnown(value) && Number(/^\d{1,12}/.exec(value.value)?.[0] ?? 0) > 0;
}
