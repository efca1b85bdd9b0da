/** Layers of a policy as one: maps merge, anything else replaces, and every value keeps the line it is from. Pure. */
import type { GonogoPolicy } from '../generated/policy.ts';
import { below } from '../manifest/pointer.ts';
import { isPerTier } from './entry.ts';
import { type Layer, lineOf } from './policy-layer.ts';

/** What a policy says about judging. What it is made from, and what it brings along, is elsewhere. */
export type PolicyContent = Pick<GonogoPolicy, 'waivers' | 'severity_map' | 'paging' | 'private_packages' | 'rules'>;

/** The layers as one. */
export interface Merged {
  readonly content: PolicyContent;
  /** `acme.yaml:12`: where a value stands, by JSON pointer; undefined where no layer says it. */
  originOf(pointer: string): string | undefined;
}

type Plain = Readonly<Record<string, unknown>>;

/** Merges layers, weakest first. */
export function mergeLayers(layers: readonly Layer[]): Merged {
  const origins = new Map<string, string>();
  let content: Plain = {};
  for (const layer of layers) content = merged(content, contentOf(layer.policy), '', layer, origins);
  return { content: content as PolicyContent, originOf: (pointer) => origins.get(pointer) };
}

function contentOf({ waivers, severity_map, paging, private_packages, rules }: GonogoPolicy): Plain {
  const all = { waivers, severity_map, paging, private_packages, rules };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function merged(under: Plain, over: Plain, at: string, layer: Layer, origins: Map<string, string>): Plain {
  const values = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const pointer = below(at, key);
    const before = values.get(key);
    const base = isMap(before) && isMap(value) && isPerTier(before) === isPerTier(value) ? before : {};
    if (isMap(before) && base !== before) forget(origins, pointer);
    if (!isMap(value)) origins.set(pointer, lineOf(layer, pointer));
    values.set(key, isMap(value) ? merged(base, value, pointer, layer, origins) : value);
  }
  return Object.fromEntries(values);
}

/** What is replaced has no origin any more. */
function forget(origins: Map<string, string>, pointer: string): void {
  for (const known of origins.keys()) if (known === pointer || known.startsWith(`${pointer}/`)) origins.delete(known);
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
