/** Whom a policy lets call the pods it selects: NetworkPolicies of Kubernetes and Cilium, AuthorizationPolicies of Istio. Reads; judges nothing. */
import { list, record, word } from '../plain-value.ts';
import { isOpaque } from '../yaml/yaml.ts';
import type { ManifestObject } from './manifest-object.ts';
import { valueAt } from './object-value.ts';
import { type Match, selects } from './selector.ts';
import type { Callers } from './workload.ts';

/** What a policy says of who may call; undefined for other kinds. */
export interface Policy {
  readonly match: Match;
  readonly callers: Callers;
  /** Where anyone may call, but only on these ports: their names and numbers. */
  readonly openPorts?: readonly string[];
}

/** A policy as it concerns pods with these labels. */
export function policyOn(object: ManifestObject, labels: unknown): Policy | undefined {
  const spec = record(object.value.spec);
  const at = (key: string): unknown => valueAt(object, ['spec', key]);
  if (object.kind === 'NetworkPolicy' && /^(networking\.k8s\.io|extensions)\//.test(object.apiVersion))
    return { match: selects(at('podSelector'), labels), ...ofNetworkPolicy(spec) };
  if (object.kind === 'CiliumNetworkPolicy')
    return { match: selects(at('endpointSelector'), labels), callers: ofCilium(spec) };
  if (object.kind === 'AuthorizationPolicy' && object.apiVersion.startsWith('security.istio.io/'))
    return { match: selects(at('selector'), labels), callers: ofAuthorization(spec) };
  return undefined;
}

type Rule = Readonly<Record<string, unknown>>;

function ofNetworkPolicy({ policyTypes, ingress }: Rule): Pick<Policy, 'callers' | 'openPorts'> {
  if (isHidden(policyTypes)) return { callers: 'unclear' };
  if (Array.isArray(policyTypes) && !policyTypes.includes('Ingress')) return { callers: 'unsaid' };
  const callers = union(ingress, ofRule, 'listed');
  if (callers !== 'anyone') return { callers };
  const open = list(ingress)
    .map(record)
    .filter((rule) => ofRule(rule) === 'anyone')
    .map(({ ports }) => list(ports).map((it) => word(record(it).port)));
  // A rule without ports is about all of them.
  const narrow = open.every((ports) => ports.length > 0 && ports.every((it) => it !== undefined && !isHidden(it)));
  return { callers, ...(narrow && { openPorts: open.flat().flatMap((it) => it ?? []) }) };
}

function ofRule(rule: Rule): Callers {
  return union(rule.from, ofPeer, 'anyone');
}

/** Every address, or every pod of every namespace, is anyone. */
function ofPeer({ ipBlock, namespaceSelector, podSelector }: Rule): Callers {
  const { cidr, except } = record(ipBlock);
  if (ipBlock !== undefined) {
    if (isHidden(ipBlock) || isHidden(cidr)) return 'unclear';
    return /^(0\.0\.0\.0|::)\/0$/.test(word(cidr) ?? '') && list(except).length === 0 ? 'anyone' : 'listed';
  }
  if ([namespaceSelector, podSelector].some((it) => isHidden(it) || isHidden(record(it).matchLabels))) return 'unclear';
  const everywhere = typeof namespaceSelector === 'object' && isEmpty(namespaceSelector);
  return everywhere && isEmpty(podSelector) ? 'anyone' : 'listed';
}

function ofCilium({ ingress }: Rule): Callers {
  if (ingress === undefined) return 'unsaid';
  return union(ingress, ofCiliumRule, 'listed');
}

function ofCiliumRule(rule: Rule): Callers {
  const from = Object.keys(rule).filter((key) => key.startsWith('from'));
  if (from.length === 0) return isEmpty(rule) || 'toPorts' in rule ? 'anyone' : 'unclear';
  if (from.some((key) => isHidden(rule[key]))) return 'unclear';
  const named = [...list(rule.fromEntities), ...list(rule.fromCIDR)].flatMap((it) => word(it) ?? []);
  return named.some((it) => /^(all|world|cluster|0\.0\.0\.0\/0|::\/0)$/.test(it)) ? 'anyone' : 'listed';
}

/** One without rules lets nobody in. */
function ofAuthorization({ action, rules }: Rule): Callers {
  if (isHidden(action)) return 'unclear';
  if (action !== undefined && action !== 'ALLOW') return 'unsaid';
  return union(rules, (rule) => union(rule.from, ofSource, 'anyone'), 'listed');
}

function ofSource({ source }: Rule): Callers {
  if (isHidden(source)) return 'unclear';
  const named = Object.values(record(source)).flatMap(list);
  if (named.some(isHidden)) return 'unclear';
  return isEmpty(source) || named.every((it) => it === '*') ? 'anyone' : 'listed';
}

/** Rules add up: with one that lets everyone in, the others do not matter. `without`: what no rule at all means. */
function union(rules: unknown, ask: (rule: Rule) => Callers, without: Callers): Callers {
  if (isHidden(rules)) return 'unclear';
  const answers = list(rules).map((rule) => (isHidden(rule) ? 'unclear' : ask(record(rule))));
  if (answers.length === 0) return without;
  return (['anyone', 'unclear'] as const).find((it) => answers.includes(it)) ?? 'listed';
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || Object.keys(record(value)).length === 0;
}

/** A template prints it. */
function isHidden(value: unknown): boolean {
  return typeof value === 'string' && (isOpaque(value) || value === '' || value.includes('{{'));
}
