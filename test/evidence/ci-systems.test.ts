/** Pipelines of the systems besides GitHub Actions: their order, when they run, and what their steps are for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { azureHolds } from '../../src/evidence/pipelines/azure-conditions.ts';
import { awaited, before, deployments } from '../../src/evidence/pipelines/graph.ts';
import { groovyCalls } from '../../src/evidence/pipelines/groovy-blocks.ts';
import { infixHolds } from '../../src/evidence/pipelines/infix.ts';
import type { Job, Pipeline } from '../../src/evidence/pipelines/pipeline.ts';
import { type Situation, situationsOf, takes } from '../../src/evidence/pipelines/situations.ts';
import { collector, type Facts } from '../../src/evidence/pipelines.ts';
import type { Gathered } from '../../src/model.ts';
import { collected } from './collected.ts';

type Files = Readonly<Record<string, string>>;

/** Each job as "id < needs: intents", in the words of a person. */
function told({ jobs }: Pipeline): readonly string[] {
  return jobs.map((job) => {
    const doings = job.purposes.map(
      (it) => `${it.intent}${it.strength === 'named' ? '?' : ''}${it.weakened === undefined ? '' : '!'}`,
    );
    return `${job.id}${job.needs.length > 0 ? ` < ${job.needs.join(', ')}` : ''}: ${[...new Set(doings)].join(', ')}`;
  });
}

async function read(files: Files): Promise<Gathered<Facts>> {
  return collected(collector, files);
}

async function only(files: Files): Promise<Pipeline> {
  const { facts } = await read(files);
  expect(facts.pipelines).toHaveLength(1);
  return facts.pipelines[0] as Pipeline;
}

function triggers({ triggers: all }: Pipeline): string {
  return all.map(({ on, branches }) => (branches.length > 0 ? `${on} ${branches.join(' ')}` : on)).join(', ');
}

function jobNamed({ jobs }: Pipeline, id: string): Job | undefined {
  return jobs.find((job) => job.id === id);
}

const PACKAGE = { 'package.json': '{"scripts":{"test":"vitest run"}}' };

describe('GitLab CI', () => {
  const file = `
stages: [check, deploy, prod]
default: { before_script: [npm ci] }
.base: { image: node }
.prod:
  stage: prod
  rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', when: manual }]
unit: { extends: .base, stage: check, script: [npm test] }
flaky: { stage: check, script: npm test, allow_failure: true }
staging: { stage: deploy, environment: staging, script: [kubectl -n staging apply -f k8s], only: [main] }
production: { extends: [.prod], environment: { name: production }, script: [kubectl -n prod apply -f k8s] }
detached: { stage: prod, needs: [], script: [k6 run load.js] }
`;

  it('orders jobs by stages, and by needs where they are given', async () => {
    const pipeline = await only({ ...PACKAGE, '.gitlab-ci.yml': file });
    expect(told(pipeline)).toEqual([
      'unit: test',
      'flaky: test!',
      'staging < unit, flaky: deploy',
      'production < unit, flaky, staging: deploy',
      'detached: load-test',
    ]);
    expect(deployments([pipeline]).map((it) => it.environment)).toEqual(['staging', 'prod']);
    expect(jobNamed(pipeline, 'production')).toMatchObject({
      manual: true,
      condition: "(occasion == 'push main' || occasion == 'schedule' || occasion == 'manual')",
    });
  });

  it('starts for every branch, and for merge requests where a job asks for them', async () => {
    expect(triggers(await only({ '.gitlab-ci.yml': 'a: { script: [ls] }' }))).toBe('push, tag, schedule, manual');
    const asked = 'a:\n  script: [ls]\n  rules: [{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }]\n';
    expect(triggers(await only({ '.gitlab-ci.yml': asked }))).toBe('change');
    const workflow = 'workflow: { rules: [{ if: $CI_COMMIT_BRANCH == "main" }] }\na: { script: [ls] }\n';
    expect(triggers(await only({ '.gitlab-ci.yml': workflow }))).toBe('push main, schedule, manual');
  });

  it('does not let a job wait for one that is in other pipelines only', async () => {
    const text =
      'a: { stage: test, script: [pytest], only: [merge_requests] }\nb: { stage: deploy, script: [helm upgrade x y], only: [main] }\n';
    expect(told(await only({ '.gitlab-ci.yml': text }))).toEqual(['a: test', 'b: deploy']);
  });

  it('takes in what is included from here, and says what is elsewhere', async () => {
    const { facts, delegated } = await read({
      '.gitlab-ci.yml':
        'include:\n  - { local: /ci/*.yml }\n  - { template: Jobs/SAST.gitlab-ci.yml }\n  - { project: lumen/ci, file: go.yml }\n  - https://x.example/y.yml\n' +
        'mine: { extends: .go, script: [!reference [.unit, script], echo done] }\ntheirs: { extends: .deploy-prod }\n',
      'ci/unit.yml': '.unit:\n  script:\n    - cd svc\n    - go test ./...\n.go: { image: golang }\n',
    });
    expect(facts.pipelines.flatMap(told)).toEqual([
      'template Jobs/SAST.gitlab-ci.yml: sast',
      'mine: test',
      'theirs: deploy?',
    ]);
    expect(facts.pipelines[0]?.jobs[1]?.purposes[0]?.at).toEqual({ path: 'ci/unit.yml', line: 4 });
    expect(delegated.map(({ to }) => to)).toEqual(['lumen/ci go.yml', 'https://x.example/y.yml', '.deploy-prod']);
  });
});

