/** Which workloads are judged and how their answers come together: the scope is said, and a doubt never disproves. */
import { describe, expect, it } from 'vitest';
import { type Answer, everyWorkload, type Wording } from '../../src/checks/every-workload.ts';
import { type Scope, type WorkloadScope, workloadScope } from '../../src/checks/workload-scope.ts';
import type { Workload } from '../../src/evidence/workloads/workload.ts';
import type { Facts } from '../../src/evidence/workloads.ts';
import type { Claims } from '../../src/manifest/manifest.ts';
import type { Gathered } from '../../src/model.ts';

function workload(name: string, path: string, more: Partial<Workload> = {}): Workload {
  return {
    platform: 'kubernetes',
    kind: 'Deployment',
    name,
    role: 'service',
    containers: [],
    joined: [],
    annotations: {},
    at: { path, line: 1 },
    ...more,
  };
}

function scopeOf(
  workloads: readonly Workload[],
  { claims = {}, scope = 'production', ...rest }: Partial<Gathered<Facts>> & { claims?: Claims; scope?: Scope } = {},
): WorkloadScope {
  const gathered = {
    facts: { workloads, edges: [], monitors: [], finite: [] },
    looked: { files: 1, note: '' },
    unread: [],
    delegated: [],
    ...rest,
  };
  return workloadScope({ claims, scope, evidence: { workloads: gathered } }, ['service']);
}

const HAS: Wording = { has: ['has it', 'have it'] };

function yes({ at }: Workload): Answer {
  return { is: 'yes', shown: [at] };
}

function no({ name, at }: Workload): Answer {
  return { is: 'no', problems: [{ message: `${name} lacks it`, at }] };
}

function names({ judged }: WorkloadScope): readonly string[] {
  return judged.map(({ name, environment }) => (environment ? `${name} ${environment}` : name));
}

describe('the workloads judged', () => {
  const PROD = workload('ledger', 'deploy/prod/a.yaml', { environment: 'prod' });
  const STAGING = workload('ledger', 'deploy/staging/a.yaml', { environment: 'staging' });
  const SHARED = workload('ledger', 'deploy/a.yaml');
  const OTHER = workload('audit', 'deploy/b.yaml');

  it("are production's, and those that all environments share and production does not have", () => {
    const scope = scopeOf([PROD, STAGING, SHARED, OTHER]);
    expect(names(scope)).toEqual(['ledger prod', 'audit']);
    expect(scope.aside).toEqual([
      { because: 'for staging', count: 1 },
      { because: 'a base', count: 1 },
    ]);
    expect(scope.where).toBe('in prod (deploy)');
  });

  it('are every one that is found where that is asked for, but not jobs', () => {
    const rig = workload('rig', 'tests/rig.yaml', { aside: { because: 'a test' } });
    const job = workload('seed', 'deploy/seed.yaml', { role: 'job' });
    const off = workload('off', 'off.yaml', { replicas: { value: 0, via: 'literal', at: { path: 'off.yaml' } } });
    expect(scopeOf([off]).aside).toEqual([{ because: 'switched off', count: 1 }]);
    expect(names(scopeOf([PROD, STAGING, rig, job], { scope: 'all' }))).toEqual([
      'ledger prod',
      'ledger staging',
      'rig',
    ]);
    expect(scopeOf([PROD, rig, job]).aside).toEqual([
      { because: 'a test', count: 1 },
      { because: 'a job', count: 1 },
    ]);
  });

  it('are those that the manifest names, even where they would be set aside', () => {
    const rig = workload('rig', 'examples/rig.yaml', { aside: { because: 'an example' } });
    const include = { scope: { include: ['examples/**', 'deployment/AUDIT'] } };
    expect(names(scopeOf([rig, OTHER, SHARED], { claims: include }))).toEqual(['rig', 'audit']);
    const exclude = { scope: { exclude: ['deploy/b.yaml'] } };
    expect(names(scopeOf([OTHER, SHARED], { claims: exclude }))).toEqual(['ledger']);
  });

  it('are those of an environment that the manifest calls production', () => {
    const claims: Claims = {
      environments: [
        { id: 'staging', production: true },
        { id: 'prod', production: false },
      ],
    };
    expect(names(scopeOf([PROD, STAGING], { claims }))).toEqual(['ledger staging']);
  });
});

describe('what every workload says', () => {
  const A = workload('a', 'deploy/a.yaml');
  const B = workload('b', 'deploy/b.yaml');

  it('is disproved by one, and shows the others', () => {
    const { standing, because, problems, evidence } = everyWorkload(scopeOf([A, B]), HAS, (it) =>
      it.name === 'a' ? yes(it) : no(it),
    );
    expect({ standing, because, problems: problems.length, evidence: evidence.length }).toEqual({
      standing: 'contradicted',
      because: '1 of 2 Deployments (deploy) has it',
      problems: 1,
      evidence: 1,
    });
  });

  it.each<[string, Partial<Workload>, string]>([
    ['is not whole', { partial: 'a remote base' }, 'a remote base'],
    ['is there only under a condition', { when: '.Values.audit.enabled' }, 'is there only where .Values.audit.enabled'],
    ['runs what others make', { product: 'postgres' }, 'what it runs is postgres'],
  ])('is unknown where the one that lacks it %s', (_, more, words) => {
    const { standing, because, problems } = everyWorkload(scopeOf([workload('b', 'b.yaml', more)]), HAS, no);
    expect(standing).toBe('unknown');
    expect(because).toContain(words);
    expect(problems).toEqual([]);
  });

  it('is unknown where a file could not be read, unless it is disproved anyway', () => {
    const unread = [{ at: { path: 'deploy/c.yaml' }, reason: 'invalid-syntax', detail: 'broken' }] as const;
    expect(everyWorkload(scopeOf([A], { unread }), HAS, yes).standing).toBe('unknown');
    expect(everyWorkload(scopeOf([A], { unread }), HAS, no).standing).toBe('contradicted');
  });

  it('is shown by one where one is enough, and the others are named', () => {
    const ask = (it: Workload): Answer => (it.name === 'a' ? yes(it) : no(it));
    const { standing, problems } = everyWorkload(scopeOf([A, B]), { ...HAS, oneIsEnough: true }, ask);
    expect({ standing, problems: problems.length }).toEqual({ standing: 'verified', problems: 1 });
    expect(everyWorkload(scopeOf([B]), { ...HAS, oneIsEnough: true }, no).standing).toBe('contradicted');
  });

  it('concerns nobody where all are exempt or set aside, or none is here', () => {
    const exempt = everyWorkload(scopeOf([A]), HAS, () => ({ is: 'exempt', because: 'no port' }));
    expect(exempt).toMatchObject({
      standing: 'not-applicable',
      because: '1 Deployment (deploy) is not asked: no port',
    });
    const rig = workload('rig', 'tests/rig.yaml', { aside: { because: 'a test' } });
    expect(everyWorkload(scopeOf([rig]), HAS, no)).toMatchObject({
      standing: 'not-applicable',
      because: 'no workload of the service is here; 1 set aside (a test)',
    });
    expect(everyWorkload(scopeOf([]), HAS, no).standing).toBe('not-applicable');
  });

  it('is unknown where production is elsewhere', () => {
    const lower = workload('a', 'staging/a.yaml', { environment: 'staging' });
    expect(everyWorkload(scopeOf([lower]), HAS, yes).because).toContain("for staging; production's are not here");
    const delegated = [{ at: { path: 'argocd/app.yaml' }, to: 'another repository' }];
    expect(everyWorkload(scopeOf([], { delegated }), HAS, yes)).toMatchObject({ standing: 'unknown' });
  });
});
