/** `gonogo check --watch` in a process of its own: judges again when a file is saved, says what that changed, ends by Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { git, temporaryFolder } from '../repo/temporary.ts';
import { BIN, run } from './run.ts';

/** A copy of a sample service. */
function copyOf(sample: string): string {
  const folder = temporaryFolder();
  cpSync(`fixtures/services/${sample}`, folder, { recursive: true });
  return folder;
}

/** A watch on a folder, once it waits, and what it says. */
async function watching(folder: string, args: readonly string[] = []) {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', TZ: 'UTC' };
  const words = [BIN, 'check', folder, '--watch', '--as-of', '2026-11-16', '--quiet', ...args];
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise<string | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  const lines: string[] = [];
  const told = createInterface(child.stderr).on('line', (line) => lines.push(line));
  let from = 0;
  /** Waits for a line on stderr behind the one that was waited for before. */
  const said = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const at = lines.findIndex((line, index) => index >= from && pattern.test(line));
      if (at >= 0) {
        from = at + 1;
        return lines[at] ?? '';
      }
      const more = once(told, 'line').then(() => true);
      if (!(await Promise.race([more, closed.then(() => false)])))
        throw new Error(`nothing like ${pattern} in: ${lines.join('\n')}`);
    }
  };
  await said(/^Waiting/);
  return {
    said,
    /** What it judged again after, so far. */
    again: () => lines.filter((line) => line.startsWith('after ')),
    /** Ends it by Ctrl-C, and answers the signal it ended by and its reports. */
    ended: async () => {
      child.kill('SIGINT');
      const signal = await closed;
      return { signal, reports: out.split(/(?=^. (?:NO-)?GO {2})/m).filter((it) => it !== '').length };
    },
  };
}

/** Makes a file in one step: one that grows may be seen twice. */
function make(folder: string, path: string, text: string): void {
  writeFileSync(`${folder}.aside`, text);
  renameSync(`${folder}.aside`, join(folder, path));
}

/** Long enough for an answer to what should have none. */
const SILENCE = 1500;

describe('check --watch', () => {
  it('judges again when a file is saved, says what that changed, and ends by Ctrl-C', async () => {
    const folder = copyOf('payments');
    const watch = await watching(folder);
    appendFileSync(join(folder, 'gonogo.yaml'), '\n# saved\n');
    const first = await watch.said(/^after gonogo\.yaml/);
    expect(first).toContain('still GO');
    expect(first).toMatch(/\b\d+ of \d+ kinds of evidence gathered anew/);
    const runbook = join(folder, 'docs/runbooks/card-gateway.md');
    renameSync(runbook, `${folder}.moved`);
    const second = await watch.said(/^after docs\/runbooks\/card-gateway\.md/);
    expect(second).toContain('worse: ');
    expect(second).toContain('GO → NO-GO');
    renameSync(`${folder}.moved`, runbook);
    const third = await watch.said(/^after docs\/runbooks\/card-gateway\.md/);
    expect(third).toContain('better: ');
    expect(third).toContain('NO-GO → GO');
    expect(await watch.ended()).toEqual({ signal: 'SIGINT', reports: 1 + watch.again().length });
  });

  it('gathers little anew for what little is part of', async () => {
    const folder = copyOf('payments');
    const watch = await watching(folder);
    appendFileSync(join(folder, 'docs/runbooks/card-gateway.md'), '\nOne more sentence.\n');
    const [, anew = '', all = ''] = /(\d+) of (\d+) kinds/.exec(await watch.said(/^after docs/)) ?? [];
    expect(Number(anew)).toBeLessThan(Number(all) / 2);
    expect(await watch.ended()).toMatchObject({ signal: 'SIGINT' });
  });

  it('goes on after trouble that a save brings, and says it', async () => {
    const folder = copyOf('payments');
    const watch = await watching(folder);
    const policy = join(folder, 'gonogo.policy.yaml');
    make(folder, 'gonogo.policy.yaml', 'apiVersion: gonogo/v1\nkind: Policy\nrules: 7\n');
    expect(await watch.said(/^error:/)).toContain('policy');
    rmSync(policy);
    await watch.said(/^after gonogo\.policy\.yaml/);
    expect(await watch.ended()).toMatchObject({ signal: 'SIGINT' });
  });

  it('writes its reports anew, and does not answer its own writing', async () => {
    const folder = copyOf('unclaimed');
    const file = join(folder, 'report.json');
    const watch = await watching(folder, ['--format', 'terminal', '--format', `json=${file}`]);
    const before = readFileSync(file, 'utf8');
    make(folder, 'CODEOWNERS', '* @acme/team-night\n');
    await watch.said(/^after CODEOWNERS/);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
    await wait(SILENCE);
    expect(watch.again()).toEqual([expect.stringMatching(/^after CODEOWNERS ·/)]);
    expect(await watch.ended()).toEqual({ signal: 'SIGINT', reports: 2 });
  });

  it('judges only what git would list, however much else is written', async () => {
    const folder = copyOf('payments');
    mkdirSync(join(folder, 'tools/out'), { recursive: true });
    writeFileSync(join(folder, '.gitignore'), 'out/\nnode_modules/\n*.log\n');
    git(folder, ['init', '-q']);
    const watch = await watching(folder);
    for (const path of ['debug.log', 'tools/out/built.md', 'node_modules/a/README.md']) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), 'written\n');
    }
    git(folder, ['add', '-A']);
    git(folder, ['status']);
    await wait(SILENCE);
    expect(watch.again()).toEqual([]);
    git(folder, ['commit', '-q', '-m', 'first']);
    await watch.said(/^after git's references/);
    writeFileSync(join(folder, '.gitignore'), 'node_modules/\n*.log\n');
    await watch.said(/^after \.gitignore/);
    writeFileSync(join(folder, 'tools/out/built.md'), 'written again\n');
    await watch.said(/^after .*tools\/out\/built\.md/);
    expect(await watch.ended()).toMatchObject({ signal: 'SIGINT' });
  });

  it('judges although something is written all the time', async () => {
    const folder = copyOf('unclaimed');
    const watch = await watching(folder);
    let turn = 0;
    const writing = setInterval(() => writeFileSync(join(folder, `src/trace-${turn++ % 5}.txt`), `${turn}`), 10);
    try {
      await watch.said(/^after /);
    } finally {
      clearInterval(writing);
    }
    expect(await watch.ended()).toMatchObject({ signal: 'SIGINT' });
  });

  it('knows its own report by whatever way it is called', async () => {
    const folder = copyOf('unclaimed');
    const link = join(temporaryFolder(), 'link');
    symlinkSync(folder, link);
    const own = ['--format', 'terminal', '--format', `json=${join(link, 'report.json')}`];
    const watch = await watching(folder, own);
    appendFileSync(join(folder, 'README.md'), '\nMore.\n');
    await watch.said(/^after README\.md/);
    await wait(SILENCE);
    expect(watch.again()).toEqual([expect.stringMatching(/^after README\.md ·/)]);
    expect(await watch.ended()).toEqual({ signal: 'SIGINT', reports: 2 });
  });

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