describe('CircleCI', () => {
  const file = `
version: 2.1
orbs: { hub: lumen/hub@3 }
commands:
  check: { parameters: { what: { type: string } }, steps: [{ run: "npm run << parameters.what >>" }] }
jobs:
  unit: { docker: [{ image: cimg/node:20.1 }], steps: [checkout, { check: { what: test } }] }
  ship: { parameters: { to: { type: string } }, steps: [{ run: { command: "helm upgrade --install x chart -n << parameters.to >>" } }] }
workflows:
  main:
    jobs:
      - unit
      - ship: { name: staging, to: staging, requires: [unit], filters: { branches: { only: main } } }
      - hold: { type: approval, requires: [staging] }
      - ship: { name: live, to: prod, requires: [hold] }
      - hub/deploy_env: { name: other, env: preprod, requires: [unit] }
  nightly:
    triggers: [{ schedule: { cron: "0 0 * * *" } }]
    jobs: [unit]
`;

  it('reads workflows, commands with what they are told, and approvals', async () => {
    const { facts, delegated } = await read({ ...PACKAGE, '.circleci/config.yml': file });
    const [main, nightly] = facts.pipelines as [Pipeline, Pipeline];
    expect(told(main)).toEqual([
      'unit: test',
      'staging < unit: deploy',
      'hold < staging: ',
      'live < hold: deploy',
      'other < unit: deploy?',
    ]);
    expect(deployments([main]).map((it) => it.environment)).toEqual(['staging', 'prod', 'preprod']);
    expect(jobNamed(main, 'hold')?.manual).toBe(true);
    expect([triggers(main), triggers(nightly)]).toEqual(['push, schedule, manual', 'schedule']);
    expect(delegated.map(({ to }) => to)).toEqual(['lumen/hub@3/deploy_env']);
  });

  it('never runs by a push what a parameter has to ask for', async () => {
    const text =
      'version: 2.1\nparameters: { night: { type: boolean, default: false } }\njobs: { a: { steps: [{ run: pytest }] } }\nworkflows: { w: { when: << pipeline.parameters.night >>, jobs: [a] } }\n';
    expect(triggers(await only({ '.circleci/config.yml': text }))).toBe('schedule, manual');
  });
});

