/** Builds the command line once before the tests, so that end-to-end tests run what users run. */
import { execFileSync } from 'node:child_process';

/** Called by vitest before the first test file. */
export function setup(): void {
  execFileSync(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'scripts/build.ts'], { stdio: 'inherit' });
}
