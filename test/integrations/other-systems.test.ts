/** The GitLab component, the pre-commit hooks and the image: as far as they can be tried without those systems. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { run } from '../cli/run.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'integrations-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** A folder with `gonogo` in it, to be the first on the path. */
function commands(): string {
  const folder = mkdtempSync(join(FOLDER, 'bin-'));
  symlinkSync(resolve('bin/gonogo.js'), join(folder, 'gonogo'));
  symlinkSync(process.execPath, join(folder, 'node'));
  return folder;
}

describe('the GitLab component', () => {
  const TEXT = readFileSync('templates/gonogo.yml', 'utf8');
  const [spec, jobs] = parseAllDocuments(TEXT).map((it) => it.toJS());
  const job = jobs['$[[ inputs.job-name ]]'];

  it('names inputs that it declares, and lets none become part of a script', () => {
    const named = [...TEXT.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(spec.spec.inputs).sort());
    expect(job.script.join('\n')).not.toContain('$[[');
  });

  function judged(service: string, more: Readonly<Record<string, string>> = {}) {
    const folder = mkdtempSync(join(FOLDER, 'job-'));
    cpSync(`fixtures/services/${service}`, folder, { recursive: true });
    const { status, stderr } = spawnSync('sh', ['-e', '-c', job.script.join('\n')], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${commands()}:${process.env.PATH}`,
        HOME: '/nonexistent',
        GONOGO_AS_OF: '2026-11-16',
        READINESS_PATH: '.',
        READINESS_FAIL_ON: 'critical',
        READINESS_POLICY: '',
        READINESS_ONLY_WORSE: 'true',
        ...more,
      },
    });
    return { folder, status, stderr };
  }

  it.each([
    ['payments', 0],
    ['orders', 1],
  ])('leaves every report that the job hands over: %s', (service, code) => {
    const { folder, status, stderr } = judged(service, { READINESS_FAIL_ON: 'major' });
    expect(status, stderr).toBe(code);
    const { paths, reports } = job.artifacts;
    for (const file of [...paths, ...Object.values<string>(reports)])
      expect(statSync(join(folder, file)).size, file).toBeGreaterThan(1);
  });

  it('fails a job whose path is none, and takes values as they are', () => {
    expect(judged('payments', { READINESS_PATH: '$(touch pwned); true' }).status).toBe(2);
  });
});

describe('the pre-commit hooks', () => {
  const HOOKS: readonly { id: string; entry: string; files?: string; language: string }[] = parse(
    readFileSync('.pre-commit-hooks.yaml', 'utf8'),
  );

  it('fit their schema', () => {
    const schema = JSON.parse(readFileSync('test/report/conformance/schemastore-pre-commit-hooks.json', 'utf8'));
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    expect(validate(HOOKS), JSON.stringify(validate.errors)).toBe(true);
    expect(validate([{ id: 'x' }])).toBe(false);
  });

  it('run where a manifest, waivers or a policy change, and not for other files', () => {
    const pattern = new RegExp(HOOKS[0]?.files ?? '^$');
    const ours = ['gonogo.yaml', 'services/a/gonogo.yml', '.gonogo.yaml', 'gonogo.waivers.yaml', 'gonogo.policy.yaml'];
    for (const path of ours) expect(path).toMatch(pattern);
    for (const path of ['README.md', 'gonogo.yaml.bak', 'notgonogo.yaml', 'src/gonogo.ts'])
      expect(path).not.toMatch(pattern);
  });

  it('name a command that there is, without files as arguments', () => {
    for (const { entry, language } of HOOKS) {
      expect(language).toBe('node');
      const [program, ...words] = entry.split(' ');
      expect(program).toBe('gonogo');
      const { status } = run([...words, 'fixtures/services/payments', '--as-of', '2026-11-16']);
      expect(status).toBe(0);
    }
  });
});

/** Where somebody might run the image. */
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: gonogo }
spec:
  template:
    spec:
      automountServiceAccountToken: false
      containers:
        - name: gonogo
          image: gonogo@sha256:${'a'.repeat(64)}
          securityContext:
            runAsNonRoot: true
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
            seccompProfile: { type: RuntimeDefault }
`;

describe('the image', () => {
  const TEXT = readFileSync('Dockerfile', 'utf8');

  it('meets our own rules for what it is built from and how it runs', () => {
    const folder = mkdtempSync(join(FOLDER, 'image-'));
    for (const file of ['Dockerfile', '.dockerignore', 'package.json', 'package-lock.json'])
      cpSync(file, join(folder, file));
    const manifest = ['apiVersion: gonogo/v1', 'kind: Service', 'name: gonogo', 'tier: 1', 'stage: live'];
    writeFileSync(join(folder, 'gonogo.yaml'), `${manifest.join('\n')}\nowner: { team: gonogo }\n`);
    mkdirSync(join(folder, 'k8s'));
    writeFileSync(join(folder, 'k8s/deployment.yaml'), DEPLOYMENT);
    const rules = ['images-pinned', 'base-os-supported', 'runtime-supported', 'lockfile-committed', 'lockfile-agrees'];
    const only = [...rules.map((it) => `patch-levels/${it}`), 'security/least-privilege-pod'].join(',');
    const { stdout, stderr } = run(['check', folder, '--as-of', '2026-11-26', '--only', only, '--format', 'json']);
    const { findings } = JSON.parse(stdout || stderr).services[0];
    for (const { rule, standing, because } of findings) expect([rule, standing], because).toEqual([rule, 'verified']);
    expect(findings).toHaveLength(6);
  });

  it('ends as somebody who is not root, and begins each stage from a digest', () => {
    expect(TEXT.match(/^FROM .*$/gm)?.every((line) => /@sha256:[0-9a-f]{64}( AS \w+)?$/.test(line))).toBe(true);
    expect(TEXT.match(/^USER .*$/gm)?.at(-1)).toBe('USER 1000:1000');
  });

  it('leaves nothing out that the build reads', () => {
    const left = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean);
    for (const read of ['fixtures', 'scripts', 'schemas', 'checklists', 'data', 'grammars', 'src', 'docs', 'bin'])
      expect(left).not.toContain(read);
  });

  it('runs by its name, as the image calls it', () => {
    const folder = commands();
    const ran = spawnSync(join(folder, 'gonogo'), ['--version'], { encoding: 'utf8', env: { PATH: folder } });
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect([ran.status, ran.stdout.trim()]).toEqual([0, version]);
  });
});
