import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstManifest } from '../../src/init/first-manifest.ts';
import type { Finding } from '../../src/model.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';
import { anyCharacter } from '../any-character.ts';
import { YARDSTICK } from '../yardstick.ts';

const AS_OF = '2026-11-16';

type Files = Readonly<Record<string, string>>;

async function textFor(files: Files, dir = '', from?: string): Promise<string> {
  const options = { asOf: AS_OF, schema: './service.schema.json', ...(from !== undefined && { from }) };
  return (await firstManifest(memoryRepo({ name: 'Parcel Tracking', files }), dir, options)).text;
}

/** What our own rules about manifests say of the proposal. */
async function findingsOn(files: Files, dir = ''): Promise<readonly Finding[]> {
  const text = await textFor(files, dir);
  const path = dir === '' ? 'gonogo.yaml' : `${dir}/gonogo.yaml`;
  const repo = memoryRepo({ name: 'Parcel Tracking', files: { ...files, [path]: text } });
  const options = {
    ...YARDSTICK,
    only: ['manifest'],
  } as const;
  const report = await judgeRepository({ repo, dir, rootNamed: () => undefined }, options);
  return report.services.flatMap((service) => service.findings);
}

const MUST_HOLD = [
  'manifest/present',
  'manifest/schema-valid',
  'manifest/paths-exist',
  'manifest/no-placeholders',
  'manifest/agrees-with-catalog',
];

function broken(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ rule, standing }) => MUST_HOLD.includes(rule) && !['verified', 'not-applicable'].includes(standing))
    .map(({ rule, because, problems }) => `${rule}: ${because}: ${problems.map((it) => it.message).join('; ')}`);
}

const RULES =
  'groups:\n  - name: parcels\n    rules:\n      - alert: ScansLate\n        expr: rate(scans_total[5m]) < 1\n        labels: { severity: page }\n';
const SLO = 'apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: scans }\nspec:\n  objectives: [{ target: 0.99 }]\n';
const DASHBOARD =
  '{ "title": "Scans", "uid": "scans", "schemaVersion": 39, "panels": [{ "targets": [{ "expr": "up" }] }] }';
const RUNBOOK =
  '# Scans are late\n\n## Symptoms\n\nParcels stand still on the map.\n\n## Diagnosis\n\nLook at the queue:\n\n```sh\nkubectl get pods -n parcels\n```\n\n## Mitigation\n\nRestart the scanner pods.\n';
const COMPOSE = 'services:\n  db:\n    image: postgres:16\n  cache:\n    image: redis:7\n';

const FULL: Files = {
  'catalog-info.yaml':
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: parcel-tracking\n  description: Tells where a parcel is.\n  labels: { tier: "2" }\n  annotations: { pagerduty.com/service-id: PARCELS1 }\nspec: { type: service, lifecycle: production, owner: "group:default/team-parcels" }\n',
  '.github/CODEOWNERS': '* @lumenpay/team-parcels\n',
  'ops/alerts/scans.yaml': RULES,
  'ops/alerts/api.yaml': RULES,
  'ops/slo/scans.yaml': SLO,
  'ops/dashboards/scans.json': DASHBOARD,
  'docs/runbooks/scans.md': RUNBOOK,
  'compose.yaml': COMPOSE,
  'deploy/values-prod.yaml': 'replicaCount: 3\n',
  'deploy/values-staging.yaml': 'replicaCount: 1\n',
};

