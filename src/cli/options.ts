/** Turns flags, the environment and files into the options of a run; says where each value came from. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { POLICY_FILE } from '../checklist/policy-file.ts';
import { isDate } from '../dates.ts';
import { CHECKLISTS, PROFILES } from '../generated/checklists.ts';
import type { GonogoPolicy } from '../generated/policy.ts';
import { InputError } from '../input-error.ts';
import type { Profile, Stage, Tier } from '../model.ts';
import type { Repo } from '../repo/repo.ts';
import type { NamedChecklist, Options, Workspace } from '../run.ts';
import { table } from '../table.ts';
import type { FailOn } from '../verdict/policy.ts';
import { referenceFrom } from './reference.ts';
import { print } from './streams.ts';
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
}

/** The resolved options; `lawgiver` holds the repository's own policy where that is not taken from what is judged. */
export async function optionsFrom(
  flags: JudgingOptions,
  workspace: Pick<Workspace, 'repo'>,
  lawgiver: Repo = workspace.repo,
): Promise<Options> {
  const { tier, stage, profile } = flags;
  const policy = await policyFrom(flags.policy, lawgiver);
  const own = await Promise.all(flags.checklist.map(checklistFrom));
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
async function policyFrom(file: string | undefined, repo: Repo): Promise<GonogoPolicy | undefined> {
  if (file === undefined && !repo.list().files.some(({ path }) => path === POLICY_FILE)) return undefined;
  const { loadPolicy, loadRepoPolicy } = await import('../checklist/load-policy.ts');
  if (file === undefined) return loadRepoPolicy(repo, CHECKLISTS, VERSION);
  return loadPolicy(readOperatorFile(file, '--policy'), file, CHECKLISTS, VERSION);
}

async function checklistFrom(file: string): Promise<NamedChecklist> {
  const { loadChecklist } = await import('../checklist/load-checklist.ts');
  return loadChecklist(readOperatorFile(file, '--checklist'), file, CHECKLISTS);
}

/** The day to count from: the one given, else today in UTC. */
export function asOfFrom(given: string | undefined): string {
  if (given === undefined) return new Date().toISOString().slice(0, 10);
  if (!isDate(given))
    throw new InputError(`"${given}" is not a day`, '--as-of', 'write it as YYYY-MM-DD, e.g. 2026-11-16');
  return given;
}

const READING: Readonly<Record<string, string>> = table({
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
  ENOTDIR: 'a part of its path is not a folder',
});

/** A file the operator named on the command line. */
export function readOperatorFile(path: string, flag: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new InputError(`cannot read "${path}": ${READING[code] ?? message}`, flag, 'check the path');
  }
}

const SOURCES: Readonly<Record<string, string>> = table({
  cli: 'command line',
  env: 'environment',
  default: 'default',
});

/** Prints every option, its value and where it came from. */
export function explainOptions(command: Command): void {
  const rows = command.options.map((option) => {
    const key = option.attributeName();
    const value: unknown = command.getOptionValue(key);
    const unset = value === undefined || (Array.isArray(value) && value.length === 0);
    const shown = unset
      ? (option.defaultValueDescription ?? 'not set')
      : Array.isArray(value)
        ? value.join(', ')
        : String(value);
    const source = SOURCES[command.getOptionValueSource(key) ?? 'default'] ?? 'default';
    const variable = option.envVar ? ` (or ${option.envVar})` : '';
    return [option.long ?? option.flags, shown, `${source}${source === 'default' ? variable : ''}`];
  });
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  print(
    rows
      .map(
        (row) =>
          `${row
            .map((cell, index) => cell.padEnd(widths[index] ?? 0))
            .join('  ')
            .trimEnd()}\n`,
      )
      .join(''),
  );
}
