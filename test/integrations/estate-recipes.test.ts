/** The recipes for an estate: their shape, and the commands that they really hold, run as the machines would with one of them killed. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { AS_OF, writeEstate } from '../../scripts/crash/estate.ts';
import { run } from '../cli/run.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'estate-recipes-'));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const GITHUB = parse(readFileSync('templates/estate/github-actions.yml', 'utf8'));
const GITLAB = parse(readFileSync('templates/estate/gitlab-ci.yml', 'utf8'));
const [VOLUME, BUCKET] = ['kubernetes', 'kubernetes-object-storage'].map((name) =>
  parseAllDocuments(readFileSync(`templates/estate/${name}.yaml`, 'utf8')).map((it) => it.toJS()),
);
const NEVER = { shard: '', merge: '' };

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}

function runOf(job: { readonly steps: readonly Step[] }, name: string): string {
  return job.steps.find((step) => step.name === name)?.run ?? '';
}

/** What the machines run: a script of a shard, told which it is by `env`, and one that merges. */
interface Recipe {
  readonly shard: string;
  readonly merge: string;
  /** The environment of shard `index` of two, in its folder. */
  env(index: number, folder: string): NodeJS.ProcessEnv;
  /** Where that shard's run is. */
  part(index: number, folder: string): string;
  /** Where each machine works: in a folder of its own, or in one for all. */
  readonly apart: boolean;
}

const [volumeAudit, volumeMerge] = jobsOf(VOLUME);
const RECIPES: Readonly<Record<string, Recipe>> = {
  'GitHub Actions': {
    shard: runOf(GITHUB.jobs.audit, 'Audit'),
    merge: runOf(GITHUB.jobs.merge, 'Merge'),
    env: (index) => ({ SHARD: `${index}`, SHARDS: '2' }),
    part: (_, folder) => join(folder, 'part'),
    apart: true,
  },
  GitLab: {
    shard: GITLAB.audit.script.join('\n'),
    merge: GITLAB.merge.script.join('\n'),
    env: (index) => ({ CI_NODE_INDEX: `${index}`, CI_NODE_TOTAL: '2' }),
    part: (index, folder) => join(folder, `part-${index}`),
    apart: false,
  },
  Kubernetes: {
    ...(volumeAudit && volumeMerge ? { shard: scriptOf(volumeAudit), merge: scriptOf(volumeMerge) } : NEVER),
    env: (index, folder) => ({ JOB_COMPLETION_INDEX: `${index - 1}`, SHARDS: '2', PARTS: join(folder, 'parts') }),
    part: (index, folder) => join(folder, 'parts', `part-${index}`),
    apart: false,
  },
};

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string }[];
}

interface Job {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly initContainers?: readonly Container[]; readonly containers: readonly Container[] };
    };
  };
}

function jobsOf(documents: readonly { readonly kind: string }[] = []): readonly Job[] {
  return documents.filter(({ kind }) => kind === 'Job') as unknown as readonly Job[];
}

function containersOf({ spec }: Job): readonly Container[] {
  return [...(spec.template.spec.initContainers ?? []), ...spec.template.spec.containers];
}

function scriptOf(job: Job): string {
  return (
    containersOf(job)
      .find(({ args }) => args.join().includes('gonogo '))
      ?.args.join('\n') ?? ''
  );
}

/** A folder with `gonogo` in it, to be the first on the path. */
const BIN = join(FOLDER, 'bin');
mkdirSync(BIN);
symlinkSync(resolve('bin/gonogo.js'), join(BIN, 'gonogo'));
symlinkSync(process.execPath, join(BIN, 'node'));

const ESTATE = join(FOLDER, 'estate');
const LIST = writeEstate(ESTATE, 8)
  .map((name) => `${join(ESTATE, name)}\n`)
  .join('');

function environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    PATH: `${BIN}:${process.env.PATH}`,
    HOME: '/nonexistent',
    GONOGO_AS_OF: AS_OF,
    GONOGO_ONLY: 'manifest',
    ...more,
  };
}

/** Runs a script and kills all of it once its journal has a row. */
async function killed(script: string, cwd: string, env: NodeJS.ProcessEnv, journal: string): Promise<void> {
  const child = spawn('sh', ['-e', '-c', script], { cwd, env, detached: true, stdio: 'ignore' });
  const end = once(child, 'exit');
  while (child.exitCode === null && !(existsSync(journal) && statSync(journal).size > 0))
    await new Promise((turn) => setImmediate(turn));
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  await end;
}

