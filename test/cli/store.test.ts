/** A store on the command line: an audit is kept after its outputs are written, a failed push is completed later, and no password is told. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { absent, type PostgresServer, postgresServer, SECRET } from '../store/postgres-server.ts';
import { BIN, run } from './run.ts';
import { AS_OF, GOOD } from './untouched.ts';

/** A manifest that nobody has looked at for years. */
const STALE = GOOD.replace('parcels', 'pay').replace('tier: 4', 'tier: 1').replace('2026-11-01', '2023-11-01');

/** Two repositories, one of them not ready, and the options of every audit of them. */
function estate(): { readonly folder: string; readonly audit: readonly string[]; readonly home: NodeJS.ProcessEnv } {
  const folder = temporaryFolder();
  write(folder, { 'repos/shop/gonogo.yaml': GOOD, 'repos/pay/gonogo.yaml': STALE, 'home/keep': '' });
  return {
    folder,
    audit: ['audit', 'repos', '--as-of', AS_OF, '--only', 'manifest', '--run', 'run'],
    home: { HOME: join(folder, 'home') },
  };
}

describe('audit --store', () => {
  it('keeps the audit once, and the run and the JSON Lines of it are the same audit', () => {
    const { folder, audit } = estate();
    const kept = run([...audit, '--store', 'kept', '--format', 'jsonl=audit.jsonl'], { cwd: folder });
    expect({ status: kept.status, stderr: kept.stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'kept'))).toEqual([expect.stringMatching(/^2026-11-16-[0-9a-f]{16}\.jsonl\.gz$/)]);
    for (const source of ['run', 'audit.jsonl']) {
      const pushed = run(['store', 'push', source, '--store', 'kept'], { cwd: folder });
      expect(pushed).toEqual({ status: 0, stdout: 'it is in the store already\n', stderr: '' });
    }
    expect(run(['store', 'push', 'audit.jsonl'], { cwd: folder, env: { GONOGO_STORE: 'other' } }).stdout).toBe(
      'stored\n',
    );
    expect(readdirSync(join(folder, 'other'))).toEqual(readdirSync(join(folder, 'kept')));
    const listed = run(['store', 'list', '--store', 'kept', '--format', 'json'], { cwd: folder });
    expect(JSON.parse(listed.stdout)).toMatchObject([{ asOf: AS_OF, services: 2, repositories: 2, unjudged: [] }]);
    expect(run(['store', 'list', '--store', 'kept'], { cwd: folder }).stdout).toMatch(/^DAY .*\n2026-11-16 /);
  });

  it('loses no output where the store fails, exits with 2, and names the command that completes it', () => {
    const { folder, audit } = estate();
    writeFileSync(join(folder, 'kept'), 'a file');
    const failed = run([...audit, '--store', 'kept', '--format', 'jsonl=audit.jsonl', '--format', 'terminal'], {
      cwd: folder,
    });
    expect(failed.status).toBe(2);
    expect(failed.stdout).toContain('pay');
    expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain('"what":"estate"');
    const [, command = ''] = /completes it in the store, once: gonogo (.*)\n$/.exec(failed.stderr) ?? [];
    rmSync(join(folder, 'kept'));
    expect(run(command.split(' '), { cwd: folder })).toEqual({ status: 0, stdout: 'stored\n', stderr: '' });
  });

  it('takes no password in a command, and tells none from the environment', () => {
    const { folder, audit } = estate();
    const address = 'postgres://ada:hunter2@127.0.0.1:1/ops';
    for (const word of [address, 'postgres://127.0.0.1:1/ops?password=hunter2']) {
      const refused = run([...audit, '--store', word], { cwd: folder });
      expect(refused.status).toBe(2);
      expect(refused.stderr).toContain('set PGPASSWORD, or a line in ~/.pgpass');
      expect(refused.stderr + refused.stdout).not.toContain('hunter2');
    }
    const failed = run(audit, { cwd: folder, env: { GONOGO_STORE: address } });
    expect(failed.status).toBe(2);
    expect(failed.stderr).toContain('the store postgres://127.0.0.1:1/ops fails: nobody listens there');
    expect(failed.stderr).toMatch(/gonogo store push \S+\/run\n$/);
    expect(failed.stderr + failed.stdout).not.toContain('hunter2');
    for (const name of readdirSync(join(folder, 'run')))
      expect(readFileSync(join(folder, 'run', name), 'utf8')).not.toContain('hunter2');
  });
});

