/** The shape of one workload, whatever platform runs it, after everything that belongs to it was joined. Types only. */
import type { Place } from '../../model.ts';
import type { Maybe } from '../known.ts';

/** Who runs it. */
export type Platform =
  | 'kubernetes'
  | 'openshift'
  | 'knative'
  | 'argo-rollouts'
  | 'nais'
  | 'clowder'
  | 'chart-values'
  | 'compose'
  | 'ecs'
  | 'cloud-run'
  | 'cloud-foundry'
  | 'procfile';

/** `service`: runs all the time. `daemon`: one on every node. `job`: ends, also when a schedule starts it. */
export type Role = 'service' | 'daemon' | 'job';

/** How something asks a container whether it is well. */
export interface Probe {
  readonly kind: 'http' | 'tcp' | 'grpc' | 'exec' | 'other';
  readonly path?: string;
  /** Number or name. */
  readonly port?: string;
  readonly command?: string;
}

/** A variable of a container's environment. Secret values are never kept, only that something is written. */
export interface EnvVar {
  readonly name: string;
  /** The text as written; absent where it comes from elsewhere, and for names that promise a secret. */
  readonly value?: string;
  /** Where it comes from. `literal-secret`: a name that promises a secret, with a value written out. */
  readonly from: 'literal' | 'literal-secret' | 'secret' | 'config' | 'field' | 'opaque';
  /** A chart's values fill it in. */
  readonly via?: 'values';
  readonly at: Place;
}

/** One container (or what the platform has in its place). */
export interface Container {
  readonly name: string;
  /** `main`: what the workload is there for, neither of the others. `sidecar`: a known proxy, agent or exporter. `init`: ends before the others start. */
  readonly role: 'main' | 'sidecar' | 'init';
  readonly image?: Maybe<string>;
  readonly ports: readonly { readonly name?: string; readonly number?: number; readonly at: Place }[];
  readonly readiness?: Maybe<Probe>;
  readonly liveness?: Maybe<Probe>;
  readonly startup?: Maybe<Probe>;
  readonly cpuRequest?: Maybe<string>;
  readonly memoryRequest?: Maybe<string>;
  readonly cpuLimit?: Maybe<string>;
  readonly memoryLimit?: Maybe<string>;
  readonly security: ContainerSecurity;
  readonly preStop?: Maybe<string>;
  readonly command: readonly string[];
  readonly env: readonly EnvVar[];
  readonly at: Place;
}

/** A container's security context over that of its pod. */
export interface ContainerSecurity {
  readonly runAsNonRoot?: Maybe<boolean>;
  readonly runAsUser?: Maybe<number>;
  readonly allowPrivilegeEscalation?: Maybe<boolean>;
  readonly readOnlyRootFilesystem?: Maybe<boolean>;
  readonly privileged?: Maybe<boolean>;
  /** Capabilities taken away, e.g. ALL. */
  readonly dropped?: Maybe<readonly string[]>;
  /** Capabilities it has besides those every container has, e.g. NET_ADMIN. */
  readonly added?: Maybe<readonly string[]>;
}

/** What scales it: an HPA, KEDA's ScaledObject, or the platform itself. */
export interface Autoscaler {
  readonly kind: string;
  readonly min?: Maybe<number>;
  readonly max?: Maybe<number>;
  /** Why it may scale something else. */
  readonly doubt?: string;
  readonly at: Place;
}

/** A PodDisruptionBudget that selects it. Numbers and percentages as written. */
export interface Disruption {
  readonly minAvailable?: Maybe<string>;
  readonly maxUnavailable?: Maybe<string>;
  /** Why it may select something else. */
  readonly doubt?: string;
  readonly at: Place;
}