describe('the first manifest', () => {
  it('says all that a well-kept repository shows', async () => {
    expect(await textFor(FULL)).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./service.schema.json
      # What this service claims. \`gonogo check\` holds every claim against what the repository shows.
      apiVersion: gonogo/v1
      kind: Service
      name: parcel-tracking # catalog-info.yaml:4
      description: Tells where a parcel is. # catalog-info.yaml:5
      tier: 2 # a guess (catalog-info.yaml:6 says "2"); correct it; 1 customer-critical, 2 important, 3 standard internal, 4 experimental
      stage: live # catalog-info.yaml:8 says "production"; design, build, beta, live or sunset
      imports: [catalog-info.yaml] # the same service in other formats

      owner: { team: team-parcels, repo_teams: ["@lumenpay/team-parcels"] } # catalog-info.yaml:8
      # support: where users get help, e.g. "#help-payments"
      oncall: PARCELS1 # catalog-info.yaml:7; add provider, hours and participants
      # escalation: [{ who: on-call, after: 0m }, { who: lead, after: 15m }, { who: head of, after: 30m }]

      environments:
        - id: prod # deploy/values-prod.yaml
        - id: staging # deploy/values-staging.yaml
      observability:
        dashboards:
          - { uid: scans, evidence: ops/dashboards/scans.json } # ops/dashboards/scans.json:1

      alerts:
        sources:
          - ops/alerts/*.yaml # 2 alerts in 2 files
      runbooks: docs/runbooks # 1 page
      slos:
        - { id: scans, evidence: ops/slo/scans.yaml } # ops/slo/scans.yaml:3

      dependencies:
        - { id: db, kind: db } # compose.yaml:2; add criticality, timeout, retry, fallback, contact
        - { id: cache, kind: cache } # compose.yaml:4; add criticality, timeout, retry, fallback, contact
      data:
        stores:
          - { id: db, kind: postgres } # compose.yaml:2; add rpo, rto, backup, restore_test

      # Next: \`gonogo check\` names what is missing, most severe first; \`gonogo explain <rule>\` says how to meet a rule.
      "
    `);
    expect(broken(await findingsOn(FULL))).toEqual([]);
  });

  it('of an empty repository holds the folder’s name, two guesses and no claim', async () => {
    expect(await textFor({})).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./service.schema.json
      # What this service claims. \`gonogo check\` holds every claim against what the repository shows.
      apiVersion: gonogo/v1
      kind: Service
      name: parcel-tracking # a guess (the folder's name); correct it
      # description: what it does, in a sentence for someone who has never seen it
      tier: 3 # a guess (nothing here wakes anyone); correct it; 1 customer-critical, 2 important, 3 standard internal, 4 experimental
      stage: build # a guess (no production environment is described here, and no alert wakes anyone); correct it; design, build, beta, live or sunset

      # owner: the team that answers for it, e.g. team-payments
      # support: where users get help, e.g. "#help-payments"
      # oncall: { provider: pagerduty, ref: the-schedule, hours: 24x7, participants: 4 }
      # escalation: [{ who: on-call, after: 0m }, { who: lead, after: 15m }, { who: head of, after: 30m }]

      # alerts: the rule files; \`repo:org/name//path\` when they are kept elsewhere
      # runbooks: docs/runbooks

      # Next: \`gonogo check\` names what is missing, most severe first; \`gonogo explain <rule>\` says how to meet a rule.
      "
    `);
    expect(broken(await findingsOn({}))).toEqual([]);
  });

  it('of a service in a folder names paths from there, and shared ones from the root', async () => {
    const files = {
      'services/scan/ops/alerts.yaml': RULES,
      'docs/runbooks/scan/late.md': RUNBOOK,
      'services/scan/go.mod': 'module github.com/lumenpay/parcels/scan-api/v3\n',
    };
    const text = await textFor(files, 'services/scan');
    expect(text).toContain('name: scan-api # services/scan/go.mod:1');
    expect(text).toContain('- ops/alerts.yaml # 1 alert');
    expect(text).toContain('$schema=./service.schema.json');
    expect(text).toContain('repo://docs/runbooks/scan');
    expect(broken(await findingsOn(files, 'services/scan'))).toEqual([]);
  });

  it('gives a folder of rule files one glob, and lists them where something else lies beside them', async () => {
    expect(await textFor(FULL)).toContain('- ops/alerts/*.yaml # 2 alerts in 2 files');
    const mixed = await textFor({
      ...FULL,
      'ops/alerts/alertmanager.yaml': 'route: { receiver: pager }\nreceivers: [{ name: pager }]\n',
    });
    expect(mixed).not.toContain('*.yaml');
    expect(mixed).toContain('- ops/alerts/api.yaml # 1 alert');
    expect(mixed).toContain('- ops/alerts/scans.yaml # 1 alert');
  });
});

describe('the name', () => {
  it.each([
    ['a package', { 'package.json': '{ "name": "@lumenpay/Parcel_Tracker" }' }, 'parcel-tracker # package.json:1'],
    ['a module', { 'go.mod': 'module lumenpay.io/parcel-tracker\n' }, 'parcel-tracker # go.mod:1'],
    [
      'a Python project',
      { 'pyproject.toml': '[build-system]\nname = "no"\n[project]\nname = "parcel-tracker"\n' },
      'parcel-tracker # pyproject.toml:4',
    ],
    [
      'a Poetry project',
      { 'pyproject.toml': "[tool.poetry]\nname = 'parcel-tracker'\n" },
      'parcel-tracker # pyproject.toml:2',
    ],
    ['a crate', { 'Cargo.toml': '[package]\nname = "parcel-tracker"\n' }, 'parcel-tracker # Cargo.toml:2'],
    [
      'the folder, when the package says nothing of its own',
      { 'package.json': '{ "name": "app" }' },
      "parcel-tracking # a guess (the folder's name); correct it",
    ],
    [
      'the folder, when the package cannot be read',
      { 'package.json': '{ "name": ' },
      "parcel-tracking # a guess (the folder's name); correct it",
    ],
  ])('comes from %s', async (_what, files, line) => {
    expect(await textFor(files)).toContain(`\nname: ${line}\n`);
  });
});

describe('the owner', () => {
  it.each([
    [
      'a team in CODEOWNERS',
      '* @lumenpay/parcels @ada\n',
      'owner: { team: parcels, repo_teams: ["@lumenpay/parcels"] } # CODEOWNERS:1',
    ],
    [
      'the last rule that covers everything',
      '* @lumenpay/first\n* @lumenpay/second\n',
      'owner: { team: second, repo_teams: ["@lumenpay/second"] } # CODEOWNERS:2',
    ],
    [
      'a person, as a guess, when there is no team',
      '* @ada\n',
      'owner: "@ada" # a guess (CODEOWNERS:1 names a person; a team is wanted); correct it',
    ],
    [
      'nobody, when only a part is owned',
      'docs/ @lumenpay/writers\n',
      '# owner: the team that answers for it, e.g. team-payments',
    ],
    [
      'nobody, when the name says so',
      '* @lumenpay/unmaintained\n',
      '# owner: the team that answers for it, e.g. team-payments',
    ],
  ])('is %s', async (_what, codeowners, line) => {
    expect(await textFor({ CODEOWNERS: codeowners, 'src/main.go': 'package main\n', 'docs/a.md': 'A.\n' })).toContain(
      `\n${line}\n`,
    );
  });

  it('is an approver, as a guess, when OWNERS alone names one', async () => {
    const text = await textFor({ OWNERS: 'approvers: [kofi]\n', 'src/main.go': 'package main\n' });
    expect(text).toContain('\nowner: "@kofi" # a guess (OWNERS names a person; a team is wanted); correct it\n');
  });
});

describe('tier and stage', () => {
  it.each([
    ['"tier-1"', '1 # a guess (catalog-info.yaml:5 says "tier-1"); correct it;'],
    ['T3', '3 # a guess (catalog-info.yaml:5 says "T3"); correct it;'],
    ['Mission Critical', '1 # a guess (catalog-info.yaml:5 says "Mission Critical"); correct it;'],
    ['"9"', '3 # a guess (nothing here wakes anyone); correct it;'],
  ])('reads a catalogue that says %s', async (tier, line) => {
    const text = await textFor({
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: scan\n  labels: { tier: ${tier} }\nspec: {}\n`,
    });
    expect(text).toContain(`\ntier: ${line}`);
  });

  it('guesses from what wakes someone, else from the environments', async () => {
    expect(await textFor({ 'ops/alerts.yaml': RULES })).toContain('tier: 2 # a guess (1 alert wakes someone)');
    expect(await textFor({ 'ops/alerts.yaml': RULES })).toContain('stage: live # a guess (1 alert wakes someone)');
    expect(await textFor({ 'values-prod.yaml': 'a: 1\n', 'values-dev.yaml': 'a: 1\n' })).toContain(
      'tier: 3 # a guess (there are 2 environments, but nothing here wakes anyone)',
    );
    expect(await textFor({ 'values-prod.yaml': 'a: 1\n' })).toContain(
      'stage: live # a guess (there is an environment "prod")',
    );
    expect(await textFor({})).toContain(
      'stage: build # a guess (no production environment is described here, and no alert wakes anyone)',
    );
  });
});

describe('what the service needs', () => {
  it('is each thing once, databases also as stores', async () => {
    const chart = 'name: parcels\ndependencies:\n  - { name: postgresql, alias: db }\n  - { name: redis }\n';
    const text = await textFor({ 'compose.yaml': COMPOSE, 'compose.dev.yaml': COMPOSE, 'chart/Chart.yaml': chart });
    expect(text.match(/id: db, kind: db/g)).toHaveLength(1);
    expect(text.match(/id: db, kind: postgres/g)).toHaveLength(1);
    expect(text.match(/id: (cache|redis), kind: cache/g)).toHaveLength(2);
  });

  it('is, as a guess, what the values of a chart point at', async () => {
    const text = await textFor({
      'chart/values.yaml': `replicaCount: 2
postgresql:
  enabled: false
externalDatabase:
  host: db.lumenpay.io
  port: 5432
redis:
  host: ""
rabbitmq:
  enabled: true
memcached:
  enabled: false
env:
  - name: CACHE
    value: rediss://:hunter2@cache:6380/0
  - name: SEARCH
    value: http://search:9200
`,
      'chart/values-prod.yaml': 'externalDatabase: { host: db.prod.lumenpay.io, type: postgresql }\n',
    });
    const needed = text.slice(text.indexOf('dependencies:'), text.indexOf('# Next'));
    expect(needed).toMatchInlineSnapshot(`
      "dependencies:
        - { id: database, kind: db } # a guess (chart/values-prod.yaml:1); correct it; add criticality, timeout, retry, fallback, contact
        - { id: rabbitmq, kind: queue } # a guess (chart/values.yaml:9); correct it; add criticality, timeout, retry, fallback, contact
        - { id: redis, kind: cache } # a guess (chart/values.yaml:15); correct it; add criticality, timeout, retry, fallback, contact
      data:
        stores:
          - { id: database, kind: postgres } # a guess (chart/values-prod.yaml:1); correct it; add rpo, rto, backup, restore_test

      "
    `);
    expect(text).not.toContain('hunter2');
  });

  it('is not guessed from values where something here starts that product', async () => {
    const text = await textFor({
      'compose.yaml': COMPOSE,
      'chart/values.yaml': 'redis: { host: cache.lumenpay.io }\n',
    });
    expect(text.match(/kind: cache/g)).toHaveLength(1);
    expect(text).not.toContain('values.yaml');
  });

  it('does not call it silent where alerts cannot be read', async () => {
    const text = await textFor({
      'infra/alarms.tf': 'resource "aws_cloudwatch_metric_alarm" "scans_late" {\n  period = \n}\n',
    });
    expect(text).toContain('tier: 3 # a guess (no alert that can be read here wakes anyone)');
    expect(text).toContain(
      '\n# Alerts that are not read: infra/alarms.tf:1 (the Terraform resource aws_cloudwatch_metric_alarm "scans_late" is not read: line 2 does not follow the syntax)\n',
    );
  });

  it('takes two specifications of one name apart', async () => {
    const text = await textFor({ 'a/slo.yaml': SLO, 'b/slo.yaml': SLO });
    expect(text).toContain('{ id: slo, evidence: a/slo.yaml }');
    expect(text).toContain('{ id: slo-2, evidence: b/slo.yaml }');
  });
});

describe('--from', () => {
  const two =
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: other }\nspec: { owner: team-other }\n---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: parcel-tracking }\nspec: { owner: team-parcels, lifecycle: experimental }\n';

  it('takes the identity from that file, also under a name of its own, and the entry that fits', async () => {
    const text = await textFor({ 'catalog/all.yaml': two }, '', 'catalog/all.yaml');
    expect(text).toContain('name: parcel-tracking # catalog/all.yaml:');
    expect(text).toContain('owner: team-parcels # catalog/all.yaml:');
    expect(text).toContain('stage: beta # catalog/all.yaml:9 says "experimental"');
    expect(text).toContain('imports: [catalog/all.yaml]');
    expect(text).not.toContain('team-other');
  });

  it.each([
    [
      'no catalogue file',
      'values.yaml',
      'replicas: 2\n',
      /^"values.yaml" describes no service in a catalogue format that is known here$/,
    ],
    [
      'another kind of entry',
      'catalog-info.yaml',
      'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: { name: a }\n',
      /describes no service/,
    ],
    ['broken', 'catalog-info.yaml', 'kind: Component\nmetadata: {\n', /^"catalog-info.yaml" is not valid YAML: /],
    ['missing', 'other.yaml', undefined, /^"other.yaml" is not among the files of this repository$/],
  ])('refuses a file that is %s', async (_what, path, content, message) => {
    await expect(textFor(content === undefined ? {} : { [path]: content }, '', path)).rejects.toThrow(message);
  });
});

/** Parts of paths that YAML, our references and people trip over. */
const part = fc
  .oneof(
    fc.constantFrom(
      'a b',
      ' lead',
      'trail ',
      'c#d',
      'a: b',
      'key:',
      '- x',
      '? y',
      '*',
      '[a]',
      '{a,b}',
      '{{x}}',
      '$\u007bx}',
      "it's",
      '"q"',
      'a\nb',
      'a\r\nb',
      'tab\t',
      '\u2028',
      '\u0085',
      '\u200b',
      '\ud800',
      '😀',
      'ünïcödé',
      '日本語',
      '&a',
      '!b',
      '|',
      '>',
      '%',
      '@at',
      '`t`',
      '~',
      'c:',
      'repo:x',
      'http:',
      'null',
      'true',
      '1',
      '.5',
      '<team>',
      'TODO',
      'changeme',
      'example.com',
      '-',
      '--',
      '\\',
      'a\\b',
      '\u{e0001}',
      'a'.repeat(120),
    ),
    fc.string({ unit: anyCharacter, minLength: 1, maxLength: 6 }),
  )
  .map((text) => text.replaceAll('/', '_').replaceAll('\0', '_'))
  .filter((text) => text !== '.' && text !== '..' && text !== '');

const folder = fc.array(part, { minLength: 0, maxLength: 2 }).map((parts) => parts.map((it) => `${it}/`).join(''));

/** A file of a kind that is observed, somewhere odd. */
const file = fc.oneof(
  fc.tuple(folder, part).map(([at, name]) => [`${at}${name}.yaml`, RULES] as const),
  fc.tuple(folder, part).map(([at, name]) => [`${at}${name}.yaml`, SLO] as const),
  fc.tuple(folder, part).map(([at, name]) => [`${at}${name}.json`, DASHBOARD] as const),
  fc.tuple(folder, part).map(([at, name]) => [`${at}runbooks/${name}.md`, RUNBOOK] as const),
  folder.map((at) => [`${at}RUNBOOK.md`, RUNBOOK] as const),
  folder.map((at) => [`${at}compose.yaml`, COMPOSE] as const),
  fc
    .tuple(folder, part)
    .map(([at, name]) => [`${at}compose.yaml`, `services:\n  ${JSON.stringify(name)}: { image: postgres }\n`] as const),
  fc.tuple(folder, part, part, part).map(
    ([at, name, owner, words]) =>
      [
        `${at}catalog-info.yaml`,
        JSON.stringify({
          kind: 'Component',
          metadata: { name, description: `${words} of it all`, annotations: { 'pagerduty.com/id': words } },
          spec: { owner, lifecycle: words, dependsOn: [name, words] },
        }),
      ] as const,
  ),
  fc
    .tuple(part, part)
    .map(([name, words]) => ['package.json', JSON.stringify({ name, description: `Does ${words} well` })] as const),
  fc.tuple(folder, part, part).map(
    ([at, key, host]) =>
      [
        `${at}values.yaml`,
        JSON.stringify({
          [key]: { host },
          externalDatabase: { host, type: key },
          [`redis-${key}`]: `redis://${host}`,
        }),
      ] as const,
  ),
  part.map((owner) => ['CODEOWNERS', `* @lumenpay/${owner}\n`] as const),
  part.map((words) => ['README.md', `# Parcels\n\nThis service does ${words} for everyone. And more.\n`] as const),
  part.map(
    (uid) => ['d.json', JSON.stringify({ title: uid, uid, schemaVersion: 1, panels: [{ targets: [] }] })] as const,
  ),
);

describe('whatever a repository calls things', () => {
  it('the first manifest is valid, its paths exist, and it holds no placeholder', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 6 }), fc.constantFrom('', 'services/scan'), async (entries, dir) => {
        const files = Object.fromEntries(
          entries.map(([path, text]) => [dir === '' || path.startsWith('C') ? path : `${dir}/${path}`, text]),
        );
        // A catalogue's name that our schema does not allow cannot be agreed with.
        const findings = (await findingsOn(files, dir)).filter(({ rule }) => rule !== 'manifest/agrees-with-catalog');
        expect(broken(findings)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
