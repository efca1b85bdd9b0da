/** Assesses whether containers give up what they do not need: escalation, capabilities, a file system to write to, the node. */
import { isKnown, type Maybe } from '../../evidence/known.ts';
import type { Edge } from '../../evidence/workloads/edges.ts';
import type { Container, Workload } from '../../evidence/workloads/workload.ts';
import type { Place, Problem } from '../../model.ts';
import { defineCheck } from '../define.ts';
import { type Answer, everyWorkload, nameOf } from '../every-workload.ts';
import { flag } from '../params.ts';
import { containerName } from '../probe-answer.ts';
import { listed } from '../words.ts';
import { workloadScope } from '../workload-scope.ts';

export const check = defineCheck({
  summary:
    "Looks at the security context of every main container of the production workloads: no privilege escalation, all capabilities dropped, a file system that cannot be written to. Privileged containers, added capabilities and the node's network or processes disprove it in any container. What the namespace's Pod Security admission enforces counts as set; what a platform does by itself is unknown.",
  needs: ['workloads'],
  params: {
    read_only: flag('Whether the file system of the image has to be read-only too.', true),
  },
  assess(subject) {
    const scope = workloadScope(subject, ['service', 'daemon', 'job']);
    const has = ['gives up what it does not need', 'give up what they do not need'] as const;
    const constrained = isOnOpenShift(scope.judged, subject.evidence.workloads.facts.edges);
    const excessive = scope.judged.some((it) => excessesOf(it).length > 0);
    return everyWorkload(scope, { has, lacking: excessive ? 'contradicted' : 'missing' }, (workload) =>
      answerFor(workload, { readOnly: subject.params.read_only, constrained }),
    );
  },
});

const FIX =
  'Set `allowPrivilegeEscalation: false`, `readOnlyRootFilesystem: true` and `capabilities: { drop: [ALL] }` in its security context.';

/** What OpenShift does by default with every pod, whatever its manifest says; it leaves the file system as it is. */
const CONSTRAINED = "OpenShift's security context constraints take these away unless an exception is made";

/** Whether the cluster is OpenShift: some of its kinds are here. */
function isOnOpenShift(workloads: readonly Workload[], edges: readonly Edge[]): boolean {
  return (
    workloads.some(({ platform }) => /^(openshift|clowder)$/.test(platform)) ||
    edges.some(({ kind }) => kind === 'Route')
  );
}

interface Asked {
  readonly readOnly: boolean;
  readonly constrained: boolean;
}

function answerFor(workload: Workload, asks: Asked): Answer {
  const excesses = excessesOf(workload);
  if (excesses.length > 0) return { is: 'no', written: true, problems: excesses };
  const mains = workload.containers.filter(({ role }) => role === 'main');
  if (mains.length === 0) return { is: 'unclear', because: 'its containers are not described', at: workload.at };
  const asked = mains.map((container) => ({ container, parts: partsOf(container, workload, asks) }));
  const problems = asked.flatMap(({ container, parts }): readonly Problem[] => {
    const lacking = parts.filter(({ state }) => state === 'lacking').map(({ what }) => what);
    if (lacking.length === 0) return [];
    const message = `${containerName(workload, container, mains)} does not say ${listed(lacking)}`;
    return [{ message, at: container.at, fix: FIX, subject: `${nameOf(workload)}/${container.name}` }];
  });
  if (problems.length > 0) return { is: 'no', problems };
  const hidden = asked.flatMap(({ parts }) => parts).find(({ state }) => state === 'hidden');
  if (hidden) return { is: 'unclear', because: hidden.because, at: hidden.at };
  return { is: 'yes', shown: asked.flatMap(({ parts }) => parts[0]?.at ?? []) };
}

interface Part {
  readonly what: string;
  readonly state: 'set' | 'lacking' | 'hidden';
  readonly because: string;
  readonly at: Place;
}

function partsOf(
  { security, at }: Container,
  { admission }: Workload,
  { readOnly, constrained }: Asked,
): readonly Part[] {
  const { allowPrivilegeEscalation, dropped, readOnlyRootFilesystem } = security;
  const given = { enforced: admission?.level === 'restricted' ? admission.at : undefined, byPlatform: constrained };
  const part = <T>(
    what: string,
    value: Maybe<T> | undefined,
    isSet: (value: T) => boolean,
    { enforced, byPlatform = false }: { readonly enforced?: Place | undefined; readonly byPlatform?: boolean } = {},
  ): Part => {
    if (enforced) return { what, state: 'set', because: '', at: enforced };
    if (value === undefined && byPlatform) return { what, state: 'hidden', because: CONSTRAINED, at };
    if (value === undefined) return { what, state: 'lacking', because: '', at };
    if (!isKnown(value)) return { what, state: 'hidden', because: `${value.opaque} is filled in`, at: value.at };
    if (!isSet(value.value)) return { what, state: 'lacking', because: '', at: value.at };
    const hidden = value.via === 'default';
    return {
      what,
      state: hidden ? 'hidden' : 'set',
      because: 'its platform sets this by default',
      at: value.at,
    };
  };
  return [
    part('allowPrivilegeEscalation: false', allowPrivilegeEscalation, (it) => !it, given),
    part('that all capabilities are dropped', dropped, (it) => it.some((name) => /^all$/i.test(name)), given),
    ...(readOnly ? [part('readOnlyRootFilesystem: true', readOnlyRootFilesystem, (it) => it)] : []),
  ];
}

/** Capabilities that the strictest of Kubernetes' Pod Security Standards still lets a pod add. */
const HARMLESS = /^(CAP_)?NET_BIND_SERVICE$/i;

/** What it has that it should not, in so many words. */
function excessesOf(workload: Workload): readonly Problem[] {
  const { containers, shares = [] } = workload;
  const tell = (container: Container, what: string, at: Place): Problem => ({
    message: `${containerName(workload, container, containers)} ${what}`,
    at,
    fix: 'Take it away, or say in a waiver what needs it.',
    subject: `${nameOf(workload)}/${container.name}`,
  });
  const own = containers.flatMap((container): readonly Problem[] => {
    const { privileged, allowPrivilegeEscalation, added } = container.security;
    const more = isKnown(added) ? added.value.filter((name) => !HARMLESS.test(name)) : [];
    return [
      ...(isKnown(privileged) && privileged.value ? [tell(container, 'runs privileged', privileged.at)] : []),
      ...(isKnown(allowPrivilegeEscalation) && allowPrivilegeEscalation.value
        ? [tell(container, 'may gain more privileges than it starts with', allowPrivilegeEscalation.at)]
        : []),
      ...(more.length > 0 && added ? [tell(container, `adds the capability ${listed(more)}`, added.at)] : []),
    ];
  });
  const shared = shares.map(
    ({ what, at }): Problem => ({
      message: `${nameOf(workload)} shares its node by ${what}`,
      at,
      fix: 'Take it away, or say in a waiver what needs it.',
      subject: nameOf(workload),
    }),
  );
  return [...own, ...shared];
}
