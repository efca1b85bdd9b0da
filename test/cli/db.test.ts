import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dumpOf, flaws, malicious, serve } from '../database/osv-records.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { BIN, type Ran, run } from './run.ts';

/** Runs `gonogo db ARGS` while this process goes on serving. */
function db(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const options = { env: { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', TZ: 'UTC', ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [BIN, 'db', ...args], options, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: parcels\ntier: 4\nreviewed: 2026-11-01\n';

describe('gonogo db', () => {
  it('is told of by --help, with the variables of its options', () => {
    expect(run(['--help']).stdout).toContain('db ');
    const { stdout } = run(['db', 'update', '--help']);
    for (const word of ['--from', 'GONOGO_DB', '--malware', '--force']) expect(stdout).toContain(word);
  });

  it('says what to do where there is nothing', async () => {
    const folder = join(temporaryFolder(), 'none');
    expect(await db(['status', '--db', folder])).toEqual({
      status: 0,
      stdout: `no data in ${folder}; run \`gonogo db update\`\n`,
      stderr: '',
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('updates from a mirror, tells what there is, and whom it is from', async () => {
    const cache = temporaryFolder();
    const { url } = await serve({ records: [...flaws(3), malicious('MAL-1', 'bad')] });
    const env = { XDG_CACHE_HOME: cache, GONOGO_FROM: url };
    const updated = await db(['update', '--ecosystem', 'NPM', '--malware'], env);
    expect(updated).toEqual({
      status: 0,
      stdout: 'npm: 3 records, as of 2026-11-10T00:00:00Z\nknown exploited: 1 listed, as of 1970-01-01T00:00:00Z\n',
      stderr: `note: npm: fetching all records from ${url}/\n`,
    });
    const { stdout } = await db(['status'], env);
    const folder = join(cache, 'gonogo', 'db');
    expect(stdout.replace(/\d+ days? old/g, 'N days old').replace(/ +/g, ' ')).toBe(
      [
        `npm 3 records as of 2026-11-10 N days old ${folder}`,
        `npm malware 1 records as of 2026-11-10 N days old ${folder}`,
        `known exploited 1 records as of 1970-01-01 N days old ${folder}`,
        'advisories: OSV.dev, CC-BY-4.0, https://osv.dev',
        '',
      ].join('\n'),
    );
  });

  it('fails with 2 and one sentence for what failed, and leaves that as it was', async () => {
    const folder = temporaryFolder();
    const server = await serve({ records: flaws(20), changes: false });
    const words = ['update', '--db', folder, '--from', server.url, '--ecosystem', 'npm'];
    expect((await db(words)).status).toBe(0);
    const before = readFileSync(join(folder, 'npm.adv'), 'utf8');
    server.bucket.records = flaws(2);
    const { status, stdout, stderr } = await db(words);
    expect([status, stdout]).toEqual([2, 'known exploited: 1 listed, as of 1970-01-01T00:00:00Z\n']);
    expect(stderr.split('\n').slice(1)).toEqual([
      'error: npm: npm: 2 records would take the place of 20, so the old data stays',
      '  What failed is as it was before.',
      '',
    ]);
    expect(readFileSync(join(folder, 'npm.adv'), 'utf8')).toBe(before);
  });

  it('builds, exports and imports without a network', async () => {
    const folder = temporaryFolder();
    write(folder, { 'npm/all.zip': dumpOf(flaws(3)) });
    const [out, there, file] = ['out', 'there', 'db.zip'].map((name) => join(folder, name)) as [string, string, string];
    expect((await db(['build', join(folder, 'npm'), '--out', out, '--as-of', '2026-11-16'])).stdout).toBe(
      'npm: 3 records, as of 2026-11-16T00:00:00Z\n',
    );
    expect((await db(['export', file, '--db', out])).stderr).toBe(
      `wrote ${file}: 2 files; \`gonogo db import\` takes it in\n`,
    );
    expect((await db(['export', file, '--db', out])).stderr).toContain('already exists');
    expect((await db(['import', file, '--db', there])).stdout).toBe('npm: 3 records, as of 2026-11-16T00:00:00Z\n');
    expect(readdirSync(there)).toEqual(readdirSync(out));
    expect(readFileSync(join(there, 'npm.adv')).equals(readFileSync(join(out, 'npm.adv')))).toBe(true);
  });

  it.each([
    [['update', '--ecosystem', 'cobol'], /^error: there is no data on an ecosystem "cobol" \(--ecosystem\)\n/],
    [['update', '--from', '/nonexistent'], /^error: "\/nonexistent" is neither a folder nor an address/],
    [['import', '/nonexistent'], /^error: there is no file or folder "\/nonexistent"\n/],
    [['import', '/etc/hostname', '--as-of', 'today'], /^error: "today" is not a day/],
    [['export', '/nonexistent/x.zip'], /^error: there is no database in /],
  ])('says what is wrong with %j', async (words, sentence) => {
    const { status, stdout, stderr } = await db([...words, '--db', join(temporaryFolder(), 'db')]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });
});

describe('gonogo check', () => {
  it('touches neither the cache nor the network unless a rule asks', () => {
    const [folder, cache] = [temporaryFolder(), temporaryFolder()];
    write(folder, { 'gonogo.yaml': MANIFEST });
    const words = [
      'check',
      folder,
      '--only',
      'manifest',
      '--online',
      '--db',
      join(cache, 'db'),
      '--as-of',
      '2026-11-16',
    ];
    expect(run(words, { env: { GONOGO_OSV_API: 'http://127.0.0.1:1' } }).status).toBe(0);
    expect(readdirSync(cache)).toEqual([]);
  });
});
