/** Terraform's resources that say something about operating the service. Reads what is written down; evaluates no plan. */
import { defineCollector } from './collector.ts';
import type { Block, ModuleCall } from './terraform/block.ts';
import { readTerraform } from './terraform/read.ts';

/** Facts of this kind. */
export interface Facts {
  readonly blocks: readonly Block[];
  readonly modules: readonly ModuleCall[];
}

export const collector = defineCollector<Facts>({
  summary:
    "Terraform's alarms, monitors, on-call schedules, permissions, queues, databases, services and load balancers, with values from locals, defaults, tfvars and calls within the repository",
  async collect(sources) {
    const { blocks, modules, unread, files } = await readTerraform(sources);
    const note = blocks.length === 1 ? '1 resource' : `${blocks.length} resources`;
    return { facts: { blocks, modules }, looked: { files, note }, unread, delegated: [] };
  },
});
