/** `--explain-options`: each option's value and where it came from; reads manifests and the policy for it, and judges nothing. */
import type { Command, Option } from 'commander';
import { type Shard, shardName } from '../audit/shard.ts';
import { withoutCredentials } from '../audit/without-credentials.ts';
import type { Policy } from '../checklist/policy.ts';
import { POLICY_FILE } from '../checklist/policy-file.ts';
import { InputError } from '../input-error.ts';
import { ASSUMED, type Manifest, placeOf } from '../manifest/manifest.ts';
import { type OptionRow, optionsJson, renderOptions } from '../report/options.ts';
import { servicesAt, type Workspace } from '../run.ts';
import { table } from '../table.ts';
import { DEFAULT_LIMITS } from '../verdict/waivers.ts';
import { canvasFor } from './canvas.ts';
import { asOfFrom } from './options.ts';
import { print } from './streams.ts';
import { openWorkspace } from './workspace.ts';
import { yardstickFrom } from './yardstick.ts';

const SOURCES: Readonly<Record<string, OptionRow['source']>> = table({ cli: 'command line', env: 'environment' });

/** Flags that decide what is read. */
interface Flags {
  readonly asOf?: string;
  readonly evidenceRoot: readonly string[];
  readonly policy?: string;
  readonly ref?: string;
  readonly format?: string | readonly string[];
  readonly color?: boolean;
}

/** Prints every option of a command that judges; without a path, because it is about many, what manifests would say is told as the help tells it. */
export async function explainOptions(path: string | undefined, command: Command): Promise<void> {
  const flags = command.opts<Flags>();
  const workspace = path === undefined ? undefined : await workspaceAt(path, flags);
  const manifests = workspace ? (await servicesAt(workspace, asOfFrom(flags.asOf))).found.manifests : [];
  const policy = await policyAt(flags.policy, workspace);
  const rows = command.options
    .filter(({ long }) => long !== '--explain-options')
    .flatMap((option) => rowsOf(option, command, manifests, policy));
  const limits = command.options.some(({ long }) => long === '--fail-on') ? limitRows(policy) : [];
  const all = [...rows, ...limits];
  print([flags.format].flat().includes('json') ? optionsJson(all) : renderOptions(all, canvasFor(flags)));
}

/** Without a folder that can be read, what a manifest would say is told as the help tells it. */
async function workspaceAt(path: string, flags: Flags): Promise<Workspace | undefined> {
  try {
    return await openWorkspace(path, flags);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** The policy that would apply, the file it is in, and what is wrong with it. */
interface PolicyFound {
  /** False where there is no folder to look for one in. */
  readonly looked: boolean;
  readonly file?: string;
  readonly policy?: Policy;
  readonly trouble?: string;
}

async function policyAt(named: string | undefined, workspace: Workspace | undefined): Promise<PolicyFound> {
  const found = workspace?.repo.list().files.some(({ path }) => path === POLICY_FILE) ? POLICY_FILE : undefined;
  const file = named ?? found;
  if (file === undefined) return { looked: workspace !== undefined };
  try {
    const { policy } = await yardstickFrom(named === undefined ? {} : { policy: named }, workspace ?? {});
    return { looked: true, file, ...(policy && { policy }) };
  } catch (error) {
    if (error instanceof InputError) return { looked: true, file, trouble: `not usable: ${error.message}` };
    throw error;
  }
}

function rowsOf(
  option: Option,
  command: Command,
  manifests: readonly Manifest[],
  policy: PolicyFound,
): readonly OptionRow[] {
  const source = SOURCES[command.getOptionValueSource(option.attributeName()) ?? ''];
  const plain = plainRow(option, command.getOptionValue(option.attributeName()), source);
  const isPolicy = option.long === '--policy';
  if (isPolicy && policy.trouble)
    return [{ ...plain, value: policy.file ?? '', source: source ?? 'repository', detail: policy.trouble }];
  if (source !== undefined) return [plain];
  if (option.long === '--as-of') return [{ ...plain, value: asOfFrom(undefined), source: 'clock' }];
  if (isPolicy && policy.file !== undefined)
    return [{ ...plain, value: policy.file, source: 'repository', detail: 'it may only tighten' }];
  if (isPolicy && policy.looked) return [{ ...plain, value: `none: there is no ${POLICY_FILE} at the root` }];
  const declared = declaredRows(option, manifests);
  return declared.length > 0 ? declared : [plain];
}

/** Values that are no words any more, as they are written on a command line. */
const WRITTEN: Readonly<Record<string, (value: unknown) => string>> = table({
  shard: (value) => shardName(value as Shard),
  timeoutPerRepo: (value) => `${value}ms`,
});

/** A value as the command line and the environment leave it; an address that carries a password is shown without. */
function plainRow(option: Option, value: unknown, source: OptionRow['source'] | undefined): OptionRow {
  const name = option.long ?? option.flags;
  // `--no-x` and `--x` set the same value.
  if (option.negate)
    return value === false
      ? { option: name, value: 'true', source: source ?? 'default' }
      : { option: name, value: 'not set', source: 'default' };
  return {
    option: name,
    value: source === undefined ? otherwise(option, value) : withoutCredentials(written(option, value)),
    source: source ?? 'default',
    ...(source === undefined && option.envVar !== undefined && { detail: `or ${option.envVar}` }),
  };
}

function otherwise({ defaultValueDescription, defaultValue }: Option, value: unknown): string {
  const unset = defaultValue === undefined || Array.isArray(value) || typeof value === 'boolean';
  return defaultValueDescription ?? (unset ? 'not set' : String(value));
}

function written(option: Option, value: unknown): string {
  const write = WRITTEN[option.attributeName()] ?? String;
  return Array.isArray(value) ? value.join(', ') : write(value);
}

/** What the manifests say in place of a flag: a row for each value, with the places that say so. */
function declaredRows(option: Option, manifests: readonly Manifest[]): readonly OptionRow[] {
  const key = option.attributeName();
  if (key !== 'tier' && key !== 'stage' && key !== 'profile') return [];
  const rows = new Map<string, { readonly row: OptionRow; readonly places: string[] }>();
  for (const manifest of manifests) {
    const declared = manifest.identity[key];
    const source = declared === undefined ? 'default' : 'manifest';
    const row: OptionRow = { option: `--${key}`, value: String(declared ?? ASSUMED[key]), source };
    const group = rows.get(`${row.value} ${source}`) ?? { row, places: [] };
    const { path, line } = placeOf(manifest, `/${key}`);
    group.places.push(declared === undefined ? `${manifest.identity.name ?? path} declares none` : `${path}:${line}`);
    rows.set(`${row.value} ${source}`, group);
  }
  return [...rows.values()].map(({ row, places }) => ({ ...row, detail: firstOf(places) }));
}

const SHOWN = 3;

function firstOf(places: readonly string[]): string {
  const rest = places.length - SHOWN;
  return `${places.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** How long a waiver may run: no flag sets it, and it decides all the same. */
function limitRows({ policy, file }: PolicyFound): readonly OptionRow[] {
  return (['critical', 'major', 'standard'] as const).map((severity) => {
    const own = policy?.waivers?.[severity];
    const option = `waivers of ${severity} rules`;
    if (own === undefined) return { option, value: DEFAULT_LIMITS[severity], source: 'default' };
    return { option, value: own, source: 'policy', ...(file !== undefined && { detail: file }) };
  });
}