/** Ends when the process has. */
function started(args: readonly string[], cwd: string): Promise<number | null> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', resolve));
}

describe('store push', () => {
  it('keeps one file, whole, where several processes push the same audit at once', async () => {
    const { folder, audit } = estate();
    run([...audit, '--format', 'jsonl=audit.jsonl'], { cwd: folder });
    const pushes = Array.from({ length: 4 }, () =>
      started(['store', 'push', 'audit.jsonl', '--store', 'kept'], folder),
    );
    expect(await Promise.all(pushes)).toEqual([0, 0, 0, 0]);
    expect(readdirSync(join(folder, 'kept'))).toEqual([expect.stringMatching(/\.jsonl\.gz$/)]);
    expect(
      JSON.parse(run(['store', 'list', '--store', 'kept', '--format', 'json'], { cwd: folder }).stdout),
    ).toHaveLength(1);
  });

  it('says in a sentence what it cannot take, and keeps nothing of it', () => {
    const { folder, audit } = estate();
    run([...audit, '--format', 'jsonl=audit.jsonl'], { cwd: folder });
    writeFileSync(join(folder, 'torn.jsonl'), readFileSync(join(folder, 'audit.jsonl')).subarray(0, -20));
    const cases: readonly (readonly [words: readonly string[], why: string])[] = [
      [['torn.jsonl', '--store', 'kept'], 'it ends early'],
      [['nowhere', '--store', 'kept'], 'holds no run'],
      [['run'], 'no store is named'],
      [['run', '--store', 'mysql://x/y'], 'there is no store behind mysql://'],
    ];
    for (const [words, why] of cases) {
      const { status, stdout, stderr } = run(['store', 'push', ...words], { cwd: folder });
      expect({ words, status, stdout, stderr }).toEqual({
        ...{ words, status: 2, stdout: '' },
        stderr: expect.stringContaining(why),
      });
    }
    expect(run(['store', 'list', '--store', 'kept'], { cwd: folder }).stdout).toBe('the store holds no run\n');
  });
});

describe.skipIf(absent !== '')(`a real PostgreSQL on the command line${absent}`, { timeout: 120_000 }, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await postgresServer();
  }, 120_000);
  afterAll(() => server?.remove(), 60_000);

  it('is pushed to with the password of PGPASSWORD, again after it was away, and compared', async () => {
    const { folder, audit } = estate();
    await server.query('postgres', 'create database asked');
    const address = server.address('asked');
    const env = { PGPASSWORD: SECRET };
    const options = ['--store', address];
    expect(run([...audit, ...options], { cwd: folder, env })).toMatchObject({ status: 0, stderr: '' });
    write(folder, { 'repos/pay/gonogo.yaml': STALE.replace('2023-11-01', '2026-11-01') });
    await server.kill();
    const next = audit.map((word) => (word === AS_OF ? '2026-11-23' : word === 'run' ? 'next' : word));
    const failed = run([...next, ...options], { cwd: folder, env });
    expect(failed.status).toBe(2);
    expect(failed.stderr).toContain('gonogo store push');
    expect(failed.stderr).not.toContain(SECRET);
    await server.start();
    expect(run(['store', 'push', 'next', ...options], { cwd: folder, env })).toEqual({
      status: 0,
      stdout: 'stored\n',
      stderr: '',
    });
    expect(run(['store', 'push', 'next', ...options], { cwd: folder, env }).stdout).toBe(
      'it is in the store already\n',
    );
    const { stdout } = run(['trend', ...options, '--format', 'json'], { cwd: folder, env });
    expect(JSON.parse(stdout)).toMatchObject({
      rows: [
        { name: 'pay', movement: 'improved' },
        { name: 'shop', movement: 'same' },
      ],
    });
  });
});
