/** Pipelines: what starts them, what jobs wait for, and what their steps are for, followed to the tool. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meaningsOf } from '../../src/evidence/pipelines/commands.ts';
import { ANY, BRANCH, CHANGE, holds, isAfterFailure } from '../../src/evidence/pipelines/conditions.ts';
import { environmentClass, nearness } from '../../src/evidence/pipelines/environments.ts';
import { after, awaited, before, deployments } from '../../src/evidence/pipelines/graph.ts';
import { promisesOf } from '../../src/evidence/pipelines/names.ts';
import type { Job } from '../../src/evidence/pipelines/pipeline.ts';
import { commandsIn } from '../../src/evidence/pipelines/shell.ts';
import { unwrap } from '../../src/evidence/pipelines/wrappers.ts';
import { collector, type Facts } from '../../src/evidence/pipelines.ts';
import { collected, spot } from './collected.ts';

const STOPS = { errexit: true, pipefail: false };

function words(text: string, options = STOPS): readonly string[] {
  return commandsIn(text, options).map((it) => [it.words.join(' '), it.weakened].filter(Boolean).join(' ← '));
}

describe('a shell script', () => {
  it.each<[string, readonly string[]]>([
    ['pytest -x \\\n  tests', ['pytest -x tests']],
    ['FOO=1 npm test; echo "npm test"', ['npm test', 'echo npm test']],
    ['cat <<EOF\npytest\nEOF', ['cat']],
    ['# pytest', []],
    ['pytest || true', ['pytest ← `|| true` follows', 'true']],
    ['pytest || exit 1', ['pytest', 'exit 1']],
    ['pytest || (cat log && exit 1)', ['pytest', 'cat log', 'exit 1']],
    ['go test | tee out', ['go test ← its failure is lost in the pipe', 'tee out']],
    ['set -o pipefail\ngo test | tee out', ['set -o pipefail', 'go test', 'tee out']],
    ['set +e\npytest\necho', ['set +e', 'pytest ← the script goes on when it fails', 'echo'].map(lost)],
    ['set +e\npytest\nrc=$?\nexit $rc', ['set +e', 'pytest', 'exit $rc']],
    ['make a && make b', ['make a', 'make b']],
    ['make a && make b\necho', ['make a ← the shell goes on when it fails left of `&&`', 'make b', 'echo']],
    ['if ! pytest; then exit 1; fi', ['pytest', 'exit 1']],
    ['if pytest; then echo fine; fi', ['pytest ← it is only asked in a condition', 'echo fine']],
    ['pytest &', ['pytest ← it runs in the background']],
    ['for d in a b; do\n  (cd $d && go test)\ndone', ['cd $d', 'go test']],
    [`npm test -- \${{ matrix.a && 'b' }}`, [`npm test -- \${{ matrix.a && 'b' }}`]],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('without `set -e` goes on', () => {
    const loose = { errexit: false, pipefail: false };
    expect(words('pytest\necho done', loose)).toEqual(['pytest ← the script goes on when it fails', 'echo done']);
    expect(words('#!/bin/bash -e\npytest\necho done', loose)).toEqual(['pytest', 'echo done']);
  });

  it('does what a function holds where it is called, and the case that is chosen', () => {
    expect(words('t() {\n  pytest\n}\nundo() { kubectl rollout undo; }\nt')).toEqual(['pytest']);
    const text = 'case "$1" in\n  test) pytest ;;\n  *) helm upgrade ;;\nesac';
    expect(words(text, { ...STOPS, args: ['test'] } as typeof STOPS)).toEqual(['pytest']);
    expect(commandsIn(text, STOPS).every(({ perhaps }) => perhaps)).toBe(true);
  });

  it('never throws, whatever it holds', () => {
    const pieces = fc.constantFrom(
      'if',
      'fi',
      '$(',
      ')',
      '`',
      '"',
      "'",
      '||',
      '&&',
      '|',
      '\n',
      '<<EOF',
      'case',
      'esac',
      ';;',
      '{',
      '}',
      `\${{`,
      '}}',
      'f()',
      'pytest',
      '\ue041',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 60 }).map((it) => it.join('')),
        ),
        (text) => {
          for (const { line, words: found } of commandsIn(text, STOPS)) {
            expect(line).toBeLessThanOrEqual(text.split('\n').length);
            unwrap(found);
            meaningsOf(found, true);
          }
        },
      ),
    );
  });
});

/** The last `set` of a script that goes on has nothing to lose. */
function lost(text: string): string {
  return text === 'set +e' ? 'set +e ← the script goes on when it fails' : text;
}