/** How a new version replaces the old one. */
export interface Rollout {
  readonly strategy: Maybe<'rolling' | 'recreate' | 'canary' | 'blue-green'>;
  readonly maxUnavailable?: Maybe<string>;
  readonly maxSurge?: Maybe<string>;
  /** Steps, weights or an analysis of measurements decide whether it goes on. */
  readonly analysed?: Maybe<boolean>;
  /** It is taken back by itself when it fails, e.g. an ECS circuit breaker. */
  readonly rollsBack?: Maybe<boolean>;
  readonly at: Place;
}

/** An object that was joined to the workload because it selects it. */
export interface Joined {
  /** E.g. Service, ServiceMonitor, PodMonitor, NetworkPolicy, Ingress, VirtualService. */
  readonly kind: string;
  readonly name: string;
  /** Ports it names or exposes. */
  readonly ports: readonly { readonly name?: string; readonly number?: number; readonly target?: string }[];
  /** It takes requests from outside the cluster: an Ingress, a route, a load balancer. */
  readonly fromOutside?: true;
  /** For policies of who may call: whether that is everyone. `unsaid`: it is about something else. */
  readonly callers?: Callers;
  /** Where it lets anyone in, but only on these ports: their names and numbers. */
  readonly openPorts?: readonly string[];
  /** Bounds that it sets to what is taken on. */
  readonly bounds?: readonly Bound[];
  /** Why it may select something else. */
  readonly doubt?: string;
  readonly at: Place;
}

/** Whom a policy lets in: nobody but those it lists, anyone, or that cannot be read. */
export type Callers = 'listed' | 'anyone' | 'unclear' | 'unsaid';

/** A number that bounds what is taken on, e.g. requests a second. */
export interface Bound {
  /** As the platform calls it, e.g. `nginx.ingress.kubernetes.io/limit-rps`. */
  readonly what: string;
  readonly value: Maybe<string>;
  readonly at: Place;
}

/** One workload in one environment, joined. */
export interface Workload {
  readonly platform: Platform;
  /** The object's kind, e.g. Deployment; for other platforms what they call it, e.g. service, app, process. */
  readonly kind: string;
  readonly name: string;
  readonly role: Role;
  /** Environment by the manifest or by the names of files and folders, e.g. prod, staging; absent: the one that everything shares. */
  readonly environment?: string;
  /** Why it is not taken for the service in production, if so: a folder or a name that says it is a test rig, an example, for development, or another environment. */
  readonly aside?: { readonly because: string };
  /** What keeps the view from being whole, e.g. a remote base or a generator; then what is absent is unknown. */
  readonly partial?: string;
  /** The template's condition under which it exists at all, where values do not decide it. */
  readonly when?: string;
  /** The product of others that it runs and nothing else, e.g. postgres: not what this repository's team writes. */
  readonly product?: string;
  readonly replicas?: Maybe<number>;
  readonly autoscaler?: Autoscaler;
  readonly disruption?: Disruption;
  /** Where a shared chart's values say that there is to be no budget. */
  readonly disruptionOff?: Place;
  readonly rollout?: Rollout;
  /** Affinity or topology spread: the topology keys it spreads over, e.g. topology.kubernetes.io/zone. */
  readonly spread?: Maybe<readonly string[]>;
  /** Seconds it may take to end. */
  readonly grace?: Maybe<number>;
  /** Addresses within the cluster that its manifest says it calls, e.g. `ledger.payments`. */
  readonly calls?: readonly string[];
  readonly containers: readonly Container[];
  readonly joined: readonly Joined[];
  readonly annotations: Readonly<Record<string, string>>;
  /** Service account it runs as, where one is named. */
  readonly account?: string;
  readonly namespace?: string;
  /** What of its node it shares: hostNetwork, hostPID, hostIPC. */
  readonly shares?: readonly { readonly what: string; readonly at: Place }[];
  /** What the namespace's Pod Security admission enforces, as its label says. */
  readonly admission?: { readonly level: 'baseline' | 'restricted'; readonly at: Place };
  /** Bounds that it sets itself to what it takes on. */
  readonly bounds?: readonly Bound[];
  readonly at: Place;
}
