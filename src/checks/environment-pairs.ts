/** Production beside the other environments: what each sets for the same workload or the same chart. Pure; says what differs, not whether it may. */
import { isProduction } from '../evidence/workloads/environment.ts';
import type { Workload } from '../evidence/workloads/workload.ts';
import type { Evidence } from '../generated/evidence.ts';
import type { Claims } from '../manifest/manifest.ts';
import type { Place } from '../model.ts';
import { traitsOf } from './workload-traits.ts';

/** Something that an environment sets for a workload or a chart. */
export interface Trait {
  /** E.g. `readiness probe`, `env LOG_LEVEL`, `ingress.enabled`. */
  readonly name: string;
  /** As it is written, where `name` has * for the environment in it. */
  readonly written?: string;
  /** It is switched off there. */
  readonly off?: boolean;
  /** Whether it is on is decided elsewhere. */
  readonly hidden?: boolean;
  readonly at: Place;
}

/** One workload or chart in one environment. */
export interface Side {
  readonly environment: string;
  readonly traits: readonly Trait[];
  readonly at: Place;
  /** Why more may be set there than can be seen. */
  readonly partial?: string;
}

/** One workload or chart in production and in the others. */
export interface Pairing {
  /** E.g. `Deployment ledger`, `chart ledger`. */
  readonly subject: string;
  readonly production: Side;
  readonly others: readonly Side[];
}

/** All that there is in production and elsewhere too. */
export function pairings(evidence: Pick<Evidence, 'workloads' | 'environments'>, claims: Claims): readonly Pairing[] {
  const { charts } = evidence.environments.facts;
  const ofCharts = charts.flatMap((chart): readonly Pairing[] => {
    const sides = chart.environments.map(
      (it): Side => ({
        environment: it.environment,
        at: it.at,
        traits: anonymous(laid(chart.shared, it.keys), it.environment),
        ...(chart.partial !== undefined && { partial: chart.partial }),
      }),
    );
    return paired(`chart ${chart.chart}`, sides, claims);
  });
  // Variables of a chart's workloads are among the keys of its values.
  const isOfChart = ({ at }: Workload): boolean =>
    charts.some(({ folder }) => folder === '' || at.path.startsWith(`${folder}/`));
  const groups = new Map<string, Side[]>();
  for (const workload of evidence.workloads.facts.workloads) {
    if (workload.environment === undefined || workload.aside || workload.platform === 'chart-values') continue;
    const key = `${workload.kind} ${workload.name}`;
    groups.set(key, [...(groups.get(key) ?? []), sideOf(workload, isOfChart(workload))]);
  }
  const ofWorkloads = [...groups].flatMap(([subject, sides]) => paired(subject, sides, claims));
  return [...ofCharts, ...ofWorkloads];
}

/** Other words for the same environment, as they come to stand in names. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['prod', 'production', 'prd'],
  ['staging', 'stage', 'stg'],
  ['dev', 'development', 'develop'],
  ['preprod', 'pre-prod', 'pre-production'],
];

/** Names without the environment in them: `ledger-secrets-production` and `ledger-secrets-staging` are one key. */
function anonymous(traits: readonly Trait[], environment: string): readonly Trait[] {
  const words = SYNONYMS.find((it) => it.includes(environment.toLowerCase())) ?? [environment];
  const plain = words.map((word) => word.replace(/[^\w-]/g, '\\$&')).sort((a, b) => b.length - a.length);
  const own = new RegExp(`(^|[^a-z0-9])(${plain.join('|')})(?=$|[^a-z0-9])`, 'gi');
  return traits.map((it) => {
    const name = it.name.replace(own, '$1*');
    return name === it.name ? it : { ...it, name, written: it.name };
  });
}

/** The values of one environment over those of all. */
function laid(shared: readonly Trait[], own: readonly Trait[]): readonly Trait[] {
  return [...new Map([...shared, ...own].map((it) => [it.name, it])).values()];
}

function sideOf(workload: Workload, isOfChart: boolean): Side {
  const { environment = '', at, partial, when } = workload;
  const because = partial ?? (when && `it is there only where ${when}`);
  const traits = traitsOf(workload).filter(({ name }) => !isOfChart || !/(^|: )env /.test(name));
  return {
    environment,
    at,
    traits: anonymous(traits, environment),
    ...(because !== undefined && { partial: because }),
  };
}

/** Environments that come and go, or that only their developer sees. */
const FLEETING = /^(local|localhost|preview|review|ephemeral|sandbox|demo|perf)$/i;

function paired(subject: string, sides: readonly Side[], claims: Claims): readonly Pairing[] {
  const [production] = sides.filter(({ environment }) => isProduction(environment, claims));
  if (!production) return [];
  const rest = sides.filter(({ environment }) => !isProduction(environment, claims) && !FLEETING.test(environment));
  // Of several files for one environment, e.g. one for each region, one is enough to compare with.
  const others = [...new Map(rest.map((it) => [it.environment, closest(production, it.environment, rest)])).values()];
  return others.length > 0 ? [{ subject, production, others }] : [];
}

/** The one with most in common. */
function closest(production: Side, environment: string, sides: readonly Side[]): Side {
  const names = new Set(production.traits.map(({ name }) => name));
  const own = sides.filter((it) => it.environment === environment);
  const inCommon = (side: Side): number => side.traits.filter(({ name }) => names.has(name)).length;
  return own.reduce((best, it) => (inCommon(it) > inCommon(best) ? it : best));
}

/** Environments closest to production first. */
const CLOSEST: readonly RegExp[] = [
  /^pre-?prod/i,
  /stag(e|ing)|^stg|-stg/i,
  /uat|accept/i,
  /qa|^non-?prod/i,
  /test|^int/i,
  /dev/i,
];

/** The environment that is kept like production: the manifest says which, else its name does. */
export function stagingOf({ production, others }: Pairing, claims: Claims): Side | undefined {
  const claimed = claims.environments?.find(({ parity }) => parity === production.environment)?.id;
  const ranked = [
    (side: Side) => side.environment === claimed,
    ...CLOSEST.map((it) => (side: Side) => it.test(side.environment)),
  ];
  for (const fits of ranked) {
    const found = others.find(fits);
    if (found) return found;
  }
  return others[0];
}

/** What one side sets and the other does not. */
export function lackingIn(other: Side, side: Side): readonly Trait[] {
  const there = new Set(other.traits.map(({ name }) => name));
  return side.traits.filter(({ name }) => !there.has(name));
}
