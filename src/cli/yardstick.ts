/** By what is judged, from `--policy` and `--checklist`; most runs have neither, and then nothing is loaded to read them. */
import type { Yardstick } from '../checklist/policy.ts';
import { POLICY_FILE } from '../checklist/policy-file.ts';
import { CHECKLISTS } from '../generated/checklists.ts';
import type { Repo } from '../repo/repo.ts';
import { visible } from '../report/escape-terminal.ts';
import { importModule } from './import-module.ts';
import { readOperatorFile } from './operator-file.ts';
import { complain } from './streams.ts';
import { VERSION } from './version.ts';

/** Flags that bear on it. */
export interface YardstickFlags {
  readonly policy?: string;
  readonly checklist?: readonly string[];
}

/** What is judged, as far as it matters here. */
interface Judged {
  /** Where a policy is looked for that no flag names. */
  readonly repo?: Repo;
  /** Real path of the folder from which no code is ever run. */
  readonly folder?: string;
}

/** The operator's policy, else the repository's own; and the operator's checklists. */
export async function yardstickFrom(
  { policy: file, checklist = [] }: YardstickFlags,
  { repo, folder }: Judged,
): Promise<Yardstick> {
  const isCarried = file === undefined && repo?.list().files.some(({ path }) => path === POLICY_FILE);
  if (file === undefined && !isCarried && checklist.length === 0) return { checklists: CHECKLISTS, checks: new Map() };
  const { loadYardstick, repositoryPolicy } = await import('../checklist/load-policy.ts');
  const policy = file === undefined ? isCarried && repo && repositoryPolicy(repo) : await policyAt(file);
  return loadYardstick({
    builtIn: CHECKLISTS,
    ...(policy && { policy }),
    own: checklist.map((path) => ({ path, text: readOperatorFile(path, '--checklist') })),
    door: { load: importPlugin, ...(folder !== undefined && { judged: folder }) },
    version: VERSION,
  });
}

/** The same where nothing is judged: then no code is run out of the repository that one stands in. */
export async function yardstickHere(flags: YardstickFlags): Promise<Yardstick> {
  if (flags.policy === undefined) return yardstickFrom(flags, {});
  const { findRepositoryRoot } = await import('../repo/disk.ts');
  return yardstickFrom(flags, { folder: findRepositoryRoot('.').root });
}

/** A promise that a plug-in leaves behind and that fails would end the run, with the exit code that means NO-GO. */
function importPlugin(address: string): Promise<unknown> {
  if (process.listenerCount('unhandledRejection') === 0)
    process.on('unhandledRejection', (error) => {
      const what = error instanceof Error ? error.message : String(error);
      complain(`note: a plug-in left something behind that failed: ${visible(what)}\n`);
    });
  return finished(importModule(address));
}

/** The same, or a failure where a module waits for what never comes: the process would end before it, and that reads as GO. */
function finished(module: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Error('it never finishes loading'));
    process.once('beforeExit', giveUp);
    module.then(resolve, reject).finally(() => process.off('beforeExit', giveUp));
  });
}

async function policyAt(file: string) {
  const text = readOperatorFile(file, '--policy');
  const { shelfOfFile } = await import('../repo/shelf.ts');
  return { ...shelfOfFile(file), text };
}
