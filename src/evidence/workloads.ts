/** What runs the service: workloads of every platform, each with all that belongs to it. Says what is written, not whether it is good. */

import type { Delegated } from '../model.ts';
import { defineCollector } from './collector.ts';
import { deliveredElsewhere } from './delivered-elsewhere.ts';
import { cloudFoundryWorkloads } from './workloads/cloud-foundry.ts';
import { clowderWorkloads } from './workloads/clowdapp.ts';
import { composeWorkloads } from './workloads/compose.ts';
import { type Edge, edgesOf } from './workloads/edges.ts';
import { isProduction } from './workloads/environment.ts';
import { type Finite, finiteOf } from './workloads/finite.ts';
import { sharedChartWorkloads } from './workloads/helm-shared.ts';
import { joinedWorkloads } from './workloads/join.ts';
import { knativeWorkloads } from './workloads/knative.ts';
import { type Monitor, monitorsOf } from './workloads/monitors.ts';
import { naisWorkloads } from './workloads/nais.ts';
import { readObjects } from './workloads/objects.ts';
import { procfileWorkloads } from './workloads/procfile.ts';
import { terraformWorkloads } from './workloads/terraform.ts';
import type { Workload } from './workloads/workload.ts';

/** Facts of this kind. */
export interface Facts {
  readonly workloads: readonly Workload[];
  /** Where requests come in from outside. */
  readonly edges: readonly Edge[];
  readonly monitors: readonly Monitor[];
  /** Certificates that expire and volumes that fill up. */
  readonly finite: readonly Finite[];
}

export const collector = defineCollector<Facts>({
  summary:
    'workloads: Deployments, StatefulSets, jobs and the like in plain files, charts and Kustomize overlays, with what scales, selects and limits them; NAIS, Knative, ClowdApps, Cloud Foundry, Procfiles and Compose; services of ECS and Cloud Run in Terraform',
  parses: ['yaml'],
  async collect(sources) {
    const read = readObjects(sources);
    const { objects } = read;
    const unread = [...read.unread];
    const charts = { ...read.charts, unread };
    const delegated: Delegated[] = [...deliveredElsewhere(sources), ...read.delegated];
    const orchestrated = [
      ...joinedWorkloads(objects, (environment) => isProduction(environment, sources.manifest.claims)),
      ...objects.flatMap((it) => [...naisWorkloads(it), ...knativeWorkloads(it), ...clowderWorkloads(it)]),
      ...sharedChartWorkloads(charts, delegated),
    ];
    const hosted = [
      ...(await terraformWorkloads(sources, unread)),
      ...cloudFoundryWorkloads(sources, unread),
      ...procfileWorkloads(sources),
    ];
    const isOnly = orchestrated.length + hosted.length + delegated.length === 0;
    const workloads = [...orchestrated, ...hosted, ...composeWorkloads(sources, unread, isOnly)];
    const aside = workloads.filter((it) => it.aside).length;
    const counted = workloads.length === 1 ? '1 workload' : `${workloads.length} workloads`;
    return {
      facts: { workloads, edges: edgesOf(objects), monitors: monitorsOf(objects), finite: finiteOf(objects) },
      looked: { files: read.looked.size, note: aside > 0 ? `${counted}, ${aside} set aside` : counted },
      unread,
      delegated,
    };
  },
});
