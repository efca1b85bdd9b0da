/** An audit that a signal ends: what ran on is ended too, nothing is left behind; and what an audit of folders starts and opens. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { onPath } from '../on-path.ts';
import { repository, temporaryFolder, write } from '../repo/temporary.ts';
import { BIN } from './run.ts';

const RUNBOOK = `# Runbook: orders

## OrdersDown

1. Run \`kubectl get pods -n orders\` and look for restarts.
2. Run \`kubectl rollout undo deployment/orders\` when the last release is at fault.
3. Escalate to the platform team in #orders-oncall.
`;

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

/** An audit of a repository whose history is asked for, with a git that never answers; resolves when that was started. */
async function stuck() {
  const folder = temporaryFolder();
  const temporary = join(folder, 'tmp');
  const mark = join(folder, 'mark');
  write(folder, { 'bin/git': `#!/bin/sh\necho $$ > '${mark}'\nexec sleep 600\n`, 'tmp/keep': '' });
  spawnSync('chmod', ['+x', join(folder, 'bin/git')]);
  const target = repository({ 'docs/runbooks/orders.md': RUNBOOK });
  const started = spawn(process.execPath, [BIN, 'audit', target, '--as-of', '2026-11-16'], {
    env: { PATH: `${folder}/bin:${process.env.PATH}`, NO_COLOR: '1', TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  const said: { readonly out: string[]; readonly err: string[] } = { out: [], err: [] };
  started.stdout.setEncoding('utf8').on('data', (text: string) => said.out.push(text));
  started.stderr.setEncoding('utf8').on('data', (text: string) => said.err.push(text));
  const ended = new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) => {
    started.on('close', (code, signal) => resolve([code, signal]));
  });
  await until(() => existsSync(mark) && readFileSync(mark, 'utf8').trim() !== '');
  return { started, ended, said, temporary, git: Number(readFileSync(mark, 'utf8')) };
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1200 && !holds(); turn++) await new Promise((resolve) => setTimeout(resolve, 50));
  if (!holds()) throw new Error('it never came to that');
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends an audit in order, and the git that it waits for', async (signal, code) => {
    const { started, ended, said, temporary, git } = await stuck();
    started.kill(signal);
    expect(await ended).toEqual([code, null]);
    expect(said.out).toEqual([]);
    expect(said.err.join('')).toContain('stopped: 0 of 1 repository were done');
    await until(() => !isRunning(git));
    expect(readdirSync(temporary)).toEqual(['keep']);
  });

  it('ends it at once when it comes a second time', async () => {
    const { started, ended, said, temporary, git } = await stuck();
    started.kill('SIGINT');
    await until(() => said.err.join('').includes('Stopping'));
    started.kill('SIGTERM');
    const [code, signal] = await ended;
    // On a machine that is slow to tell, the first one was through already.
    expect([signal, code]).toEqual(signal === null ? [null, 130] : ['SIGTERM', null]);
    await until(() => !isRunning(git));
    expect(readdirSync(temporary)).toEqual(['keep']);
  });
}, 120_000);

describe.skipIf(onPath('strace') === undefined)(
  'an audit of folders',
  () => {
    it('opens no socket and starts no program but git', () => {
      const folder = temporaryFolder();
      write(folder, { 'cart/gonogo.yaml': 'kind: Service\n', 'cart/docs/runbooks/cart.md': RUNBOOK });
      const orders = repository({ 'docs/runbooks/orders.md': RUNBOOK });
      const log = join(folder, 'strace.log');
      const words = ['-f', '-o', log, '-e', 'trace=execve,socket,connect', process.execPath, BIN];
      const { status } = spawnSync('strace', [...words, 'audit', `${folder}/cart`, orders, '--jobs', '2', '--quiet'], {
        env: { PATH: process.env.PATH, NO_COLOR: '1' },
      });
      const calls = readFileSync(log, 'utf8');
      expect(status).toBe(0);
      // The system's own look at who the user is asks a local daemon.
      expect(calls.match(/\b(?:socket|connect)\(.*AF_(?!UNIX).*/g) ?? []).toEqual([]);
      const programs = [...calls.matchAll(/execve\("([^"]*)".* = 0$/gm)].map(([, path = '']) => path.split('/').at(-1));
      expect([...new Set(programs)].sort()).toEqual(['git', 'node']);
    });
  },
  120_000,
);
