/** Assesses whether only those may call a workload that are listed: by policies of the cluster or the mesh, and by security groups. */
import type { Opening } from '../../evidence/network/openings.ts';
import type { Callers, Joined, Workload } from '../../evidence/workloads/workload.ts';
import type { Assessment, Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { type Answer, everyWorkload, nameOf, withoutWorkloads } from '../every-workload.ts';
import { list } from '../params.ts';
import { together } from '../parts.ts';
import { share } from '../shares.ts';
import { shortened } from '../words.ts';
import { inProduction, workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    'Looks for a NetworkPolicy (of Kubernetes or Cilium), an AuthorizationPolicy of the mesh or an `accessPolicy` of NAIS that selects each production workload and says who may call it; one that lets everyone in does not count, unless requests from outside are led there. In Terraform a security group or firewall that is open to every address on another port than those of the edge disproves it.',
  needs: ['workloads', 'network'],
  params: {
    edge_ports: list('Ports that may be open to every address.', ['80', '443']),
  },
  assess(subject) {
    const scope = workloadScope(subject, ['service', 'daemon']);
    const openings = inProduction(
      subject.evidence.network.facts.openings.map((it) => ({ ...it, kind: 'rule' })),
      subject,
    );
    const rules = openings.length > 0 ? ofOpenings(openings, subject.params.edge_ports) : undefined;
    if (scope.judged.length === 0) {
      const [hidden] = subject.evidence.network.unread;
      if (!rules) return hidden ? unknown(`${hidden.at.path} could not be read: ${hidden.detail}`) : nothing(scope);
      return rules;
    }
    const open = scope.judged.some((it) => isOpen(it));
    const has = ['lets only those call it that are listed', 'let only those call them that are listed'] as const;
    const policies = everyWorkload(scope, { has, lacking: open ? 'contradicted' : 'missing' }, answerFor);
    if (!rules) return policies;
    return together([policies, rules], `${policies.because}; ${rules.because}`);
  },
});

function nothing(scope: ReturnType<typeof workloadScope>): Assessment {
  const elsewhere = withoutWorkloads(scope);
  return elsewhere.standing === 'unknown'
    ? elsewhere
    : notApplicable(`${elsewhere.because}, and no rule of a network either`);
}

const POLICY_FIX =
  'Add a NetworkPolicy that selects its pods and lists who may call it; begin with one for the namespace that lets nobody in.';

function answerFor(workload: Workload): Answer {
  const subject = nameOf(workload);
  const policies = workload.joined
    .filter(({ callers }) => callers !== undefined && callers !== 'unsaid')
    .map((it) => (leavesSome(it, workload) ? { ...it, callers: 'listed' as const } : it));
  const listens = workload.containers.some(({ ports }) => ports.length > 0);
  const served = workload.joined.some(({ kind }) => kind === 'Service');
  const isHidden = workload.partial !== undefined || workload.platform in BY_DEFAULT;
  if (policies.length === 0 && !listens && !served && !isHidden)
    return { is: 'exempt', because: 'no port, so nothing calls it' };
  const kinds = [...new Set(policies.map(({ kind }) => kind))];
  const verdicts = kinds.map((kind) => summed(policies.filter((it) => it.kind === kind)));
  const closed = verdicts.find(({ callers }) => callers === 'listed');
  if (closed) return { is: 'yes', shown: [closed.by.at] };
  const hidden = verdicts.find(({ callers }) => callers === 'unclear');
  if (hidden)
    return {
      is: 'unclear',
      because: hidden.by.doubt ?? `whom its ${hidden.by.kind} ${hidden.by.name} lets in is filled in elsewhere`,
      at: hidden.by.at,
    };
  const [open] = verdicts;
  if (open && workload.joined.some(({ fromOutside }) => fromOutside))
    return { is: 'exempt', because: 'it takes requests from outside' };
  if (open) {
    const on = open.by.openPorts
      ? ` on ${shortened(
          open.by.openPorts.map((it) => `port ${it}`),
          3,
        )}`
      : '';
    const message = `${open.by.kind} ${open.by.name} lets everyone call ${subject}${on}`;
    const problem: Problem = { message, at: open.by.at, fix: 'List in `from` who may call it.', subject };
    return { is: 'no', written: true, problems: [problem] };
  }
  const platform = BY_DEFAULT[workload.platform];
  if (platform !== undefined) return { is: 'unclear', because: platform, at: workload.at };
  const message = `no policy says who may call ${subject}, so every pod of the cluster may`;
  return { is: 'no', problems: [{ message, at: workload.at, fix: POLICY_FIX, subject }] };
}

