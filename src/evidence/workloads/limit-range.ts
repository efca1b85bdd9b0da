/** A LimitRange gives the containers of its namespace the requests and limits they do not write. */
import type { Maybe } from '../known.ts';
import { list, record } from '../plain-value.ts';
import { given } from './container-of.ts';
import type { Draft } from './join.ts';
import type { ManifestObject } from './manifest-object.ts';
import { textAt, valueAt } from './object-value.ts';
import type { Container, Workload } from './workload.ts';

/** The workload with the defaults of the first LimitRange that has some for containers. */
export function limitDefaults({ workload }: Draft, ranges: readonly ManifestObject[]): Workload {
  const found = ranges
    .map((range) => ({
      range,
      index: list(valueAt(range, ['spec', 'limits'])).findIndex((it) => record(it).type === 'Container'),
    }))
    .find(({ index }) => index >= 0);
  if (!found) return workload;
  const containers = workload.containers.map((it) => filledIn(it, found.range, found.index));
  return { ...workload, containers };
}

function filledIn(container: Container, range: ManifestObject, index: number): Container {
  const read = (kind: string, what: string): Maybe<string> | undefined => {
    const value = textAt(range, ['spec', 'limits', index, kind, what]);
    return value && 'value' in value ? { ...value, via: 'default' } : value;
  };
  // Kubernetes takes the limit for a request that nobody wrote.
  return {
    ...container,
    ...given({
      cpuRequest: container.cpuRequest ?? container.cpuLimit ?? read('defaultRequest', 'cpu') ?? read('default', 'cpu'),
      memoryRequest:
        container.memoryRequest ??
        container.memoryLimit ??
        read('defaultRequest', 'memory') ??
        read('default', 'memory'),
      cpuLimit: container.cpuLimit ?? read('default', 'cpu'),
      memoryLimit: container.memoryLimit ?? read('default', 'memory'),
    }),
  };
}
