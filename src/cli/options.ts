/** Turns flags, the environment and files into the options of a run. */
import { POLICY_FILE } from '../checklist/policy-file.ts';
import { isDate } from '../dates.ts';
import { CHECKLISTS, PROFILES } from '../generated/checklists.ts';
import type { GonogoPolicy } from '../generated/policy.ts';
import { InputError } from '../input-error.ts';
import type { Profile, Stage, Tier } from '../model.ts';
import type { Repo } from '../repo/repo.ts';
import type { NamedChecklist, Options, Workspace } from '../run.ts';
import type { FailOn } from '../verdict/policy.ts';
import { readOperatorFile } from './operator-file.ts';
import { referenceFrom } from './reference.ts';
import { VERSION } from './version.ts';

/** Flags that decide by which yardstick is judged. */
export interface JudgingOptions {
  readonly asOf?: string;
  readonly tier?: Tier;
  readonly stage?: Stage;
  readonly profile?: Profile;
  readonly only: readonly string[];
  readonly failOn: FailOn;
  readonly scope?: 'production' | 'all';
  readonly policy?: string;
  readonly checklist: readonly string[];
  readonly evidenceRoot: readonly string[];
  readonly ref?: string;
  readonly db?: string;
  readonly online?: boolean;
  readonly registry?: readonly string[];
  readonly publicHost?: readonly string[];
  readonly live?: readonly string[];
  readonly debug?: boolean;
  readonly explainOptions?: boolean;
}

/** The resolved options. */
export async function optionsFrom(flags: JudgingOptions, workspace: Workspace): Promise<Options> {
  const { tier, stage, profile } = flags;
  const policy = await policyFrom(flags.policy, workspace.repo);
  const own = await checklistsFrom(flags.checklist);
  return {
    asOf: asOfFrom(flags.asOf),
    ...(tier !== undefined && { tier }),
    ...(stage !== undefined && { stage }),
    ...(profile !== undefined && { profile }),
    only: flags.only,
    failOn: flags.failOn,
    ...(flags.scope && { scope: flags.scope }),
    ...(policy && { policy }),
    checklists: [...CHECKLISTS, ...own],
    profiles: PROFILES,
    reference: await referenceFrom(flags),
    version: VERSION,
    ...(flags.debug && { debug: true }),
  };
}

/** The operator's policy, else the repository's own; most have none, and then nothing is loaded to read it. */
export async function policyFrom(file: string | undefined, repo: Repo | undefined): Promise<GonogoPolicy | undefined> {
  if (file === undefined && !repo?.list().files.some(({ path }) => path === POLICY_FILE)) return undefined;
  const { loadPolicy, loadRepoPolicy } = await import('../checklist/load-policy.ts');
  if (file === undefined) return repo && loadRepoPolicy(repo, CHECKLISTS, VERSION);
  return loadPolicy(readOperatorFile(file, '--policy'), file, CHECKLISTS, VERSION);
}

async function checklistsFrom(files: readonly string[]): Promise<readonly NamedChecklist[]> {
  if (files.length === 0) return [];
  const { loadChecklists } = await import('../checklist/load-checklist.ts');
  const texts = files.map((path) => ({ path, text: readOperatorFile(path, '--checklist') }));
  return loadChecklists(texts, CHECKLISTS);
}

/** The day to count from: the one given, else today in UTC. */
export function asOfFrom(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString().slice(0, 10);
  if (!isDate(given))
    throw new InputError(`"${given}" is not a day`, '--as-of', 'write it as YYYY-MM-DD, e.g. 2026-11-16');
  return given;
}
