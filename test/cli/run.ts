/** Runs the built command line as a user would, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** What a process left behind. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where the command stands, so that a test may run it from any folder. */
export const BIN = resolve('bin/gonogo.js');

/** Runs `gonogo ARGS`. */
export function run(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Ran {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', TZ: 'UTC', ...options.env };
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    env,
    ...(options.cwd && { cwd: options.cwd }),
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}
