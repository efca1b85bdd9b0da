/** What one workload has set, as names that can be compared between environments. Pure. */
import type { Container, Workload } from '../evidence/workloads/workload.ts';
import type { Trait } from './environment-pairs.ts';

/** Values that switch off what they are given to. */
const OFF = /^(false|off|disabled|none|0)?$/i;

/** Variables that only say whether. */
const SWITCH = /(^|_)(enabled?|disabled?|use|on|off)(_|$)/i;

/** Probes, limits, variables, sidecars and what collects its metrics. */
export function traitsOf(workload: Workload): readonly Trait[] {
  const mains = workload.containers.filter(({ role }) => role === 'main');
  const own = mains.flatMap((container) => {
    const prefix = mains.length > 1 ? `${container.name}: ` : '';
    return partsOf(container).map((it) => ({ ...it, name: `${prefix}${it.name}` }));
  });
  const beside = workload.containers
    .filter(({ role }) => role === 'sidecar')
    .map(({ name, at }): Trait => ({ name: `sidecar ${name}`, at }));
  return [...own, ...beside, ...collectionOf(workload)];
}

function partsOf(container: Container): readonly Trait[] {
  const set = [
    ['readiness probe', container.readiness],
    ['liveness probe', container.liveness],
    ['memory limit', container.memoryLimit],
    ['memory request', container.memoryRequest],
    ['processor request', container.cpuRequest],
  ] as const;
  return [
    ...set.flatMap(([name, value]): readonly Trait[] =>
      value && !('via' in value && value.via === 'default') ? [{ name, at: value.at }] : [],
    ),
    ...container.env.map(
      ({ name, value, from, at }): Trait => ({
        name: `env ${name}`,
        at,
        ...(value !== undefined && OFF.test(value) && { off: true }),
        ...(/^(config|opaque)$/.test(from) && SWITCH.test(name) && { hidden: true }),
      }),
    ),
  ];
}

/** One word for all ways in which metrics are collected. */
function collectionOf({ joined, annotations, at }: Workload): readonly Trait[] {
  const monitor = joined.find(({ kind }) => /^(Service|Pod)Monitor$/.test(kind));
  const scraped = annotations['prometheus.io/scrape'];
  if (!monitor && scraped === undefined) return [];
  return [
    { name: 'collection of metrics', at: monitor?.at ?? at, ...(!monitor && scraped === 'false' && { off: true }) },
  ];
}

/** Whether the variables of a workload come in whole from elsewhere, so that what is not written may be there. */
export function hasHiddenVariables(names: readonly Trait[]): boolean {
  return names.some(({ name }) => name.endsWith('env *'));
}