describe('a command', () => {
  it.each<[string, string]>([
    ['sudo -E timeout 10m go test ./...', 'test go test'],
    ['poetry run py.test --cov', 'test pytest'],
    ['npx -y vitest run', 'test vitest'],
    ['npx vitest bench', ''],
    ['pytest --collect-only', ''],
    ['go test -run=^$ -bench=. ./...', ''],
    ['python -m pytest', 'test pytest'],
    ['mvn -B -V verify', 'test mvn'],
    ['mvn package -DskipTests', ''],
    ['mvn package -DskipTests=false', 'test mvn'],
    ['./gradlew build -x test', ''],
    ['./gradlew compileTestKotlin', ''],
    ['./gradlew :app:integrationTest', 'test gradlew'],
    ['echo test', ''],
    ['k6 run perf/load.js', 'load-test k6'],
    ['k6 run smoke-tests.js', 'smoke-test k6'],
    ['helm upgrade --install --atomic x y', 'deploy helm, rollback helm'],
    ['helm upgrade --install x y --dry-run', ''],
    ['kubectl -n prod apply -f x', 'deploy kubectl'],
    ['kubectl rollout status deployment/x', ''],
    ['kubectl rollout undo deployment/x', 'rollback kubectl'],
    ['cf push app --strategy rolling', 'deploy cloud foundry, canary cloud foundry'],
    ['gcloud run deploy x --no-traffic', 'deploy gcloud, canary cloud run'],
    ['docker compose -f a.yml build', 'image-build docker'],
    ['curl -fsS https://x/health', 'smoke-test curl'],
    ['curl https://x/health', ''],
    ['npx @lhci/cli@0.12 autorun', 'accessibility-test lighthouse'],
    ['gitleaks detect --redact', 'secret-scan gitleaks'],
    ['sudo install gitleaks /usr/local/bin', ''],
  ])('%s: %s', (text, expected) => {
    const found = meaningsOf(unwrap(text.split(' ')).words, true);
    expect(found.map(({ intent, tool }) => `${intent} ${tool}`).join(', ')).toBe(expected);
  });

  it('of the JVM tests nothing where there is no test', () => {
    expect(meaningsOf(['mvn', 'verify'], false)).toEqual([]);
  });
});

describe('a condition', () => {
  it.each<[string, boolean | undefined, boolean | undefined]>([
    ["github.event_name == 'pull_request'", true, false],
    [`\${{ github.ref == 'refs/heads/main' }}`, false, false],
    ["startsWith(github.ref, 'refs/tags/') || github.event_name == 'push'", false, true],
    ["!(github.actor == 'dependabot[bot]') && success()", true, true],
    ["needs.changes.outputs.code == 'true'", undefined, undefined],
    ["contains(fromJSON(needs.x.outputs.y), 'z')", undefined, undefined],
    ['false', false, false],
    ['always()', true, true],
    ['((((', undefined, undefined],
  ])('%s', (text, change, branch) => {
    expect([holds(text, CHANGE), holds(text, BRANCH)]).toEqual([change, branch]);
  });

  it('may wait for a failure', () => {
    expect(isAfterFailure("failure() && github.ref == 'refs/heads/main'")).toBe(true);
    expect(isAfterFailure('always()')).toBe(false);
    expect(isAfterFailure('false')).toBe(false);
  });

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '!',
      '&&',
      '||',
      '==',
      "'a'",
      "'",
      'github.ref',
      'contains',
      ',',
      'needs.*.result',
      `\${{`,
      '}}',
      '1',
      ' ',
    );
    fc.assert(fc.property(fc.array(pieces, { maxLength: 80 }), (parts) => void holds(parts.join(''), ANY)));
  });
});

it('environments are told by their names', () => {
  const names = [
    'prod',
    'prod-gcp',
    'pre-production',
    'preprod',
    'nonprod',
    'liveness',
    'staging',
    'dev-2',
    'review',
    `\${{ inputs.env }}`,
    'deployProd',
  ];
  expect(names.map(environmentClass)).toEqual([
    'production',
    'production',
    'lower',
    'lower',
    'lower',
    'unnamed',
    'lower',
    'lower',
    'lower',
    'unnamed',
    'production',
  ]);
  expect(['review', 'dev', 'qa', 'staging', 'preprod'].map(nearness)).toEqual([0, 1, 3, 4, 5]);
});

it('names promise and prove nothing', () => {
  expect(promisesOf('Run unit tests')).toEqual(['test']);
  expect(promisesOf('security_snyk_check')).toEqual([]);
  expect(promisesOf('load secrets')).toEqual([]);
  expect(promisesOf('scan for secrets')).toEqual(['secret-scan']);
});