describe.each(Object.entries(RECIPES))('the recipe for %s', (name, { shard, merge, env, part, apart }) => {
  it('comes to the bytes of one audit, with a machine killed and tried again', async () => {
    const folder = join(FOLDER, name);
    mkdirSync(folder);
    const places = [1, 2].map((index) => (apart ? join(folder, `machine-${index}`) : folder));
    for (const place of places) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'estate.txt'), LIST);
    }
    const [first = '', second = ''] = places;
    await killed(shard, first, environment(env(1, first)), join(part(1, first), 'journal.jsonl'));
    for (const [at, place] of [first, second].entries()) {
      const ran = spawnSync('sh', ['-e', '-c', shard], {
        cwd: place,
        encoding: 'utf8',
        env: environment(env(at + 1, place)),
      });
      expect(ran.status, ran.stderr).toBe(0);
    }
    // What the artefacts of a workflow come back as.
    if (apart)
      places.map((place, at) =>
        cpSync(part(at + 1, place), join(folder, 'parts', `part-${at + 1}`), { recursive: true }),
      );
    const merged = spawnSync('sh', ['-e', '-c', merge], {
      cwd: folder,
      encoding: 'utf8',
      env: environment(env(1, folder)),
    });
    // One repository is empty and one cannot be judged.
    expect([merged.status, merged.stderr]).toEqual([2, '']);
    const whole = run([
      'audit',
      ESTATE,
      '--as-of',
      AS_OF,
      '--only',
      'manifest',
      '--run',
      join(folder, 'whole'),
      '--format',
      'jsonl',
    ]);
    const output =
      [folder, join(folder, 'parts')].map((it) => join(it, 'estate.jsonl')).find((it) => existsSync(it)) ?? '';
    expect(readFileSync(output, 'utf8')).toBe(whole.stdout);
  }, 240_000);

  it('fails a part that was not finished', () => {
    const folder = mkdtempSync(join(FOLDER, 'broken-'));
    writeFileSync(join(folder, 'estate.txt'), '');
    const ran = spawnSync('sh', ['-e', '-c', shard.replace('--repos estate.txt', '--no-such-flag')], {
      cwd: folder,
      env: environment(env(1, folder)),
    });
    expect(ran.status).toBe(2);
  });

  it('puts no token into a command, and calls nothing but gonogo and what every shell has', () => {
    expect(`${shard}${merge}`).not.toMatch(/TOKEN|SECRET|\$\{\{/);
  });
});

describe('the workflow for GitHub', () => {
  const jobs: readonly { readonly steps: readonly Step[]; readonly permissions?: unknown }[] = Object.values(
    GITHUB.jobs,
  );

  it('pins what it uses, reads only, and lets no expression into a script', () => {
    expect(GITHUB.permissions).toEqual({ contents: 'read' });
    for (const { uses, run: script = '' } of jobs.flatMap(({ steps }) => steps)) {
      if (uses !== undefined) expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(script).not.toContain('${{');
    }
  });

  it('has as many shards as it says, and merges also where one failed', () => {
    const { shard } = GITHUB.jobs.audit.strategy.matrix;
    expect(shard).toEqual(Array.from({ length: Number(GITHUB.env.SHARDS) }, (_, at) => at + 1));
    expect(GITHUB.jobs.merge.needs).toBe('audit');
    expect(GITHUB.jobs.merge.if).toMatch(/^\$\{\{ !cancelled\(\) \}\}$/);
  });
});

describe('the pipeline for GitLab', () => {
  it('has its parts in as many jobs as it says, and hands each over', () => {
    expect(GITLAB.audit.parallel).toBe(4);
    expect(GITLAB.audit.artifacts).toMatchObject({ when: 'always', paths: ['part-$CI_NODE_INDEX'] });
    expect(GITLAB.audit.cache.key).toContain('$CI_PIPELINE_ID');
    expect([GITLAB.merge.when, GITLAB.stages]).toEqual(['always', ['audit', 'merge']]);
  });
});

describe.each([
  ['a volume', 'kubernetes', VOLUME],
  ['object storage', 'kubernetes-object-storage', BUCKET],
])('the manifest for Kubernetes with %s', (_, file, documents) => {
  const [audit, merge] = jobsOf(documents);

  it('meets our own rules for what runs in a cluster', () => {
    const folder = mkdtempSync(join(FOLDER, 'k8s-'));
    mkdirSync(join(folder, 'k8s'));
    cpSync(`templates/estate/${file}.yaml`, join(folder, 'k8s', `${file}.yaml`));
    const manifest = [
      'apiVersion: gonogo/v1',
      'kind: Service',
      'name: estate',
      'tier: 1',
      'stage: live',
      'owner: { team: x }',
    ];
    writeFileSync(join(folder, 'gonogo.yaml'), `${manifest.join('\n')}\n`);
    const only = [
      'security/least-privilege-pod',
      'security/non-root',
      'security/secrets-from-store',
      'resilience/resource-limits',
    ];
    const { stdout } = run(['check', folder, '--as-of', '2026-11-26', '--only', only.join(','), '--format', 'json']);
    const { findings } = JSON.parse(stdout).services[0];
    for (const { rule, standing, because } of findings) expect([rule, standing], because).toEqual([rule, 'verified']);
    expect(findings).toHaveLength(only.length);
  });

  it('is an indexed Job whose shards are tried again one by one, as many as its script says', () => {
    expect(audit?.spec).toMatchObject({
      completionMode: 'Indexed',
      backoffLimitPerIndex: 3,
      template: { spec: { restartPolicy: 'Never' } },
    });
    const { completions, parallelism } = (audit?.spec ?? {}) as Readonly<Record<string, number>>;
    const shards = audit && containersOf(audit).flatMap(({ env }) => env.filter(({ name }) => name === 'SHARDS'));
    expect(shards?.map(({ value }) => value)).toEqual([`${completions}`]);
    expect(parallelism).toBeLessThanOrEqual(completions ?? 0);
    expect(merge?.spec).toMatchObject({ suspend: true, backoffLimit: 0 });
  });

  it('pins every image, and runs the same commands as the other', () => {
    const containers = jobsOf(documents).flatMap(containersOf);
    for (const { image } of containers) expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
    expect(audit && scriptOf(audit)).toBe(volumeAudit && scriptOf(volumeAudit));
    expect(merge && scriptOf(merge)).toContain(volumeMerge && scriptOf(volumeMerge).trim());
  });
});
