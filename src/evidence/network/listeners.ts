/** Listeners of Amazon's load balancers: whether requests come encrypted. */
import { word } from '../plain-value.ts';
import { type Block, nested, placeOf, spoken, textOf } from '../terraform/block.ts';
import { given } from '../workloads/container-of.ts';
import type { Edge } from '../workloads/edges.ts';
import type { Setting } from '../workloads/environment.ts';

/** Policies that still let TLS before 1.2 in: Elastic Load Balancing, Security policies. */
const OLD_POLICY =
  /^ELBSecurityPolicy-(2015-05|2016-08|TLS-1-0-2015-04|TLS-1-1-2017-01|FS-2018-06|FS-1-1-2019-08|TLS13-1-0-2021-06|TLS13-1-1-2021-06)$/;

/** The listeners among the blocks. */
export function listenersOf(blocks: readonly Block[], settingOf: (block: Block) => Setting): readonly Edge[] {
  const internal = blocks.filter(
    ({ type, attributes }) => /^aws_a?lb$/.test(type) && String(attributes.internal?.value) === 'true',
  );
  return blocks
    .filter(({ type }) => /^aws_a?lb_listener$/.test(type))
    .map((block) => ({
      kind: block.type,
      name: block.name,
      ...securityOf(block, internal),
      ...given({ ...settingOf(block), when: block.when }),
    }));
}

function securityOf(block: Block, internal: readonly Block[]): Pick<Edge, 'security' | 'because' | 'at'> {
  const protocol = (textOf(block, 'protocol') ?? '').toUpperCase();
  const at = placeOf(block, 'protocol');
  if (/^(HTTPS|TLS)$/.test(protocol)) return ofPolicy(block);
  if (protocol !== 'HTTP')
    return { security: 'unclear', because: `its protocol is ${protocol ? spoken(protocol) : 'not written'}`, at };
  const actions = nested(block, 'default_action').map((it) => word(it.attributes.type?.value) ?? '');
  if (actions.length > 0 && actions.every((it) => it === 'redirect' || it === 'fixed-response'))
    return { security: 'redirects', because: 'it only redirects', at };
  const arn = textOf(block, 'load_balancer_arn') ?? '';
  if (internal.some(({ type, name }) => arn.includes(`${type}.${name}.`)))
    return { security: 'unclear', because: 'it listens to plain HTTP within the network', at };
  // Who may reach it is not said here where the load balancer comes from elsewhere.
  return { security: 'plain', because: 'it passes plain HTTP on', at };
}

function ofPolicy(block: Block): Pick<Edge, 'security' | 'because' | 'at'> {
  const policy = textOf(block, 'ssl_policy');
  const at = placeOf(block, 'ssl_policy');
  if (policy === undefined)
    return { security: 'unclear', because: "it names no ssl_policy, and the provider's default lets TLS 1.0 in", at };
  if (OLD_POLICY.test(policy)) return { security: 'plain', because: `its policy ${policy} lets TLS before 1.2 in`, at };
  return /^ELBSecurityPolicy-/.test(policy)
    ? { security: 'tls', because: policy, at }
    : { security: 'unclear', because: `its policy ${spoken(policy)} is filled in elsewhere`, at };
}
