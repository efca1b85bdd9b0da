/** Packages from the command line: a database built from records, the table, the report's numbers, and the bill of materials. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { loopback } from '../online/loopback.ts';
import { write } from '../repo/temporary.ts';
import { BIN, type Ran, run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'gonogo-packages-'));
const service = join(folder, 'shop');
const db = join(folder, 'db');

const RECORD = {
  schema_version: '1.7.5',
  id: 'GHSA-aaaa-bbbb-cccc',
  aliases: ['CVE-2026-1234'],
  modified: '2026-09-02T00:00:00Z',
  published: '2026-09-01T00:00:00Z',
  summary: 'template() runs what it is given',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'lodashy' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }],
    },
  ],
  database_specific: { severity: 'HIGH' },
};

function host(name: string, version: string): { readonly version: string; readonly resolved: string } {
  return { version, resolved: `https://registry.example/${name}/-/${name}-${version}.tgz` };
}

const LOCK = {
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', dependencies: { lodashy: '^4.17.0' }, devDependencies: { testy: '1.0.0' } },
    'node_modules/lodashy': { ...host('lodashy', '4.17.15'), license: 'MIT' },
    'node_modules/testy': { ...host('testy', '1.0.0'), dev: true },
  },
};

function check(...more: readonly string[]): Ran {
  return run(['check', service, '--as-of', '2026-11-16', '--tier', '1', '--only', 'patch-levels', ...more]);
}

/** The same while this process goes on serving. */
function checkOnline(env: NodeJS.ProcessEnv, ...more: readonly string[]): Promise<Ran> {
  const words = [
    BIN,
    'check',
    service,
    '--as-of',
    '2026-11-16',
    '--tier',
    '1',
    '--only',
    'patch-levels',
    '--online',
    ...more,
  ];
  const options = {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', NO_COLOR: '1', XDG_CACHE_HOME: join(folder, 'cache'), ...env },
  };
  return new Promise((resolve) => {
    execFile(process.execPath, words, options, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

beforeAll(() => {
  write(service, {
    'package.json': JSON.stringify(LOCK.packages['']),
    'package-lock.json': JSON.stringify(LOCK, null, 2),
  });
  write(folder, { 'records/GHSA-aaaa-bbbb-cccc.json': JSON.stringify(RECORD) });
  const words = ['--ecosystem', 'npm', '--as-of', '2026-11-15', '--out', db];
  expect(run(['db', 'build', join(folder, 'records'), ...words])).toMatchObject({ status: 0, stderr: '' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('packages', () => {
  it('are a table that says how much was checked, against data of which day', () => {
    const { stdout, status } = check('--db', db);
    expect(status).toBe(1);
    expect(stdout).toContain('PACKAGES  1 lockfile, 2 packages (2 direct), 2 checked\n');
    expect(stdout).toContain('advisory data: npm 2026-11-15\n');
    expect(stdout).toContain('1 vulnerability in 2 of 2 packages: 1 past the deadline\n');
    expect(stdout).toMatch(/lodashy +4\.17\.15 +GHSA-aaaa-bbbb-cccc high, 69 d over +4\.17\.21/);
  });

  it('are not known without data, and nothing claims that there are no vulnerabilities', () => {
    const { stdout } = check('--db', join(folder, 'none'));
    expect(stdout).toContain('vulnerabilities: unknown, because no package was checked');
    expect(stdout).not.toMatch(/\b(0|no) (known )?vulnerabilit/i);
  });

  it('are numbers in the JSON report', () => {
    const { stdout } = check('--db', db, '--format', 'json');
    const [first] = (JSON.parse(stdout) as Report).services;
    expect(first?.packages).toMatchObject({
      packages: 2,
      checked: 2,
      open: { high: 1, critical: 0 },
      overdue: { high: 1 },
      data: [{ ecosystem: 'npm', packages: 2, asOf: '2026-11-15T00:00:00Z' }],
      rows: [{ name: 'lodashy', fix: '4.17.21', flaw: { state: 'overdue', days: 69 } }],
    });
    expect(first).not.toHaveProperty('components');
  });

  it('are a bill of materials, whichever rules are judged', () => {
    const { stdout } = run(['check', service, '--as-of', '2026-11-16', '--only', 'manifest', '--format', 'cyclonedx']);
    const bom = JSON.parse(stdout) as {
      readonly components: readonly { readonly purl: string; readonly scope: string }[];
    };
    expect(bom.components.map(({ purl, scope }) => [purl, scope])).toEqual([
      ['pkg:npm/lodashy@4.17.15', 'required'],
      ['pkg:npm/testy@1.0.0', 'excluded'],
    ]);
  });

  it('are unknown where the database is garbage, with the file named', () => {
    const broken = join(folder, 'broken');
    write(broken, { 'npm.adv': 'not a database\n' });
    const { stdout, stderr } = check('--db', broken);
    expect(stdout).toContain('unknown, because no package was checked');
    expect(stdout).toContain('npm.adv');
    expect(stderr).toBe('');
  });

  it('are asked for online only where their hosts are named as public, and releases are known then', async () => {
    const server = await loopback(({ path, body }, response) => {
      if (path.startsWith('/v1/vulns/')) return response.end(JSON.stringify(RECORD));
      if (path === '/v1/querybatch') {
        const { queries } = JSON.parse(body) as { queries: { package: { name: string } }[] };
        const results = queries.map(({ package: { name } }) =>
          name === 'lodashy' ? { vulns: [{ id: RECORD.id, modified: RECORD.modified }] } : {},
        );
        return response.end(JSON.stringify({ results }));
      }
      const versions = { '4.17.15': '2026-01-01', '4.17.21': '2026-02-01', '1.0.0': '2026-01-01' };
      const all = Object.entries(versions).map(([version, day]) => ({
        versionKey: { version },
        publishedAt: `${day}T00:00:00Z`,
      }));
      return response.end(JSON.stringify({ packageKey: { name: decodeURIComponent(path) }, versions: all }));
    });
    const env = { GONOGO_OSV_API: server.url, GONOGO_DEPS_DEV: server.url };
    const silent = await checkOnline(env);
    expect(server.asked).toEqual([]);
    expect(silent.stdout).toContain('from registry.example, which --public-host does not name');
    const { stdout } = await checkOnline(env, '--public-host', 'registry.example');
    expect(stdout).toMatch(/lodashy +4\.17\.15 +4\.17\.21 +4\.17\.21 +patch, 288 d +GHSA-aaaa-bbbb-cccc high/);
    expect(stdout).toContain('behind: 0.1 libyears over 1 direct package');
  });

  it('are unknown where the server fails, in a sentence', async () => {
    const server = await loopback((_, response) => {
      response.statusCode = 500;
      response.end();
    });
    const env = { GONOGO_OSV_API: server.url, GONOGO_DEPS_DEV: server.url, XDG_CACHE_HOME: join(folder, 'cache-2') };
    const { stdout } = await checkOnline(env, '--public-host', 'registry.example');
    expect(stdout).toContain('unknown, because no package was checked');
    expect(stdout).toContain('500');
  });
});