describe('Azure Pipelines', () => {
  const file = `
trigger: { branches: { include: [main] } }
pr: none
stages:
  - stage: Build
    jobs:
      - job: Unit
        steps:
          - script: npm test
          - script: |
              npm test
              echo done
          - task: Npm@1
            inputs: { command: custom, customCommand: run test }
  - stage: Prod
    condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))
    jobs:
      - deployment: Web
        environment: production.web
        strategy: { runOnce: { deploy: { steps: [{ template: steps/web.yml, parameters: { slot: live } }] } } }
      - template: x.yml@shared
`;

  it('lets a stage wait for the one before, and fills templates in', async () => {
    const { facts, delegated } = await read({
      ...PACKAGE,
      'azure-pipelines.yml': file,
      'steps/web.yml': `parameters: [{ name: slot, default: none }]\nsteps:\n  - \${{ if eq(parameters.slot, 'live') }}:\n    - bash: helm upgrade x chart -n \${{ parameters.slot }}\n`,
    });
    const [pipeline] = facts.pipelines as [Pipeline];
    expect(told(pipeline)).toEqual([
      'Build.Unit: test, test!',
      'Prod.Web < Build.Unit: deploy',
      'Prod.template 2 < Build.Unit: ',
    ]);
    expect(jobNamed(pipeline, 'Prod.Web')).toMatchObject({
      environment: 'production',
      purposes: [{ at: { path: 'steps/web.yml', line: 4 }, environment: 'live' }],
    });
    expect(triggers(pipeline)).toBe('push main, manual');
    expect(delegated.map(({ to }) => to)).toEqual(['x.yml@shared']);
  });

  it('starts for proposals by itself on GitHub only', async () => {
    const text = 'trigger: [main]\npool: { vmImage: ubuntu-latest }\nsteps: [{ script: npm test }]\n';
    const there = await only({ ...PACKAGE, 'azure-pipelines.yml': text, '.github/CODEOWNERS': '* @a' });
    expect([triggers(there), there.startedBy]).toEqual(['change, push main, manual', undefined]);
    const elsewhere = await only({ ...PACKAGE, 'azure-pipelines.yml': text });
    expect([triggers(elsewhere), elsewhere.startedBy]).toEqual([
      'push main, manual',
      'policies of branches in Azure Repos',
    ]);
  });

  it.each<[string, boolean | undefined, boolean | undefined]>([
    ["eq(variables['Build.Reason'], 'PullRequest')", true, false],
    ["and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'))", false, true],
    ["eq(variables['Build.SourceBranch'], 'refs/heads/main')", false, true],
    ['eq(variables.isRelease, true)', undefined, undefined],
    ['and(', undefined, undefined],
  ])('%s', (condition, change, main) => {
    const [first] = situationsOf('');
    const push = situationsOf('').find(({ key }) => key === 'push main');
    expect([azureHolds(condition, first as Situation), azureHolds(condition, push as Situation)]).toEqual([
      change,
      main,
    ]);
  });
});

describe('a Jenkinsfile', () => {
  const file = `
@Library('shared') _
// sh 'pytest'
pipeline {
  agent any
  environment { REGION = 'eu' }
  stages {
    stage('Checks') {
      parallel {
        stage('Unit') { steps { dir('app') { sh 'npm test' } } }
        stage('Loose') { steps { dir('app') { catchError { sh "npm test" } } } }
      }
    }
    stage('Staging') {
      when { branch 'main' }
      steps { sh '''
        kubectl -n staging apply -f k8s
        curl -f https://staging.example/health
      ''' }
    }
    stage('Production') {
      when { allOf { branch 'main'; not { changeRequest() } } }
      input { message 'Go?' }
      steps { script { if (env.BRANCH_NAME == 'main') { deployToProd('x') } } }
    }
  }
  post { failure { sh 'kubectl rollout undo deployment/x' } }
}
`;

  it('has its stages in order, parallel ones beside each other', async () => {
    const { facts, delegated } = await read({ 'app/package.json': PACKAGE['package.json'], Jenkinsfile: file });
    const [pipeline] = facts.pipelines as [Pipeline];
    expect(told(pipeline)).toEqual([
      'Unit: test',
      'Loose: test!',
      'Staging < Unit, Loose: deploy, smoke-test',
      'Production < Unit, Loose, Staging: deploy?',
      'post < Unit, Loose, Staging, Production: rollback',
    ]);
    expect(jobNamed(pipeline, 'Staging')?.purposes[0]?.at.line).toBe(17);
    expect(jobNamed(pipeline, 'Production')?.manual).toBe(true);
    expect(jobNamed(pipeline, 'post')?.purposes[0]?.condition).toBe('failure()');
    expect([triggers(pipeline), pipeline.startedBy]).toEqual(['change, push', 'settings of Jenkins']);
    expect(delegated.map(({ to }) => to)).toEqual(['deployToProd of a shared library']);
  });

  it('may call a library that is set in Jenkins, and builds images by a plugin', async () => {
    const { facts, delegated } = await read({
      Jenkinsfile:
        "node {\n  stage('Build') {\n    infra.runMaven(['verify'])\n    def made = docker.build('x')\n    made.tag('y')\n    made.push()\n    def out = sh(returnStdout: true, script: 'pytest').trim()\n  }\n}\n",
    });
    expect(facts.pipelines.flatMap(told)).toEqual(['Build: image-build, image-push, test']);
    expect(delegated.map(({ to }) => to)).toEqual(['infra.runMaven of a shared library']);
  });

  it('says nothing of what starts it where it speaks of no branch', async () => {
    const pipeline = await only({ ...PACKAGE, Jenkinsfile: "node {\n  stage('Test') { sh 'npm test' }\n}\n" });
    expect([told(pipeline), triggers(pipeline)]).toEqual([['Test: test'], '']);
  });
});

