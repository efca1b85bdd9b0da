/** Rules of security groups and firewalls that let requests in: from where, on which ports. Amazon, Azure and Google Cloud. */
import type { Place } from '../../model.ts';
import { list, record, word } from '../plain-value.ts';
import { type Block, type Contents, isOpen, nested, placeOf, spoken, textOf, type Value } from '../terraform/block.ts';
import { given } from '../workloads/container-of.ts';
import type { Setting } from '../workloads/environment.ts';

/** One rule. */
export interface Opening {
  /** E.g. `aws_security_group.api`. */
  readonly name: string;
  readonly from: 'anywhere' | 'listed' | 'unclear';
  /** As written: `443`, `1024-65535`, `all`; what cannot be read is undefined. */
  readonly ports?: string;
  readonly environment?: string;
  readonly aside?: { readonly because: string };
  /** The expression that decides whether it is there. */
  readonly when?: string;
  readonly at: Place;
}

type Rule = Pick<Opening, 'from' | 'ports' | 'at'>;

/** The rules of one block; none for other types. */
export function openingsOf(block: Block, { environment, aside }: Setting): readonly Opening[] {
  const name = `${block.type}.${block.name}`;
  return rulesOf(block).map((it) => ({ name, ...it, ...given({ environment, aside, when: block.when }) }));
}

function rulesOf(block: Block): readonly Rule[] {
  switch (block.type) {
    case 'aws_security_group':
      return [...nested(block, 'ingress').map((it) => ofAmazon(it, it.at)), ...ofList(block)];
    case 'aws_security_group_rule':
      return textOf(block, 'type') === 'ingress' ? [ofAmazon(block, block.at)] : [];
    case 'aws_vpc_security_group_ingress_rule':
      return [ofAmazon(block, block.at)];
    case 'azurerm_network_security_group':
      return nested(block, 'security_rule').flatMap((it) => ofAzure(it, it.at));
    case 'azurerm_network_security_rule':
      return ofAzure(block, block.at);
    case 'google_compute_firewall':
      return ofGoogle(block);
    default:
      return [];
  }
}

/** `ingress = [{ ... }]`, the older way of writing it. */
function ofList(block: Block): readonly Rule[] {
  const attribute = block.attributes.ingress;
  if (!attribute) return [];
  const { value, at, via } = attribute;
  if (typeof value === 'string') return [{ from: 'unclear', at }];
  return list(value).map((it) => {
    const attributes = Object.fromEntries(
      Object.entries(record(it)).map(([key, inner]) => [key, { value: inner as Value, via, at }]),
    );
    return ofAmazon({ attributes, blocks: [] }, at);
  });
}

const ANYWHERE = /^(0\.0\.0\.0\/0|::\/0|\*|any|internet)$/i;

function ofAmazon(rule: Contents, at: Place): Rule {
  const keys = ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6'];
  const place = keys.find((key) => rule.attributes[key] !== undefined);
  const from = fromOf(keys.flatMap((key) => valuesOf(rule, key)));
  const protocol = textOf(rule, 'protocol') ?? textOf(rule, 'ip_protocol') ?? '';
  const [first, last] = [textOf(rule, 'from_port'), textOf(rule, 'to_port')];
  const isAll = protocol === '-1' || protocol === 'all';
  const ports = isAll ? 'all' : /^icmp/.test(protocol) ? 'ping' : rangeOf(first, last);
  return { from, at: place ? placeOf({ ...rule, at }, place) : at, ...given({ ports }) };
}

/** A name in place of a number is a variable. */
function rangeOf(first: string | undefined, last: string | undefined): string | undefined {
  if (!/^\d+$/.test(first ?? '') || !/^\d+$/.test(last ?? '')) return undefined;
  return first === last ? first : `${first}-${last}`;
}

function ofAzure(rule: Contents, at: Place): readonly Rule[] {
  const [direction, access] = [textOf(rule, 'direction'), textOf(rule, 'access')];
  if (direction === 'Outbound' || access === 'Deny') return [];
  const keys = ['source_address_prefix', 'source_address_prefixes'];
  const ports = ['destination_port_range', 'destination_port_ranges'].flatMap((key) => valuesOf(rule, key));
  const known = ports.every((it) => !isOpen(it)) && ports.length > 0;
  const written = ports.map((it) => (word(it) === '*' ? 'all' : (word(it) ?? ''))).join(',');
  return [
    {
      from: fromOf(keys.flatMap((key) => valuesOf(rule, key))),
      at: placeOf({ ...rule, at }, 'source_address_prefix'),
      ...(known && { ports: written }),
    },
  ];
}

function ofGoogle(block: Block): readonly Rule[] {
  if ((textOf(block, 'direction') ?? 'INGRESS') !== 'INGRESS') return [];
  const tags = ['source_tags', 'source_service_accounts'].some((key) => block.attributes[key] !== undefined);
  const ranges = valuesOf(block, 'source_ranges');
  // Without any source it lets in whoever comes.
  const from = ranges.length > 0 ? fromOf(ranges) : tags ? 'listed' : 'anywhere';
  return nested(block, 'allow').map((it) => {
    const ports = valuesOf(it, 'ports');
    const isPing = /^icmp/.test(textOf(it, 'protocol') ?? '');
    const written = isPing ? 'ping' : ports.length === 0 ? 'all' : ports.map((port) => word(port) ?? '').join(',');
    return {
      from,
      at: placeOf(block, 'source_ranges'),
      ...(ports.every((port) => !isOpen(port)) && { ports: written }),
    };
  });
}

function valuesOf(contents: Contents, key: string): readonly Value[] {
  const value = contents.attributes[key]?.value;
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}

function fromOf(sources: readonly Value[]): Opening['from'] {
  if (sources.some((it) => ANYWHERE.test(spoken(it)))) return 'anywhere';
  return sources.some((it) => isOpen(it) && !isOwnNetwork(it)) ? 'unclear' : 'listed';
}

/** The address of the network itself, whatever it is. */
function isOwnNetwork(value: Value): boolean {
  return /^\W*(data\.)?(aws_vpc|aws_subnet|module\.vpc)\b/.test(spoken(value));
}