type Files = Readonly<Record<string, string>>;

async function factsOf(files: Files): Promise<Facts> {
  return (await collected(collector, files)).facts;
}

async function jobs(workflow: string, files: Files = {}): Promise<readonly Job[]> {
  const { pipelines } = await factsOf({ '.github/workflows/a.yml': workflow, ...files });
  return pipelines.find(({ at }) => at.path.endsWith('a.yml'))?.jobs ?? [];
}

function told(all: readonly Job[]): readonly string[] {
  return all.flatMap(({ id, purposes }) =>
    purposes.map(({ intent, strength, tool, at, via, weakened }) =>
      [id, intent, strength, tool, spot(at), via && spot(via), weakened].filter(Boolean).join(' '),
    ),
  );
}

const STEP = (run: string): string => `on: push\njobs:\n  a:\n    steps:\n      - run: ${run}\n`;

describe('a step leads', () => {
  it.each<[string, string, Files, readonly string[]]>([
    [
      'to a package script and on to another',
      'npm test',
      { 'package.json': '{"scripts": {\n"test": "npm run unit",\n"unit": "jest --ci"}}' },
      ['a test one-hop jest .github/workflows/a.yml:5 package.json:3'],
    ],
    [
      'to a package of the workspace',
      'pnpm --filter ./apps/web test',
      { 'apps/web/package.json': '{"name": "@x/web", "scripts": {"test": "vitest"}}' },
      ['a test one-hop vitest .github/workflows/a.yml:5 apps/web/package.json:1'],
    ],
    [
      'to all packages',
      'npx turbo run test',
      { 'a/package.json': '{"scripts": {"test": "ava"}}' },
      ['a test one-hop javascript test runner .github/workflows/a.yml:5 a/package.json:1'],
    ],
    [
      'to the executor of a project of Nx',
      'npx nx affected -t lint test',
      { 'apps/api/project.json': '{"targets": {\n"lint": {},\n"test": {"executor": "@nx/jest:jest"}}}' },
      ['a test one-hop jest .github/workflows/a.yml:5 apps/api/project.json:3'],
    ],
    [
      'to a command of a project of Nx',
      'nx run-many --target=check',
      {
        'api/project.json':
          '{"targets": {"check": {"executor": "nx:run-commands", "options": {"commands": ["pytest"]}}}}',
      },
      ['a test one-hop pytest .github/workflows/a.yml:5 api/project.json:1'],
    ],
    [
      'to what a plugin of Nx adds',
      'nx test api',
      {
        'nx.json': '{"plugins": [{"plugin": "@nx/jest/plugin", "options": {"targetName": "test"}}]}',
        'api/jest.config.ts': '',
      },
      ['a test one-hop jest .github/workflows/a.yml:5 nx.json:1'],
    ],
    [
      'to a target of Nx that is not there',
      'nx affected -t lint test',
      { 'nx.json': '{"plugins": ["@nx/eslint/plugin"]}', 'api/project.json': '{' },
      ['a test named .github/workflows/a.yml:5'],
    ],
    [
      'to a script that is not there',
      'npm run test',
      { 'package.json': '{"scripts": {}}' },
      ['a test named .github/workflows/a.yml:5'],
    ],
    [
      'to a pattern of Make in a folder',
      'make -C ops test-api',
      { 'ops/Makefile': 'test-%: .env-%\n\tcd $* && go test ./...\n' },
      ['a test one-hop go test .github/workflows/a.yml:5 ops/Makefile:2'],
    ],
    [
      'to a recipe that is ignored',
      'make test',
      { Makefile: 'test:\n\t-pytest\n' },
      ['a test one-hop pytest .github/workflows/a.yml:5 Makefile:2 make ignores its failure'],
    ],
    [
      'to just and task',
      'just check && task unit',
      {
        justfile: 'check: lint\n    cargo test\nlint:\n    cargo clippy\n',
        'Taskfile.yml': 'tasks:\n  unit:\n    cmds: [go test ./...]\n',
      },
      [
        'a lint one-hop linter .github/workflows/a.yml:5 justfile:4',
        'a test one-hop cargo test .github/workflows/a.yml:5 justfile:2',
        'a test one-hop go test .github/workflows/a.yml:5 Taskfile.yml:2',
      ],
    ],
    [
      'to the script file, whose failure counts',
      './scripts/ci.sh',
      { 'scripts/ci.sh': '#!/bin/sh\nset -e\nbundle exec rspec\necho ok\n' },
      ['a test one-hop rspec .github/workflows/a.yml:5 scripts/ci.sh:3'],
    ],
    [
      'to a script of another language, by its name',
      'python scripts/run_tests.py',
      { 'scripts/run_tests.py': 'import unittest' },
      ['a test named .github/workflows/a.yml:5'],
    ],
    [
      'into an image',
      'docker build --target t -f ci/Dockerfile .',
      { 'ci/Dockerfile': 'FROM a AS t\nRUN npx jest\nFROM b\nRUN pytest' },
      [
        'a image-build run docker .github/workflows/a.yml:5',
        'a test one-hop jest .github/workflows/a.yml:5 ci/Dockerfile:2',
      ],
    ],
    ['into a container', 'docker compose run --rm app pytest -q', {}, ['a test run pytest .github/workflows/a.yml:5']],
    [
      'to what a service of compose is told',
      'docker compose up --exit-code-from tests',
      { 'docker-compose.yml': 'services:\n  tests:\n    command: [mix, test]\n' },
      ['a test one-hop mix .github/workflows/a.yml:5 docker-compose.yml:2'],
    ],
    [
      'to tox',
      'tox -e py313',
      { 'tox.ini': '[testenv]\ncommands = pytest {posargs}\n' },
      ['a test one-hop pytest .github/workflows/a.yml:5 tox.ini:2'],
    ],
    [
      'to rake',
      'bundle exec rake',
      { Rakefile: "require 'rspec/core/rake_task'\nRSpec::Core::RakeTask.new(:spec)\n" },
      ['a test one-hop rspec .github/workflows/a.yml:5 Rakefile:1'],
    ],
    ['in no circle', 'make a', { Makefile: 'a: b\n\tmake a\nb: a\n\tmake b\n' }, []],
  ])('%s', async (_, run, files, expected) => {
    expect(told(await jobs(STEP(run), files))).toEqual(expected);
  });

  it('through the environment, the matrix and the folder it works in', async () => {
    const workflow = `
on: push
env: { WHAT: unit }
jobs:
  a:
    strategy: { matrix: { suite: [{ command: "test:system" }] } }
    defaults: { run: { working-directory: web, shell: bash } }
    env: { COMMAND: "\${{ matrix.suite.command }}" }
    steps:
      - run: bin/rails $COMMAND
      - run: npm run \${{ env.WHAT }} | tee log
`;
    const found = await jobs(workflow, { 'web/package.json': '{"scripts": {"unit": "vitest"}}' });
    expect(told(found)).toEqual([
      'a test run rails .github/workflows/a.yml:10',
      'a test one-hop vitest .github/workflows/a.yml:11 web/package.json:1',
    ]);
  });

  it('through actions of the repository, with what they are given', async () => {
    const workflow =
      'on: push\njobs:\n  a:\n    steps:\n      - uses: ./.github/actions/deploy\n        with: { env: prod }\n';
    const action = `inputs: { env: {}, tool: { default: helm } }\nruns:\n  using: composite\n  steps:\n    - run: \${{ inputs.tool }} upgrade x y -n \${{ inputs.env }}\n      shell: bash\n`;
    const [job] = await jobs(workflow, { '.github/actions/deploy/action.yml': action });
    expect(job?.purposes).toMatchObject([
      {
        intent: 'deploy',
        environment: 'prod',
        at: { line: 5 },
        via: { path: '.github/actions/deploy/action.yml', line: 5 },
      },
    ]);
  });
});

