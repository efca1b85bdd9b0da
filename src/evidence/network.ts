/** What Terraform says of the network: who may reach what on which ports, load balancers' listeners, and limits at the edge. Evaluates no plan, judges nothing. */
import type { Unread } from '../model.ts';
import { defineCollector } from './collector.ts';
import { limitsOf } from './network/limits.ts';
import { listenersOf } from './network/listeners.ts';
import { type Opening, openingsOf } from './network/openings.ts';
import { type Sign, signsOfLimits } from './network/signs.ts';
import { readTerraform } from './terraform/read.ts';
import type { Edge } from './workloads/edges.ts';
import { settingOf } from './workloads/environment.ts';
import type { Bound } from './workloads/workload.ts';

/** Facts of this kind. */
export interface Facts {
  /** Rules of security groups and firewalls that let requests in. */
  readonly openings: readonly Opening[];
  readonly listeners: readonly Edge[];
  /** Limits that a web firewall or an API gateway sets. */
  readonly limits: readonly (Bound & { readonly name: string })[];
  /** Libraries that can limit requests; their names prove nothing. */
  readonly signs: readonly Sign[];
}

const ABOUT =
  /resource (aws_(security_group|vpc_security|a?lb|wafv2|api_gateway|apigatewayv2)|azurerm_network|google_compute_)/;

export const collector = defineCollector<Facts>({
  summary:
    'the network in Terraform: rules of security groups and firewalls, listeners of load balancers, limits of web firewalls and API gateways; libraries that limit requests by their names in dependency files',
  async collect(sources) {
    const terraform = await readTerraform(sources);
    const blocks = terraform.blocks.filter(({ kind, absent }) => kind === 'resource' && absent === undefined);
    const setting = (block: (typeof blocks)[number]) =>
      settingOf({ path: block.at.path, root: block.at.root ?? '', class: 'source' }, sources.manifest);
    const openings = blocks.flatMap((block) => openingsOf(block, setting(block)));
    const listeners = listenersOf(blocks, setting);
    const limits = blocks.flatMap(limitsOf);
    const signs = signsOfLimits(sources);
    const unread: readonly Unread[] = terraform.unread.filter(({ detail }) => ABOUT.test(detail));
    const count = openings.length + listeners.length + limits.length;
    return {
      facts: { openings, listeners, limits, signs },
      looked: {
        files: new Set([...openings, ...listeners, ...limits].map(({ at }) => at.path)).size,
        note: count === 1 ? '1 rule' : `${count} rules`,
      },
      unread,
      delegated: [],
    };
  },
});