describe('the others', () => {
  it.each<[string, Files, readonly string[], string]>([
    [
      'Cloud Build: one step after another',
      {
        'cloudbuild.yaml':
          "steps:\n  - { id: unit, name: node, entrypoint: npm, args: [test] }\n  - { id: free, name: golang, args: [go, test, ./...], waitFor: ['-'], allowFailure: true }\n  - { id: ship, name: gcr.io/cloud-builders/gcloud, args: [run, deploy, x, --region=eu] }\nimages: [a]\n",
      },
      ['unit: test', 'free: test!', 'ship < unit, free: deploy', 'images < unit, free, ship: image-push'],
      '',
    ],
    [
      'Tekton: by runAfter and by results, tasks of this repository or of others',
      {
        '.tekton/run.yaml':
          'apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata:\n  name: run\n  annotations:\n    pipelinesascode.tekton.dev/on-event: "[pull_request, push]"\n    pipelinesascode.tekton.dev/on-target-branch: "[main]"\nspec:\n  pipelineSpec:\n    tasks:\n      - { name: unit, taskRef: { name: unit } }\n      - { name: build, runAfter: [unit], taskRef: { resolver: hub, params: [{ name: name, value: buildah }] } }\n      - name: ship\n        params: [{ name: d, value: $(tasks.build.results.digest) }]\n        taskSpec: { steps: [{ script: helm upgrade x y }] }\n',
        '.tekton/unit.yaml':
          'apiVersion: tekton.dev/v1\nkind: Task\nmetadata: { name: unit }\nspec: { steps: [{ image: go, script: go test ./... }] }\n',
      },
      ['unit: test', 'build < unit: ', 'ship < build: deploy'],
      'change, push main',
    ],
    [
      'Buildkite: up to the next wait',
      {
        '.buildkite/pipeline.yml':
          'steps:\n  - { label: unit, command: npm test }\n  - { key: soft, command: [npm test], soft_fail: true }\n  - wait\n  - { label: ship, commands: [helm upgrade x y], branches: main }\n  - { block: Go }\n  - { label: live, command: helm upgrade x y -n prod }\n',
      },
      [
        'unit: test',
        'soft: test!',
        'ship < unit, soft: deploy',
        'Go < unit, soft, ship: ',
        'live < unit, soft, ship, Go: deploy',
      ],
      '',
    ],
    [
      'Drone: one step after another, for pushes and proposals',
      {
        '.drone.yml':
          'kind: pipeline\nname: default\nsteps:\n  - { name: unit, image: node, commands: [npm test] }\n  - { name: image, image: plugins/docker, when: { event: [push], branch: [main] } }\n  - { name: tell, image: x, commands: [pytest], failure: ignore }\n',
      },
      ['unit: test', 'image < unit: image-push', 'tell < unit, image: test!'],
      'change, push, tag, manual',
    ],
    [
      'Woodpecker: by depends_on, for the events it names',
      {
        '.woodpecker/test.yaml':
          'when: [{ event: pull_request }, { event: push, branch: main }]\nsteps:\n  unit: { image: node, commands: [npm test] }\n  ship: { image: x, commands: [helm upgrade x y], depends_on: [unit] }\n',
      },
      ['unit: test', 'ship < unit: deploy'],
      'change, push main',
    ],
    [
      'Travis: stages, and what comes too late to count',
      {
        '.travis.yml':
          'script: npm test\nafter_success: pytest\njobs:\n  include:\n    - { stage: test, name: unit }\n    - { stage: ship, name: live, if: branch = main AND type = push, script: "true", deploy: { provider: heroku } }\n',
      },
      ['unit: test, test!', 'live < unit: deploy, test!'],
      'change, push, tag, schedule, manual',
    ],
  ])('%s', async (_, files, expected, started) => {
    const pipeline = await only({ ...PACKAGE, ...files });
    expect(told(pipeline)).toEqual(expected);
    expect(triggers(pipeline)).toBe(started);
  });
});

