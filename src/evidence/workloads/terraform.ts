/** Workloads that Terraform describes: services of Amazon ECS and of Google Cloud Run. */
import type { Unread } from '../../model.ts';
import type { Sources } from '../collector.ts';
import type { Block } from '../terraform/block.ts';
import { readTerraform } from '../terraform/read.ts';
import { cloudRunWorkloads } from './cloud-run.ts';
import { ecsWorkloads } from './ecs.ts';
import { type Setting, settingOf } from './environment.ts';
import type { Workload } from './workload.ts';

const ABOUT = /resource (aws_ecs_|google_cloud_run_)/;

/** The workloads of the service's own Terraform; adds what of them could not be read. */
export async function terraformWorkloads(sources: Sources, unread: Unread[]): Promise<readonly Workload[]> {
  const reading = await readTerraform(sources);
  unread.push(...reading.unread.filter(({ detail }) => ABOUT.test(detail)));
  const setting = ({ at }: Block): Setting =>
    settingOf({ path: at.path, root: at.root ?? '', class: 'source' }, sources.manifest);
  return [...ecsWorkloads(reading.blocks, setting), ...cloudRunWorkloads(reading.blocks, setting)];
}
