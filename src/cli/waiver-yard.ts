/** What a new waiver is held against: the rules, limits and files of the service(s) in a folder. */
import { join } from 'node:path';
import { layersFor, resolveRules } from '../checklist/resolve.ts';
import { InputError } from '../input-error.ts';
import { findManifests } from '../manifest/find.ts';
import { WAIVERS_FILE } from '../manifest/load-waivers.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Rule, Severity } from '../model.ts';
import { findRepositoryRoot } from '../repo/disk.ts';
import type { Options } from '../run.ts';
import { DEFAULT_LIMITS, examine, type WaiverLimits } from '../verdict/waivers.ts';
import { optionsFrom } from './options.ts';
import { folderOf, openWorkspace, realPath, refuseBare } from './workspace.ts';

/** The yardstick and its surroundings. */
export interface Yard {
  /** Rules that apply, each at the severity of the strictest service. */
  readonly rules: readonly Rule[];
  /** Every id and alias → the rule's id. */
  readonly ids: ReadonlyMap<string, string>;
  readonly limits: WaiverLimits;
  readonly asOf: string;
  /** The file that `check` reads for the service, as an absolute path. */
  readonly file: string;
  /** Whether `check` reads a file, given as an absolute path. */
  reads(file: string): boolean;
  /** Whether a path is a file or folder of the repository. */
  isThere(path: string): boolean;
}

/** Flags that bear on it. */
export interface YardFlags {
  readonly policy?: string;
  readonly checklist: readonly string[];
}

/** The yard of a folder. */
export async function yardAt(folder: string, flags: YardFlags, asOf: string): Promise<Yard> {
  refuseBare(folderOf(folder), folder);
  const workspace = await openWorkspace(folder, { evidenceRoot: [] });
  const { root } = findRepositoryRoot(folder);
  const options = await optionsFrom(
    {
      asOf,
      only: [],
      failOn: 'major',
      evidenceRoot: [],
      checklist: flags.checklist,
      ...(flags.policy !== undefined && { policy: flags.policy }),
    },
    workspace,
  );
  const { manifests } = await findManifests(workspace.repo, workspace.dir, asOf);
  const files = [
    ...manifests.map((it) => join(root, it.dir, it.claims.waivers ?? WAIVERS_FILE)),
    join(root, WAIVERS_FILE),
  ];
  const [only] = manifests;
  return {
    rules: strictest(manifests.flatMap((manifest) => rulesFor(manifest, options))),
    ids: new Map(
      options.checklists.flatMap((list) =>
        list.rules.flatMap((rule) => [rule.id, ...(rule.aliases ?? [])].map((name) => [name, rule.id] as const)),
      ),
    ),
    limits: { ...DEFAULT_LIMITS, ...options.policy?.waivers },
    asOf,
    // What holds for several services is agreed at the root.
    file: (manifests.length === 1 && only && files[0]) || join(root, WAIVERS_FILE),
    reads: (file) => files.includes(realPath(file)),
    isThere: (path) =>
      workspace.repo.list().files.some((it) => it.path === path || it.path.startsWith(`${path.replace(/\/$/, '')}/`)),
  };
}

function rulesFor({ identity }: Manifest, options: Options): readonly Rule[] {
  const { tier = 3, stage = 'live', profile = 'balanced' } = identity;
  return resolveRules(options.checklists, layersFor({ profile }, options), { tier, stage }, []).rules;
}

const WEIGHT: Readonly<Record<Severity, number>> = { off: 0, standard: 1, major: 2, critical: 3 };

function strictest(rules: readonly Rule[]): readonly Rule[] {
  const byId = new Map<string, Rule>();
  for (const rule of rules)
    if (WEIGHT[rule.severity] > WEIGHT[byId.get(rule.id)?.severity ?? 'off']) byId.set(rule.id, rule);
  return [...byId.values()];
}

/** The same examination that `check` makes, at the moment of writing. */
export function refuseUnfit(
  entry: {
    readonly rule: string;
    readonly reason?: string;
    readonly owner?: string;
    readonly from?: string;
    readonly expires?: string;
  },
  yard: Yard,
  file: string,
): void {
  if (yard.rules.some((it) => it.id === entry.rule && !it.waivable))
    throw new InputError(`${entry.rule} cannot be waived`, 'waive', 'meet the rule, or ask the owner of the policy');
  const { trouble, fix } = examine({ ...entry, at: { path: file } }, { ...yard, known: new Set(yard.ids.keys()) });
  if (trouble) throw new InputError(trouble, 'waive', fix ?? 'see `gonogo explain waivers/valid`');
}
