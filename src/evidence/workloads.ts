/** What runs the service: workloads of every platform, each with all that belongs to it. Says what is written, not whether it is good. */

import { defineCollector } from './collector.ts';
import { deliveredElsewhere } from './delivered-elsewhere.ts';
import { isProduction } from './workloads/environment.ts';
import { joinedWorkloads } from './workloads/join.ts';
import { type ObjectReading, plainObjects } from './workloads/plain-objects.ts';
import type { Workload } from './workloads/workload.ts';

/** Facts of this kind. */
export interface Facts {
  readonly workloads: readonly Workload[];
}

export const collector = defineCollector<Facts>({
  summary:
    'workloads: Deployments, StatefulSets, jobs and the like in plain files, with what scales, selects and limits them',
  parses: ['yaml'],
  collect(sources) {
    const reading: ObjectReading = { unread: [], looked: new Set() };
    const charts = sources.files.flatMap(({ path }) => /^(.*\/)?Chart\.ya?ml$/.exec(path)?.[1] ?? []);
    const objects = plainObjects(sources, reading, (path) => charts.some((dir) => path.startsWith(`${dir}templates/`)));
    const workloads = joinedWorkloads(objects, (environment) => isProduction(environment, sources.manifest.claims));
    const aside = workloads.filter((it) => it.aside).length;
    const counted = workloads.length === 1 ? '1 workload' : `${workloads.length} workloads`;
    return {
      facts: { workloads },
      looked: { files: reading.looked.size, note: aside > 0 ? `${counted}, ${aside} set aside` : counted },
      unread: reading.unread,
      delegated: deliveredElsewhere(sources),
    };
  },
});
