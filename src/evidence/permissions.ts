/** What is allowed to whom: permissions written in Terraform and Kubernetes' roles. Says how far they go, not whether that is needed. */
import type { Place, Unread } from '../model.ts';
import { defineCollector } from './collector.ts';
import { terraformGrants } from './permissions/cloud.ts';
import { clusterGrants } from './permissions/cluster.ts';
import { readTerraform } from './terraform/read.ts';

/** One permission, or a few that stand together. */
export interface Grant {
  /** E.g. `aws_iam_policy.deploy`, `ClusterRole ledger`. */
  readonly name: string;
  readonly system: 'aws' | 'google' | 'azure' | 'kubernetes';
  /** `everything`: whatever anyone may do. `open`: how far it goes cannot be read here. */
  readonly reach: 'everything' | 'limited' | 'open';
  /** What it allows, as written, or why that cannot be read. */
  readonly allows: string;
  /** Why it is not one of the service in production. */
  readonly aside?: string;
  readonly at: Place;
}

/** Facts of this kind. */
export interface Facts {
  readonly grants: readonly Grant[];
}

/** Resources whose unread files matter here. */
const ABOUT = /resource (aws_iam_|google_project_iam|azurerm_role)/;

export const collector = defineCollector<Facts>({
  summary:
    "permissions: policies, policy documents and attachments of Terraform (AWS, Google Cloud, Azure), and Kubernetes' roles and bindings in plain files and charts",
  parses: ['yaml'],
  async collect(sources) {
    const unread: Unread[] = [];
    const terraform = await readTerraform(sources);
    const cluster = clusterGrants(sources, unread);
    const cloud = terraformGrants(terraform.blocks);
    const grants = [...cloud, ...cluster.grants];
    return {
      facts: { grants },
      looked: {
        files: cluster.files + new Set(cloud.map(({ at }) => at.path)).size,
        note: grants.length === 1 ? '1 permission' : `${grants.length} permissions`,
      },
      unread: [...unread, ...terraform.unread.filter(({ detail }) => ABOUT.test(detail))],
      delegated: [],
    };
  },
});