describe('a workflow', () => {
  it.each<[string, readonly string[]]>([
    ['push', ['push']],
    ['[push, pull_request]', ['push', 'change']],
    ['{ push: { tags: ["v*"] } }', ['tag']],
    ['{ push: { tags: ["v*"], branches: [main] } }', ['push main', 'tag']],
    ['{ pull_request: { types: [closed] }, merge_group: {} }', ['other', 'change']],
    ['{ pull_request: { paths-ignore: ["**.md"], branches-ignore: [wip] } }', ['change !wip !**.md']],
    [
      '{ schedule: [{ cron: "0 2 * * *" }], workflow_dispatch: {}, workflow_call: {}, release: {}, issue_comment: {} }',
      ['schedule', 'manual', 'called', 'tag', 'other'],
    ],
  ])('on: %s', async (on, expected) => {
    const { pipelines } = await factsOf({ '.github/workflows/a.yml': `on: ${on}\njobs: { a: { steps: [] } }\n` });
    expect(pipelines[0]?.triggers.map((it) => [it.on, ...it.branches, ...it.paths].join(' '))).toEqual(expected);
  });

  it('of another repository is handed over, and only named', async () => {
    const gathered = await collected(collector, {
      '.github/workflows/a.yml':
        'on: push\njobs:\n  deploy_prod:\n    uses: org/w/.github/workflows/deploy_env.yml@v2\n    with: { environment: prod }\n',
    });
    expect(gathered.delegated).toMatchObject([{ to: 'org/w/.github/workflows/deploy_env.yml@v2', at: { line: 4 } }]);
    expect(gathered.facts.pipelines[0]?.jobs[0]).toMatchObject({
      purposes: [{ intent: 'deploy', strength: 'named', environment: 'prod' }],
      uses: [{ kind: 'workflow', pinned: false, local: false }],
    });
  });

  it('deploys nothing to a cluster that it starts for itself', async () => {
    const found = await jobs(
      'on: push\njobs:\n  a:\n    steps:\n      - uses: helm/kind-action@v1\n      - run: kubectl apply -f x\n      - run: go test ./e2e\n',
    );
    expect(found[0]?.purposes.map(({ intent }) => intent)).toEqual(['test']);
  });

  it('that cannot be read is noted once, as are the files of other systems', async () => {
    const { unread, facts } = await collected(collector, {
      '.github/workflows/a.yml': 'on: [\njobs: {',
      'bitbucket-pipelines.yml': 'pipelines: {}',
      '.drone.star': 'def main(ctx): pass\n',
      'app.yml': 'trigger: often\n',
    });
    expect(unread.map(({ at, reason }) => `${at.path} ${reason}`).sort()).toEqual([
      '.drone.star language',
      '.github/workflows/a.yml invalid-syntax',
      'bitbucket-pipelines.yml language',
    ]);
    expect(facts.systems).toEqual(['Bitbucket Pipelines']);
  });

  it('tells pins, rights and what a checkout takes', async () => {
    const [job] = await jobs(
      `on: pull_request_target\npermissions: {}\njobs:\n  a:\n    permissions: write-all\n    steps:\n      - uses: actions/checkout@v4\n        with: { ref: "\${{ github.event.pull_request.head.sha }}" }\n      - uses: x/y@${'a'.repeat(40)}\n`,
    );
    expect(job?.permissions?.scopes).toEqual({ all: 'write' });
    expect(job?.uses.map(({ pinned, ref }) => [pinned, ref])).toEqual([
      [false, `\${{ github.event.pull_request.head.sha }}`],
      [true, undefined],
    ]);
  });

  it('never throws, whatever stands in it', async () => {
    const value = fc.oneof(
      fc.constantFrom('a', 'b', './.github/workflows/a.yml', './x', 'npm test', `\${{ always() }}`, true, 0, null),
      fc.constant([]),
      fc.constant({}),
    );
    const step = fc.dictionary(
      fc.constantFrom('run', 'uses', 'with', 'if', 'env', 'shell', 'continue-on-error', 'working-directory', 'name'),
      value,
    );
    const job = fc.dictionary(
      fc.constantFrom(
        'needs',
        'if',
        'uses',
        'with',
        'steps',
        'environment',
        'permissions',
        'strategy',
        'env',
        'defaults',
      ),
      fc.oneof(value, fc.array(step)),
    );
    const workflow = fc.record({
      on: value,
      jobs: fc.oneof(value, fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.oneof(value, job))),
    });
    await fc.assert(
      fc.asyncProperty(workflow, async (it) => {
        const { pipelines } = await factsOf({
          '.github/workflows/a.yml': JSON.stringify(it),
          'package.json': '{"scripts": {"test": "npm test"}}',
        });
        for (const pipeline of pipelines) for (const one of pipeline.jobs) awaited(pipeline, one);
        for (const deployment of deployments(pipelines)) [before(deployment, pipelines), after(deployment, pipelines)];
      }),
      { numRuns: 100 },
    );
  });
});

it('the graph leaves out what a job does not wait for', async () => {
  const { pipelines } = await factsOf({
    '.github/workflows/a.yml': `
on: push
jobs:
  test: { steps: [{ run: pytest }] }
  lint: { steps: [{ run: ruff check }] }
  build: { needs: lint, steps: [{ run: docker push x }] }
  deploy:
    needs: [test, build]
    if: always() && needs.build.result == 'success'
    environment: production
    steps: [{ run: kubectl apply -f x }]
  smoke: { needs: deploy, if: always(), steps: [{ run: npx playwright test }] }
`,
  });
  const [deployment] = deployments(pipelines);
  if (!deployment) throw new Error('nothing deploys');
  expect(deployment).toMatchObject({ class: 'production', environment: 'production', job: { ungated: ['test'] } });
  expect(before(deployment, pipelines).map(({ job }) => job.id)).toEqual(['build', 'lint']);
  expect(after(deployment, pipelines).map(({ job }) => job.id)).toEqual(['smoke']);
});
