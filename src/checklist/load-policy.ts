/** Loads by what is judged: a policy with all that it extends and brings along, and the organisation's own checklists. Throws InputErrors only. */
import { ESTATE, PROFILES } from '../generated/checklists.ts';
import { distinct } from '../grouped.ts';
import { InputError } from '../input-error.ts';
import { below } from '../manifest/pointer.ts';
import { nearest } from '../nearest.ts';
import type { Repo } from '../repo/repo.ts';
import { judgedShelf } from '../repo/shelf.ts';
import type { NamedChecklist } from '../run.ts';
import { digestOf } from './digest.ts';
import { estateCheck, isOfEstate, refuseTiers } from './estate-overrides.ts';
import { loadChecklists } from './load-checklist.ts';
import { type Merged, mergeLayers } from './merge-policy.ts';
import { checkNamed, refuseFaults, refuseParameters } from './parameters.ts';
import { loadPlugins, type OwnChecks, type PluginDoor } from './plugins.ts';
import type { Policy, Yardstick } from './policy.ts';
import { layersOf } from './policy-chain.ts';
import { POLICY_FILE } from './policy-file.ts';
import { type Layer, lineOf, type PolicyAt } from './policy-layer.ts';
import { fileNamed } from './policy-reference.ts';
import { entriesOf, refuseLooser } from './tightening.ts';

/** A text and how a person calls it. */
interface Named {
  readonly path: string;
  readonly text: string;
}

/** What a yardstick is made from. */
export interface YardstickParts {
  /** The checklists that come with the program. */
  readonly builtIn: readonly NamedChecklist[];
  readonly policy?: PolicyAt & { readonly text: string };
  /** Checklists that the operator names beside the policy. */
  readonly own?: readonly Named[];
  readonly door: PluginDoor;
  /** This gonogo's. */
  readonly version: string;
}

/** The policy that the judged repository carries at its root. */
export function repositoryPolicy(repo: Repo): PolicyAt & { readonly text: string } {
  const read = repo.read(POLICY_FILE);
  if (read.ok) return { shelf: judgedShelf(repo), path: POLICY_FILE, text: read.text };
  throw new InputError(
    `the policy cannot be read: ${read.detail}`,
    POLICY_FILE,
    'repair it, or judge with --policy FILE',
  );
}

/** The yardstick. One that the judged repository carries may only tighten. */
export async function loadYardstick({ builtIn, policy, own = [], door, version }: YardstickParts): Promise<Yardstick> {
  const layers = policy ? await layersOf(policy, policy.text, version) : [];
  const isJudged = policy?.shelf.kind === 'judged';
  if (isJudged) for (const layer of layers) refuseLooser(layer, [...builtIn, ESTATE], Object.values(PROFILES));
  const { checks, digests } = await loadPlugins(layers, door);
  // Two policies may bring the same file along.
  const brought = distinct(layers.flatMap(checklistsOf), ({ path, text }) => `${path}\0${text}`);
  const loaded = await loadChecklists([...brought, ...own], [...builtIn, ESTATE], checks);
  const checklists = [
    ...builtIn,
    ...loaded.map((it, at) => (isJudged && at < brought.length ? { ...it, isCarried: true } : it)),
  ];
  if (!policy) return { checklists, checks };
  for (const layer of layers) {
    await refuseRules(layer, checklists, checks);
    refuseFocus(layer, checklists);
  }
  const listed = checklists.slice(builtIn.length, builtIn.length + brought.length).map(({ digest }) => digest);
  return { checklists, checks, policy: policyFrom(mergeLayers(layers), policy.path, [...digests, ...listed]) };
}

/** Campaigns are left out of the digest: they decide nothing about a service. */
function policyFrom({ content, originOf }: Merged, path: string, brought: readonly string[]): Policy {
  const { focus: _, ...deciding } = content;
  const text = JSON.stringify([sorted(deciding), [...brought].sort()]);
  return {
    ...content,
    name: path.split('/').at(-1) ?? path,
    digest: digestOf(text),
    originOf,
  };
}

/** The same data with its keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, it]) => [key, sorted(it)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function checklistsOf(layer: Layer): readonly Named[] {
  return (layer.policy.checklists ?? []).map((word, index) => {
    const pointer = `/checklists/${index}`;
    const path = fileNamed(word, layer, pointer);
    const name = layer.shelf.label(path);
    const read = layer.shelf.read(path);
    if (read.ok) return { path: name, text: read.text };
    throw new InputError(
      `the checklist "${name}" cannot be read: ${read.detail}`,
      lineOf(layer, pointer),
      'check what `checklists` names',
    );
  });
}

/** Throws for a rule that does not exist, and for a parameter that its check does not take. */
async function refuseRules(layer: Layer, checklists: readonly NamedChecklist[], checks: OwnChecks): Promise<void> {
  const known = entriesOf([...checklists, ESTATE]);
  for (const [id, override] of Object.entries(layer.policy.rules ?? {})) {
    const pointer = below('/rules', id);
    const entry = known.get(id);
    if (!entry) {
      const close = nearest(id, known.keys());
      throw new InputError(
        `the policy names "${id}", which is no rule`,
        lineOf(layer, pointer),
        close ? `did you mean "${close}"?` : '`gonogo rules` lists them all',
      );
    }
    if (isOfEstate(id)) refuseTiers(id, override, lineOf(layer, pointer));
    const check =
      override.with && (isOfEstate(id) ? await estateCheck(id) : await checkNamed(entry.check ?? id, checks));
    if (!check) continue;
    const at = lineOf(layer, `${pointer}/with`);
    await refuseParameters(id, override.with, check.params, at);
    refuseFaults(id, { ...entry.with, ...override.with }, check, () => at);
  }
}

/** Throws for a campaign on what is neither a rule nor an area. */
function refuseFocus(layer: Layer, checklists: readonly NamedChecklist[]): void {
  const known = new Set([...entriesOf(checklists).keys(), ...checklists.map(({ area }) => area)]);
  for (const [id, { rules }] of Object.entries(layer.policy.focus ?? {})) {
    const index = rules.findIndex((rule) => !known.has(rule));
    if (index < 0) continue;
    const name = rules[index] ?? '';
    const close = nearest(name, known);
    throw new InputError(
      `the campaign "${id}" names "${name}", which is neither a rule nor an area`,
      lineOf(layer, `${below(below('/focus', id), 'rules')}/${index}`),
      close ? `did you mean "${close}"?` : '`gonogo rules` lists them all',
    );
  }
}
