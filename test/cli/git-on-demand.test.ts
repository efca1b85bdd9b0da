/** Git runs only where a check asks for history. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository, temporaryFolder, write } from '../repo/temporary.ts';
import { BIN } from './run.ts';

const RUNBOOK = `# Runbook: orders

## OrdersDown

1. Run \`kubectl get pods -n orders\` and look for restarts.
2. Run \`kubectl rollout undo deployment/orders\` when the last release is at fault.
3. Escalate to the platform team in #orders-oncall.
`;

/** An environment in which git is a program that says who it is and goes on as told, and the file it says so in. */
function shimmed(then: string): { readonly env: Readonly<Record<string, string>>; readonly mark: string } {
  const folder = temporaryFolder();
  const mark = join(folder, 'mark');
  write(folder, { 'bin/git': `#!/bin/sh\necho $$ >> '${mark}'\n${then}\n` });
  spawnSync('chmod', ['+x', join(folder, 'bin/git')]);
  return { env: { PATH: `${folder}/bin:${process.env.PATH}`, NO_COLOR: '1', TMPDIR: folder }, mark };
}

function words(folder: string): readonly string[] {
  return [BIN, 'check', folder, '--as-of', '2026-11-16'];
}

describe('git', () => {
  it('is not started where no check asks for history', () => {
    const { env, mark } = shimmed('exit 1');
    const { status, stderr } = spawnSync(process.execPath, words(repository({ 'app.js': 'run();\n' })), {
      env,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(existsSync(mark)).toBe(false);
  });

  it('is started once for the log, and what it says when it fails is told', () => {
    const { env, mark } = shimmed('echo "fatal: no such luck" >&2; exit 128');
    const folder = repository({ 'docs/runbooks/orders.md': RUNBOOK });
    const { stdout } = spawnSync(process.execPath, [...words(folder), '--format', 'json'], { env, encoding: 'utf8' });
    expect(readFileSync(mark, 'utf8').trim().split('\n')).toHaveLength(1);
    expect(stdout).toContain('git could not read it: no such luck');
  });
});