describe('conditions', () => {
  it.each<[string, boolean | undefined]>([
    ['$A == "x" && $B', false],
    ['$A == "x" || $U', true],
    ['$A =~ /^x$/', true],
    ['$A !~ /^x/i', false],
    ['!($A == "y")', true],
    ['$N == null', true],
    ['branch = main AND type != push', undefined],
    ['A IN (x, "x")', true],
    ['N IS blank', true],
    ['f(x) == 1', undefined],
    ['$A ==', undefined],
    ['(', undefined],
  ])('%s', (condition, expected) => {
    const known: Readonly<Record<string, string | null>> = { A: 'x', B: '', N: null };
    expect(infixHolds(condition, (name) => (name in known ? known[name] : undefined))).toBe(expected);
  });

  it('try no pattern that could take long', () => {
    const slow = ['/(a+)+(b+)+$/', `/${'a*'.repeat(40)}b/`, `/${'x'.repeat(300)}/`];
    expect(slow.map((it) => takes([it], 'a'.repeat(19)))).toEqual([undefined, undefined, undefined]);
    expect(takes([`${'*a'.repeat(90)}b`], 'a'.repeat(50))).toBe(false);
    expect(takes(['/^v\\d+(\\.\\d+)*$/'], 'v1.2.3')).toBe(true);
  });

  it('take branches in by name and pattern', () => {
    expect([
      takes(['feature/*'], 'main'),
      takes(['ma*'], 'main'),
      takes(['/^m.*n$/'], 'main'),
      takes(['$X'], 'main'),
    ]).toEqual([false, true, true, undefined]);
  });
});

