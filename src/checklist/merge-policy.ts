/** Layers of a policy as one: maps merge, anything else replaces, and every value keeps the line it is from. Pure. */
import { below } from '../manifest/pointer.ts';
import { isPerTier } from './entry.ts';
import { type Layer, lineOf, type PolicyFile } from './policy-layer.ts';

/** What a policy says about judging. What it is made from, and what it brings along, is elsewhere. */
export type PolicyContent = Pick<
  PolicyFile,
  'waivers' | 'severity_map' | 'paging' | 'private_packages' | 'focus' | 'rules'
>;

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

function contentOf({ waivers, severity_map, paging, private_packages, focus, rules }: PolicyFile): Plain {
  const all = { waivers, severity_map, paging, private_packages, focus, rules };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function merged(under: Plain, over: Plain, at: string, layer: Layer, origins: Map<string, string>): Plain {
  const values = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over)) {
    const pointer = below(at, key);
    const base = baseFor(values.get(key), value, pointer, origins);
    if (!isMap(value)) origins.set(pointer, lineOf(layer, pointer));
    values.set(key, isMap(value) ? merged(base, value, pointer, layer, origins) : value);
  }
  return Object.fromEntries(values);
}

/** A parameter of a check: there alone a map may be the value itself or hold one for each tier. */
const PARAMETER = /^\/rules\/[^/]+\/with\/[^/]+$/;

/** What a value is merged into; where that is nothing, what stood there is forgotten. */
function baseFor(before: unknown, value: unknown, pointer: string, origins: Map<string, string>): Plain {
  const isParameter = PARAMETER.test(pointer);
  const alike = !isParameter || isPerTier(before) === isPerTier(value);
  if (before === undefined || (isMap(before) && isMap(value) && alike)) return (before ?? {}) as Plain;
  const replaced = forget(origins, pointer, before);
  if (!isParameter || !isPerTier(value) || isPerTier(before)) return {};
  // One value for all tiers goes on for those that a later layer does not name.
  for (const tier of TIERS) for (const [rest, from] of replaced) origins.set(`${below(pointer, tier)}${rest}`, from);
  return Object.fromEntries(TIERS.map((tier) => [tier, before]));
}

const TIERS = ['tier1', 'tier2', 'tier3', 'tier4'];

/** Takes away the origins of what is replaced; answers them, by the rest of their pointers. */
function forget(
  origins: Map<string, string>,
  pointer: string,
  before: unknown,
): readonly (readonly [string, string])[] {
  const known = isMap(before)
    ? [...origins].filter(([it]) => it.startsWith(`${pointer}/`))
    : [[pointer, origins.get(pointer) ?? ''] as const];
  for (const [it] of known) origins.delete(it);
  return known.map(([it, from]) => [it.slice(pointer.length), from] as const);
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