/** Whether a policy opens only ports for metrics, or not all of those that the workload has. */
function leavesSome({ callers, openPorts }: Joined, { containers }: Workload): boolean {
  if (callers !== 'anyone' || !openPorts) return false;
  // A sidecar's closed port does not make up for the open one of what it serves.
  const mains = containers.filter(({ role, ports }) => role === 'main' && ports.length > 0);
  const asked = mains.length > 0 ? mains : containers;
  const ports = asked.flatMap((it) => it.ports).filter(({ name }) => !/metrics|prom/i.test(name ?? ''));
  const isOpen = ({ name, number }: (typeof ports)[number]): boolean =>
    openPorts.includes(name ?? '') || openPorts.includes(String(number));
  return ports.some((port) => !isOpen(port)) || (ports.length === 0 && asked.some((it) => it.ports.length > 0));
}

/** Platforms that make policies of their own. */
const BY_DEFAULT: Readonly<Partial<Record<Workload['platform'], string>>> = {
  nais: 'NAIS lets nobody in by default, and no accessPolicy says who may',
  clowder: 'Clowder makes the policies, and they are not here',
};

interface Summed {
  readonly callers: Callers;
  readonly by: Joined;
}

/** Policies of one kind add up, so one that lets everyone in decides, and one that may do so leaves it open. */
function summed(policies: readonly Joined[]): Summed {
  const certain = policies.filter(({ doubt }) => doubt === undefined);
  const open = certain.find(({ callers }) => callers === 'anyone');
  if (open) return { callers: 'anyone', by: open };
  const hidden = policies.find(
    ({ callers, doubt }) => callers === 'unclear' || (doubt !== undefined && callers === 'anyone'),
  );
  const closed = certain.find(({ callers }) => callers === 'listed');
  const [first] = policies as readonly [Joined, ...Joined[]];
  if (hidden || !closed) return { callers: 'unclear', by: hidden ?? first };
  return { callers: 'listed', by: closed };
}

function isOpen(workload: Workload): boolean {
  const answer = answerFor(workload);
  return answer.is === 'no' && answer.written === true;
}

function ofOpenings(openings: readonly Opening[], edgePorts: readonly string[]): Assessment {
  const wide = openings.filter(
    ({ from, ports }) => from === 'anywhere' && ports !== undefined && !isEdge(ports, edgePorts),
  );
  const certain = wide.filter(({ when }) => when === undefined);
  const hidden = openings.find(
    (it) =>
      it.from === 'unclear' ||
      (it.from === 'anywhere' && it.ports === undefined) ||
      (wide.includes(it) && it.when !== undefined),
  );
  const fine = openings.filter((it) => !wide.includes(it) && it.from !== 'unclear' && it.ports !== undefined);
  const because = `${share(fine.length, openings.length, 'rule', ['of the network names', 'of the network name'])} who may come in`;
  const evidence = fine.map(({ at }) => at).slice(0, 5);
  if (certain.length > 0) {
    const problems = certain.map(({ name, ports, at }) => ({
      message: `${name} is open to every address on ${ports === 'all' ? 'all ports' : /^\d+$/.test(ports ?? '') ? `port ${ports}` : `ports ${ports}`}`,
      at,
      fix: 'Name the addresses or the security group that may come in, or leave it to a load balancer.',
      subject: name,
    }));
    return contradicted(because, problems, { evidence });
  }
  if (hidden)
    return unknown(`${because}; whom ${hidden.name} lets in is filled in elsewhere`, {
      evidence: [...evidence, hidden.at],
    });
  return verified(because, evidence);
}

/** Ports of the edge only, or no port at all. */
function isEdge(ports: string, edgePorts: readonly string[]): boolean {
  return ports === 'ping' || ports.split(',').every((it) => edgePorts.includes(it));
}