describe('readers', () => {
  const pieces = [
    'stages',
    'stage',
    'jobs',
    'job',
    'steps',
    'script',
    'run',
    'needs',
    'rules',
    'if',
    'when',
    'only',
    'extends',
    'include',
    'local',
    '.a',
    'a',
    'template',
    'parameters',
    'workflows',
    'requires',
    'filters',
    'branches',
    'deployment',
    'strategy',
    'environment',
    'command',
    'depends_on',
    'pipeline',
    'kind',
    'trigger',
    'event',
    'deploy',
    'orbs',
    'commands',
    'args',
    'name',
    'tasks',
    'spec',
    'pipelineSpec',
    'taskRef',
  ];
  const paths = [
    '.gitlab-ci.yml',
    '.circleci/config.yml',
    'azure-pipelines.yml',
    'cloudbuild.yaml',
    '.tekton/a.yaml',
    '.buildkite/pipeline.yml',
    '.drone.yml',
    '.woodpecker.yml',
    '.travis.yml',
    'Jenkinsfile',
  ];
  const leaf = fc.oneof(
    fc.constantFrom(
      ...pieces,
      'pytest',
      'main',
      '$(a.b)',
      `\${{ parameters.a }}`,
      '<< parameters.a >>',
      '!reference [.a, script]',
      'a.yml',
    ),
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6 },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...pieces), tie('tree'), { maxKeys: 5 }),
    ),
  }));

  it('never throw, whatever a file holds, and name only jobs that are there or may be', async () => {
    const dialect = fc.tuple(
      fc.constantFrom(...paths),
      fc.dictionary(fc.constantFrom(...pieces), tree, { minKeys: 1, maxKeys: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(dialect, async ([path, value]) => {
        const { facts } = await read({ [path]: JSON.stringify(value) });
        for (const pipeline of facts.pipelines)
          for (const job of pipeline.jobs) expect(awaited(pipeline, job)).not.toContain(job);
      }),
      { numRuns: 150 },
    );
  });

  it('never throw on text that is no Groovy, and end', async () => {
    const words = fc.constantFrom(
      'pipeline',
      'stage',
      "('x')",
      '{',
      '}',
      '(',
      ')',
      '"',
      "'''",
      '//',
      '/*',
      '*/',
      'sh ',
      "'pytest'",
      '\n',
      'def ',
      'f',
      '()',
      '=',
      'if ',
      'else ',
      'when ',
      'branch ',
      '$',
      '\\',
      ';',
      '.',
      '[',
      ']',
      '@Library',
      'parallel ',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 80 }), async (parts) => {
        const text = parts.join('');
        for (const { line } of groovyCalls(text)) expect(line).toBeLessThanOrEqual(text.split('\n').length);
        await read({ Jenkinsfile: text });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['a.b()', 'def ', 'a = ', '{', 'x(', 'if (a) { '])('never throw on ten thousand times %j', (piece) => {
    expect(() => groovyCalls(piece.repeat(10_000))).not.toThrow();
    expect(() => groovyCalls(`a${'.b()'.repeat(10_000)}`)).not.toThrow();
  });

  it('end for functions, templates and jobs that call each other in circles', async () => {
    const { facts } = await read({
      Jenkinsfile:
        'def a() {\n b(); b(); b()\n}\ndef b() {\n a(); a(); a()\n}\nnode { stage("x") { a(); sh "pytest" } }',
      'azure-pipelines.yml': 'pool: x\nsteps: [{ template: a.yml }, { script: pytest }]',
      'a.yml': 'steps: [{ template: a.yml }, { template: a.yml }, { template: a.yml }]',
      '.gitlab-ci.yml':
        'x: { extends: [.a, .a], script: [pytest] }\n.a: { extends: [.b, .b, .b] }\n.b: { extends: [.a, .a, .a] }\n',
    });
    expect(facts.pipelines.map(({ system }) => system).sort()).toEqual(['azure-pipelines', 'gitlab-ci', 'jenkins']);
  });
});

describe('jobs that are no deliveries', () => {
  it('are those for changes only, and builds that are not pushed', async () => {
    const pipeline = await only({
      '.woodpecker/image.yaml':
        'when: [{ event: pull_request }, { event: push }]\nsteps:\n  - { name: try, image: woodpeckerci/plugin-docker-buildx, settings: { dry_run: true } }\n  - { name: review, image: x, commands: [helm upgrade x y], when: [{ event: pull_request }] }\n  - { name: ship, image: x, commands: [helm upgrade x y], when: [{ event: push, branch: main }] }\n',
    });
    expect(told(pipeline)[0]).toBe('try: image-build');
    expect(deployments([pipeline]).map(({ job }) => job.id)).toEqual(['ship']);
  });

  it('start after the success of the workflows they depend on', async () => {
    const { facts } = await read({
      ...PACKAGE,
      '.woodpecker/unit.yaml': 'steps: [{ name: unit, image: x, commands: [npm test] }]\n',
      '.woodpecker/ship.yaml': 'depends_on: [unit]\nsteps: [{ name: ship, image: x, commands: [helm upgrade x y] }]\n',
    });
    const [ship] = deployments(facts.pipelines);
    expect(ship && before(ship, facts.pipelines).map(({ purpose }) => purpose.intent)).toEqual(['test']);
  });
});
