/** Turns flags, the environment and files into the options of a run. */
import type { Yardstick } from '../checklist/policy.ts';
import type { OpenData } from '../database/opened.ts';
import { isDate } from '../dates.ts';
import type { Reference } from '../evidence/reference.ts';
import { PROFILES } from '../generated/checklists.ts';
import { InputError } from '../input-error.ts';
import type { Profile, Stage, Tier } from '../model.ts';
import type { Repo } from '../repo/repo.ts';
import type { Options, Workspace } from '../run.ts';
import type { FailOn } from '../verdict/policy.ts';
import { referenceFrom } from './reference.ts';
import { VERSION } from './version.ts';
import { yardstickFrom } from './yardstick.ts';

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

/** The resolved options; `lawgiver` holds the repository's own policy where that is not taken from what is judged, and `data` what is opened once for many. */
export async function optionsFrom(
  flags: JudgingOptions,
  workspace: Pick<Workspace, 'repo' | 'folder'>,
  lawgiver: Repo = workspace.repo,
  data?: OpenData,
): Promise<Options> {
  const yardstick = await yardstickFrom(flags, { ...workspace, repo: lawgiver });
  return optionsBy(yardstick, flags, await referenceFrom(flags, yardstick.policy?.private_packages, data));
}

/** The options of judging by a yardstick that was loaded, with a reference that was opened. */
export function optionsBy(
  { policy, checklists, checks }: Yardstick,
  flags: JudgingOptions,
  reference: Reference,
): Options {
  const { tier, stage, profile } = flags;
  return {
    asOf: asOfFrom(flags.asOf),
    ...(tier !== undefined && { tier }),
    ...(stage !== undefined && { stage }),
    ...(profile !== undefined && { profile }),
    only: flags.only,
    failOn: flags.failOn,
    ...(flags.scope && { scope: flags.scope }),
    ...(policy && { policy }),
    checklists,
    ...(checks.size > 0 && { checks }),
    profiles: PROFILES,
    reference,
    version: VERSION,
    ...(flags.debug && { debug: true }),
  };
}

/** The day to count from: the one given, else today in UTC. */
export function asOfFrom(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString().slice(0, 10);
  if (!isDate(given))
    throw new InputError(`"${given}" is not a day`, '--as-of', 'write it as YYYY-MM-DD, e.g. 2026-11-16');
  return given;
}
