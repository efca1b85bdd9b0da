/** Where the pod's specification stands in an object that runs one. */

import type { ManifestObject } from '../workloads/manifest-object.ts';
import type { YamlPath } from '../yaml/yaml.ts';

/** The path, by the object's kind. */
export function podOf({ kind }: Pick<ManifestObject, 'kind'>): YamlPath {
  if (kind === 'Pod') return ['spec'];
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec'];
}
