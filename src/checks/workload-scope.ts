/** Which workloads are judged: the service's own in production, unless the manifest or `--scope all` says otherwise. Pure. */
import { isKnown } from '../evidence/known.ts';
import { globMatcher } from '../evidence/references/glob.ts';
import { isProduction } from '../evidence/workloads/environment.ts';
import type { Platform, Role, Workload } from '../evidence/workloads/workload.ts';
import type { Evidence } from '../generated/evidence.ts';
import type { Claims } from '../manifest/manifest.ts';
import type { Delegated, Place, Unread } from '../model.ts';

/** What every check of workloads knows. */
export interface WorkloadSubject {
  readonly claims: Claims;
  readonly scope: Scope;
  readonly evidence: Pick<Evidence, 'workloads'>;
}

/** `production`: first-party workloads in production. `all`: every workload found. */
export type Scope = 'production' | 'all';

/** The workloads to judge, and in words why not the others. */
export interface WorkloadScope {
  readonly judged: readonly Workload[];
  /** Why the others are not, each reason with how many it keeps out. */
  readonly aside: readonly { readonly because: string; readonly count: number }[];
  /** "in prod (deploy/prod)", "(deploy)", or '' where the root holds them. */
  readonly where: string;
  /** Set where there are workloads of this service and none of them is production's. */
  readonly lowerOnly?: string;
  readonly unread: readonly Unread[];
  readonly delegated: readonly Delegated[];
  /** The first of what is set aside. */
  readonly asideAt?: Place;
}

/** Platforms whose workloads have probes, budgets and requests as Kubernetes has them. */
export const LIKE_KUBERNETES: readonly Platform[] = [
  'kubernetes',
  'openshift',
  'knative',
  'argo-rollouts',
  'nais',
  'clowder',
  'chart-values',
];

/** Something in a repository that is for one environment or for all. */
interface Placed extends Pick<Workload, 'kind' | 'name' | 'at' | 'environment' | 'aside'> {}

/** Of other things than workloads, e.g. ingresses, those of the service in production. */
export function inProduction<T extends Placed>(
  things: readonly T[],
  { claims, scope }: Pick<WorkloadSubject, 'claims' | 'scope'>,
): readonly T[] {
  const { includes, excludes } = namedBy(claims);
  const own = things.filter((it) => !excludes?.(it) && (includes ? includes(it) : scope === 'all' || !it.aside));
  return scope === 'all' || includes ? own : ofProduction(own, claims);
}

/** The workloads of some roles to judge. */
export function workloadScope(
  { claims, scope, evidence }: WorkloadSubject,
  roles: readonly Role[],
  platforms: readonly Platform[] = LIKE_KUBERNETES,
): WorkloadScope {
  const { facts, unread, delegated } = evidence.workloads;
  const all = facts.workloads.filter(({ platform }) => platforms.includes(platform));
  const named = namedBy(claims);
  const kept = all.map((workload) => ({ workload, because: keptOut(workload, roles, named, scope) }));
  const own = kept.flatMap(({ workload, because }) => (because === undefined ? [workload] : []));
  const reduced = scope === 'all' || named.includes ? own : ofProduction(own, claims);
  const dropped = own.filter((workload) => !reduced.includes(workload));
  const reasons = [
    ...kept.flatMap(({ because }) => because ?? []),
    ...dropped.map(({ environment }) => (environment === undefined ? 'a base' : `for ${environment}`)),
  ];
  const asideAt = all.find((workload) => !reduced.includes(workload))?.at;
  const lower = [...new Set(dropped.flatMap(({ environment }) => environment ?? []))];
  return {
    judged: reduced,
    aside: tally(reasons),
    where: whereOf(reduced),
    unread,
    delegated,
    ...(reduced.length === 0 && lower.length > 0 && { lowerOnly: lower.join(', ') }),
    ...(asideAt && { asideAt }),
  };
}

interface Named {
  readonly includes?: (it: Placed) => boolean;
  readonly excludes?: (it: Placed) => boolean;
}

/** What the manifest's `scope` says. */
function namedBy({ scope }: Claims): Named {
  const { include = [], exclude = [] } = scope ?? {};
  return {
    ...(include.length > 0 && { includes: (it: Placed) => include.some((entry) => isMeant(entry, it)) }),
    ...(exclude.length > 0 && { excludes: (it: Placed) => exclude.some((entry) => isMeant(entry, it)) }),
  };
}

/** `Deployment/ledger`, or a path or glob of files. */
function isMeant(entry: string, { kind, name, at }: Placed): boolean {
  if (entry.toLowerCase() === `${kind}/${name}`.toLowerCase()) return true;
  const path = entry.replace(/\/$/, '');
  return at.path === path || at.path.startsWith(`${path}/`) || (globMatcher(path)?.(at.path) ?? false);
}

const ROLE_WORDS: Readonly<Record<Role, string>> = { service: 'a service', daemon: 'a daemon', job: 'a job' };

/** Why a workload is not judged, whatever the environment. */
function keptOut(workload: Workload, roles: readonly Role[], named: Named, scope: Scope): string | undefined {
  if (!roles.includes(workload.role)) return ROLE_WORDS[workload.role];
  if (named.excludes?.(workload)) return 'excluded by the manifest';
  if (named.includes) return named.includes(workload) ? undefined : 'not in the scope that the manifest names';
  if (scope === 'all') return undefined;
  return workload.aside?.because ?? (isOff(workload) ? 'switched off' : undefined);
}

/** No copy runs, and nothing scales it. */
function isOff({ replicas, autoscaler }: Workload): boolean {
  return !autoscaler && isKnown(replicas) && replicas.value === 0;
}

/** Of each workload the variants for production; else what all environments share. One that is only for others is not judged. */
function ofProduction<T extends Placed>(workloads: readonly T[], claims: Claims): readonly T[] {
  const live = (workload: Placed): boolean =>
    workload.environment !== undefined && isProduction(workload.environment, claims);
  const inProduction = new Set(workloads.filter(live).map(keyOf));
  return workloads.filter(
    (workload) => live(workload) || (workload.environment === undefined && !inProduction.has(keyOf(workload))),
  );
}

function keyOf({ kind, name }: Placed): string {
  return `${kind}/${name}`;
}

function tally(reasons: readonly string[]): WorkloadScope['aside'] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([because, count]) => ({ because, count }));
}

function whereOf(workloads: readonly Workload[]): string {
  const environments = [...new Set(workloads.flatMap(({ environment }) => environment ?? []))];
  const [first, ...more] = workloads.map(({ at }) => at.path.split('/').slice(0, -1));
  const folder = more.reduce((common, parts) => {
    const end = common.findIndex((part, index) => part !== parts[index]);
    return end < 0 ? common : common.slice(0, end);
  }, first ?? []);
  const environment = environments.length === 0 ? '' : `in ${environments.slice(0, 3).join(', ')}`;
  return [environment, folder.length > 0 ? `(${folder.join('/')})` : ''].filter(Boolean).join(' ');
}
