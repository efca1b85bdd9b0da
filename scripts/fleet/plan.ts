/** Who is in a fleet and who depends on whom: decided for the whole fleet before anything is written. */
import { type Random, randomOf } from './random.ts';

/** What one of five services lacks, so that there is something to find. */
type Gap = 'manifest' | 'runbook' | 'alerts' | 'pdb' | 'probes' | 'owner' | 'lock' | 'workload';

/** One service of a fleet. */
export interface Planned {
  readonly index: number;
  /** Name of its repository's folder: `repo-000017`. */
  readonly folder: string;
  readonly name: string;
  readonly team: string;
  readonly tier: 1 | 2 | 3 | 4;
  readonly stage: 'build' | 'beta' | 'live';
  readonly lead: string;
  readonly availability: number;
  readonly gap?: Gap;
  readonly dependsOn: readonly Dependency[];
  /** Names of those that depend on it and that it knows of. */
  readonly consumers: readonly string[];
}

/** Another service that a service calls. */
export interface Dependency {
  /** Its number; absent where no repository of the fleet has it. */
  readonly to?: number;
  readonly name: string;
  readonly criticality: 'hard' | 'soft';
  /** Milliseconds. */
  readonly timeout: number;
  readonly availability: number;
}

type Words = readonly [string, ...string[]];

const WORDS =
  'order cart price stock basket ledger payment invoice search offer mail audit route geo media review token quota batch sync'.split(
    ' ',
  ) as unknown as Words;
const LEADS = 'amara.khan bruno.ito carla.diaz dev.cole esther.roy ivo.marsh jana.novak kofi.mensah'.split(
  ' ',
) as unknown as Words;
const GAPS: readonly [Gap, ...Gap[]] = ['manifest', 'runbook', 'alerts', 'pdb', 'probes', 'owner', 'lock', 'workload'];
/** How far ahead in the fleet a service finds what it depends on. */
const REACH = 40;

/** The services of a fleet, in order. */
export function planFleet(seed: number, count: number): readonly Planned[] {
  const alone = Array.from({ length: count }, (_, index) => planOne(seed, index, count));
  const named = alone.map((it) => ({ ...it, dependsOn: it.dependsOn.map((to) => withName(to, alone)) }));
  const callers = new Map<number, string[]>();
  for (const { name, dependsOn } of named)
    for (const { to } of dependsOn) if (to !== undefined) callers.set(to, [...(callers.get(to) ?? []), name]);
  return named.map((it) => ({ ...it, consumers: knownOf(callers.get(it.index) ?? [], randomOf(seed + 1, it.index)) }));
}

function planOne(seed: number, index: number, count: number): Planned {
  const random = randomOf(seed, index);
  const words = `${random.pick(WORDS)}-${random.pick(WORDS)}`;
  // One of three hundred bears the name that its neighbour could have had.
  const name = `${words}-${random.happens(1 / 300) ? index - (index % 100) : index}`;
  const tier = random.pick([1, 2, 2, 3, 3, 3, 4] as const);
  const gap = random.happens(0.2) ? random.pick(GAPS) : undefined;
  return {
    index,
    folder: `repo-${String(index).padStart(6, '0')}`,
    name,
    team: `team-${random.pick(WORDS)}`,
    tier,
    stage: random.pick(['live', 'live', 'live', 'beta', 'build']),
    lead: random.happens(0.2) ? LEADS[0] : random.pick(LEADS),
    availability: random.pick([99.5, 99.9, 99.9, 99.95, 99.99]),
    ...(gap && { gap }),
    dependsOn: Array.from({ length: random.below(4) }, () => dependencyOf(random, index, count)),
    consumers: [],
  };
}

/** Mostly further on in the fleet; one of thirty leads back, and one of fifty nowhere. */
function dependencyOf(random: Random, index: number, count: number): Dependency {
  const steps = 1 + random.below(REACH);
  const to = (index + (random.happens(1 / 30) ? count - steps : steps)) % count;
  return {
    ...(!random.happens(0.02) && to >= 0 && to !== index && { to }),
    name: `legacy-${random.pick(WORDS)}`,
    criticality: random.happens(0.6) ? 'hard' : 'soft',
    timeout: 100 * (1 + random.below(20)),
    availability: random.pick([99.5, 99.9, 99.95, 99.99]),
  };
}

function withName(dependency: Dependency, all: readonly Planned[]): Dependency {
  const target = dependency.to === undefined ? undefined : all[dependency.to];
  return target ? { ...dependency, name: target.name } : dependency;
}

/** One of ten callers never introduced itself. */
function knownOf(callers: readonly string[], random: Random): readonly string[] {
  return [...new Set(callers)].filter(() => !random.happens(0.1));
}
