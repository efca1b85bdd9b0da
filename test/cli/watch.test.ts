/** `gonogo check --watch` in a process of its own: judges again when a file is saved, says what that changed, ends by Ctrl-C. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { git } from '../repo/temporary.ts';
import { BIN, run } from './run.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'watch-'));
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(FOLDER, { recursive: true, force: true });
});

/** A watch on a copy of a sample, and what it says on stderr. */
function watching(sample: string, args: readonly string[] = []) {
  cpSync(`fixtures/services/${sample}`, FOLDER, { recursive: true });
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', TZ: 'UTC' };
  const words = [BIN, 'check', FOLDER, '--watch', '--as-of', '2026-11-16', '--quiet', ...args];
  const started = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let [out, err] = ['', ''];
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return {
    /** Waits for a text on stderr behind what was there when it was asked for. */
    async said(pattern: RegExp): Promise<string> {
      for (let turn = 0; turn < 500; turn++) {
        const line = err.split('\n').find((it) => pattern.test(it));
        if (line !== undefined) {
          err = err.slice(err.indexOf(line) + line.length);
          return line;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`nothing like ${pattern} in: ${err}`);
    },
    reports: () => out.split(/(?=^. (?:NO-)?GO {2})/m).filter((it) => it !== ''),
    ended: () =>
      new Promise<string | null>((resolve) => {
        started.on('exit', (_, signal) => resolve(signal));
        started.kill('SIGINT');
      }),
  };
}

describe('check --watch', () => {
  it('judges again when a file is saved, says what that changed, and ends by Ctrl-C', async () => {
    const watch = watching('payments');
    await watch.said(/^Waiting/);
    appendFileSync(join(FOLDER, 'gonogo.yaml'), '\n# saved\n');
    const first = await watch.said(/^after gonogo\.yaml/);
    expect(first).toContain('still GO');
    expect(first).toMatch(/\b\d+ of \d+ kinds of evidence gathered anew/);
    const runbook = join(FOLDER, 'docs/runbooks/card-gateway.md');
    renameSync(runbook, `${FOLDER}.moved`);
    const second = await watch.said(/^after docs\/runbooks\/card-gateway\.md/);
    expect(second).toContain('worse: ');
    expect(second).toContain('GO → NO-GO');
    renameSync(`${FOLDER}.moved`, runbook);
    const third = await watch.said(/^after docs\/runbooks\/card-gateway\.md/);
    expect(third).toContain('better: ');
    expect(third).toContain('NO-GO → GO');
    expect(watch.reports()).toHaveLength(4);
    expect(await watch.ended()).toBe('SIGINT');
  }, 120_000);

  it('gathers little anew for what little is part of', async () => {
    const watch = watching('payments');
    await watch.said(/^Waiting/);
    appendFileSync(join(FOLDER, 'docs/runbooks/card-gateway.md'), '\nOne more sentence.\n');
    const [, anew = '', all = ''] = /(\d+) of (\d+) kinds/.exec(await watch.said(/^after docs/)) ?? [];
    expect(Number(anew)).toBeLessThan(Number(all) / 2);
    expect(await watch.ended()).toBe('SIGINT');
  }, 120_000);

  it('goes on after trouble that a save brings, and says it', async () => {
    const watch = watching('payments');
    await watch.said(/^Waiting/);
    const policy = join(FOLDER, 'gonogo.policy.yaml');
    writeFileSync(policy, 'apiVersion: gonogo/v1\nkind: Policy\nrules: 7\n');
    expect(await watch.said(/^error:/)).toContain('policy');
    rmSync(policy);
    await watch.said(/^after gonogo\.policy\.yaml/);
    expect(await watch.ended()).toBe('SIGINT');
  }, 120_000);

  it('writes its reports anew, and does not answer its own writing', async () => {
    const file = join(FOLDER, 'report.json');
    const watch = watching('unclaimed', ['--format', 'terminal', '--format', `json=${file}`]);
    await watch.said(/^Waiting/);
    expect(existsSync(file)).toBe(true);
    const before = readFileSync(file, 'utf8');
    writeFileSync(join(FOLDER, 'CODEOWNERS'), '* @acme/team-night\n');
    await watch.said(/^after CODEOWNERS/);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(watch.reports()).toHaveLength(2);
    expect(await watch.ended()).toBe('SIGINT');
  }, 120_000);

  it('judges only what git would list, however much else is written', async () => {
    mkdirSync(join(FOLDER, 'tools/out'), { recursive: true });
    writeFileSync(join(FOLDER, '.gitignore'), 'out/\nnode_modules/\n*.log\n');
    git(FOLDER, ['init', '-q']);
    const watch = watching('payments');
    await watch.said(/^Waiting/);
    for (const path of ['debug.log', 'tools/out/built.md', 'node_modules/a/README.md']) {
      mkdirSync(dirname(join(FOLDER, path)), { recursive: true });
      writeFileSync(join(FOLDER, path), 'written\n');
    }
    git(FOLDER, ['add', '-A']);
    git(FOLDER, ['status']);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(watch.reports()).toHaveLength(1);
    git(FOLDER, ['commit', '-q', '-m', 'first']);
    await watch.said(/^after git's references/);
    writeFileSync(join(FOLDER, '.gitignore'), 'node_modules/\n*.log\n');
    await watch.said(/^after \.gitignore/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    writeFileSync(join(FOLDER, 'tools/out/built.md'), 'written again\n');
    await watch.said(/^after tools\/out\/built\.md/);
    expect(await watch.ended()).toBe('SIGINT');
  }, 120_000);

  it('judges although something is written all the time', async () => {
    const watch = watching('unclaimed');
    await watch.said(/^Waiting/);
    let turn = 0;
    const writing = setInterval(() => writeFileSync(join(FOLDER, `src/trace-${turn++ % 5}.txt`), `${turn}`), 10);
    try {
      await watch.said(/^after /);
    } finally {
      clearInterval(writing);
    }
    expect(await watch.ended()).toBe('SIGINT');
  }, 120_000);

  it('knows its own report by whatever way it is called', async () => {
    const link = `${FOLDER}-link`;
    symlinkSync(FOLDER, link);
    try {
      const watch = watching('unclaimed', ['--format', 'terminal', '--format', `json=${join(link, 'report.json')}`]);
      await watch.said(/^Waiting/);
      appendFileSync(join(FOLDER, 'README.md'), '\nMore.\n');
      await watch.said(/^after README\.md/);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(watch.reports()).toHaveLength(2);
      expect(await watch.ended()).toBe('SIGINT');
    } finally {
      rmSync(link);
    }
  }, 120_000);

  it.each([
    [['--ref', 'HEAD'], '--ref'],
    [['--since', 'main'], '--since'],
    [['--record', 'd.json', '--artifact', `sha256:${'a'.repeat(64)}`], '--record'],
    [['--format', 'json'], '--format json=FILE'],
  ])('refuses %j', (args, way) => {
    const { status, stdout, stderr } = run(['check', 'fixtures/services/payments', '--watch', ...args]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(way);
  });
});
