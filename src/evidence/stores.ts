/** Stores of data that the repository shows, what brings their data back and what keeps it; the scheduled jobs that save something. Does not say whether that is enough. */
import type { Unread } from '../model.ts';
import { defineCollector, type Sources } from './collector.ts';
import { deliveredElsewhere } from './delivered-elsewhere.ts';
import { gatheredOnce } from './once.ts';
import { awsStores } from './stores/aws.ts';
import { azureStores } from './stores/azure.ts';
import { connectedStores } from './stores/connections.ts';
import { googleStores } from './stores/google.ts';
import { kubernetesStores } from './stores/kubernetes.ts';
import { moduleStores } from './stores/modules.ts';
import type { BackupJob, Store } from './stores/store.ts';
import { collector as surroundings } from './surroundings.ts';
import { readTerraform } from './terraform/read.ts';
import { settingOf } from './workloads/environment.ts';
import type { ManifestObject } from './workloads/manifest-object.ts';
import { readObjects } from './workloads/objects.ts';

/** Facts of this kind. */
export interface Facts {
  readonly stores: readonly Store[];
  readonly jobs: readonly BackupJob[];
}

const ABOUT =
  /resource (?:aws_(?:db_|rds_|docdb|neptune|dynamodb|s3_|efs|elasticache|opensearch|backup)|google_(?:sql|storage)|azurerm_(?:\w*sql|cosmosdb|storage))/;

export const collector = defineCollector<Facts>({
  summary:
    "databases, buckets and volumes of Terraform, Kubernetes and its operators, NAIS, Compose and connection settings, with their backups, copies, locks and lifecycles; CronJobs, Velero's schedules and scheduled workflows whose commands save data",
  parses: ['yaml'],
  async collect(sources) {
    const read = readObjects(sources);
    const terraform = await readTerraform(sources);
    const { blocks, modules } = terraform;
    const defined = [...awsStores(blocks), ...googleStores(blocks), ...azureStores(blocks), ...moduleStores(modules)];
    const stores = [
      ...defined.map((it) => placedIn(it, sources)),
      ...kubernetesStores(read.objects),
      ...(await localStores(sources)),
      ...connectedStores(sources),
    ];
    const jobs = await jobsOf(read.objects, sources);
    const unread: Unread[] = [...read.unread, ...terraform.unread.filter(({ detail }) => ABOUT.test(detail))];
    const places = [...stores, ...jobs].map(({ at }) => at.path);
    return {
      facts: { stores, jobs },
      looked: { files: new Set(places).size, note: `${stores.length} stores, ${jobs.length} jobs that save data` },
      unread,
      delegated: [...deliveredElsewhere(sources), ...read.delegated],
    };
  },
});

/** The environment that its file is for. */
function placedIn(store: Store, { manifest }: Sources): Store {
  return { ...store, ...settingOf({ path: store.at.path, root: store.at.root ?? '', class: 'source' }, manifest) };
}

/** What Compose files start, and charts of others that come along. */
async function localStores(sources: Sources): Promise<readonly Store[]> {
  const { facts } = await gatheredOnce(surroundings, sources);
  return facts.backings.map(({ id, kind, product, at }) => ({
    name: id,
    names: [id],
    product,
    kind: kind === 'storage' ? 'bucket' : kind,
    basis: 'local',
    by: at.path,
    backups: [],
    safeguards: [],
    copies: [],
    expiries: [],
    at,
  }));
}

/** The readers come with a parser of shell, which only jobs need. */
async function jobsOf(objects: readonly ManifestObject[], sources: Sources): Promise<readonly BackupJob[]> {
  const some = objects.some(({ kind }) => kind === 'CronJob' || kind === 'Schedule');
  const workflows = sources.shared.some(({ path }) => path.startsWith('.github/workflows/'));
  if (!some && !workflows) return [];
  const [{ kubernetesJobs }, { workflowJobs }] = await Promise.all([
    import('./stores/jobs.ts'),
    import('./stores/workflow-jobs.ts'),
  ]);
  return [...kubernetesJobs(objects, sources), ...workflowJobs(sources)];
}
