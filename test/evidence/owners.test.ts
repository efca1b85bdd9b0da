/** Who owns it, as the platforms read the files that say so. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCodeowners } from '../../src/evidence/owners/codeowners.ts';
import { ownerPattern } from '../../src/evidence/owners/codeowners-match.ts';
import { collector, type Facts } from '../../src/evidence/owners.ts';
import type { Gathered } from '../../src/model.ts';
import { anyCharacter } from '../any-character.ts';
import { HEAD, sourcesOf } from './sources-of.ts';

type Files = Readonly<Record<string, string>>;

async function gather(files: Files, options: Parameters<typeof sourcesOf>[1] = {}): Promise<Gathered<Facts>> {
  const gathered = await collector.collect(sourcesOf(files, options));
  expect(JSON.parse(JSON.stringify(gathered))).toEqual(gathered);
  return gathered;
}

const TREE = { 'src/main.ts': '', 'src/db/pool.ts': '', 'docs/a.md': '', 'docs/deep/b.md': '', Makefile: '' };

async function rulesOf(text: string, files: Files = TREE): Promise<readonly string[]> {
  const { facts } = await gather({ ...files, '.github/CODEOWNERS': text });
  return (facts.codeowners?.rules ?? []).map(
    ({ pattern, owners, decides, dead, at }) =>
      `${at.line} ${pattern} ${owners.join(',') || '-'} ${dead ? 'dead' : decides}`,
  );
}

describe('CODEOWNERS', () => {
  it('lets the last match win, as the platforms do', async () => {
    expect(await rulesOf('* @lumenpay/ledger\n* @lumenpay/metadata # both are meant, one counts\n')).toEqual([
      '1 * @lumenpay/ledger 0',
      '2 * @lumenpay/metadata 6',
    ]);
  });

  it('tells dead rules from those that a later one overrides', async () => {
    expect(
      await rulesOf('* @lumenpay/ledger\n/lib/ @lumenpay/db\n/src/db/ @lumenpay/db\n/src/ @lumenpay/core\n'),
    ).toEqual([
      '1 * @lumenpay/ledger 4',
      '2 /lib/ @lumenpay/db dead',
      '3 /src/db/ @lumenpay/db 0',
      '4 /src/ @lumenpay/core 2',
    ]);
  });

  it('takes a rule without an owner for what it is: nobody', async () => {
    const { facts } = await gather({ ...TREE, CODEOWNERS: '* @lumenpay/ledger\n/docs/\n' });
    expect([facts.files, facts.owned]).toEqual([6, 4]);
    expect(facts.uncovered).toEqual([{ folder: 'docs/', files: 2 }]);
  });

  it('tells a rule without an owner that takes files from one above it from one that does nothing', async () => {
    const { facts } = await gather({ ...TREE, CODEOWNERS: '/src/\n* @lumenpay/ledger\n/docs/\n/docs/deep/\n' });
    expect(facts.codeowners?.rules.map(({ pattern, exempts }) => `${pattern} ${exempts}`)).toEqual([
      '/src/ false',
      '* false',
      '/docs/ true',
      '/docs/deep/ false',
    ]);
  });

  it('reads GitLab sections with their default owners, and lets each section own', async () => {
    const text = '* @lumenpay/ledger\n\n[Database][2] @lumenpay/db\n/src/db/\n\n^[Docs]\n*.md docs@lumenpay.io\n';
    const { facts } = await gather({ ...TREE, '.gitlab/CODEOWNERS': text });
    expect(
      facts.codeowners?.rules.map(({ pattern, owners, section, decides }) => [
        pattern,
        owners.join(),
        section,
        decides,
      ]),
    ).toEqual([
      ['*', '@lumenpay/ledger', undefined, 6],
      ['/src/db/', '@lumenpay/db', 'Database', 1],
      ['*.md', 'docs@lumenpay.io', 'Docs', 2],
    ]);
  });

  it('finds conflict markers, and lines of another format', async () => {
    const { lines, faults } = readCodeowners(
      '<<<<<<< HEAD\n* @lumenpay/a\n=======\n* @lumenpay/b\n>>>>>>> main\nowners:\n  - team: ledger\n/docs ledger team\n',
    );
    expect(lines.map((it) => it.line)).toEqual([2, 4]);
    expect(faults.map(({ what, line }) => `${line} ${what}`)).toEqual([
      '1 conflict-marker',
      '3 conflict-marker',
      '5 conflict-marker',
      '6 not-codeowners',
      '7 not-codeowners',
      '8 not-codeowners',
    ]);
  });

  it('reads the first place that counts, and lists files in places that do not', async () => {
    const { facts } = await gather({
      ...TREE,
      CODEOWNERS: '* @lumenpay/root\n',
      '.github/CODEOWNERS': '* @lumenpay/github\n',
      'src/CODEOWNERS': '* @lumenpay/nobody\n',
      'test/CODEOWNERS': '* @x\n',
    });
    expect(facts.codeowners?.at).toEqual({ path: '.github/CODEOWNERS' });
    expect(facts.ignored).toEqual([{ path: 'src/CODEOWNERS' }]);
  });

  it('measures one service of several by its own files, dead rules by all', async () => {
    const files = {
      'services/ledger/gonogo.yaml': HEAD,
      'services/ledger/src/a.ts': '',
      'services/ledger/b.ts': '',
      'services/billing/a.ts': '',
      CODEOWNERS: '/services/billing/ @lumenpay/billing\n/services/ledger/src/ @lumenpay/ledger\n',
    };
    const { facts } = await gather(files, { dir: 'services/ledger' });
    expect(facts.codeowners?.rules.map(({ decides, dead }) => [decides, dead])).toEqual([
      [0, false],
      [1, false],
    ]);
    expect(facts.uncovered).toEqual([{ folder: 'services/ledger/', files: 2 }]);
  });

  it('counts neither tests nor vendored files as the service’s own', async () => {
    const { facts } = await gather({
      ...TREE,
      'test/a.ts': '',
      'vendor/x.ts': '',
      CODEOWNERS: '/src/ @lumenpay/ledger\n',
    });
    expect([facts.files, facts.owned]).toEqual([6, 2]);
  });

  it('says nothing where there is none', async () => {
    const { facts } = await gather(TREE);
    expect(facts).toMatchObject({ ignored: [], files: 5, owned: 0 });
    expect(facts.codeowners).toBeUndefined();
  });

  it.each([
    ['*', 'a/b.ts', true],
    ['*.ts', 'a/b.ts', true],
    ['/src', 'src/a/b.ts', true],
    ['src/', 'lib/src/a.ts', true],
    ['/src/', 'lib/src/a.ts', false],
    ['docs/*', 'docs/a.md', true],
    ['docs/*', 'docs/deep/a.md', false],
    ['docs/**', 'docs/deep/a.md', true],
    ['**/db/*', 'src/db/a.ts', true],
    ['apps/*/src/', 'apps/x/src/a.ts', true],
    ['Docs/', 'docs/a.md', false],
    ['a\\ b/', 'a b/c.ts', true],
    ['/src/db', 'src/dbx/a.ts', false],
  ])('%s and %s', (pattern, path, matches) => {
    expect(ownerPattern(pattern)(path)).toBe(matches);
  });

  it('is read without a throw whatever it holds', () => {
    const pieces = fc.constantFrom('*', '/', '[a', ']', '!', '\\', ' ', '#', '@x', '\n', '**', '{', '<<<<<<< ', '^[s]');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: anyCharacter }),
          fc.array(pieces, { maxLength: 20 }).map((it) => it.join('')),
        ),
        (text) => {
          for (const { pattern } of readCodeowners(text).lines)
            expect(ownerPattern(pattern)('src/a.ts')).toBeTypeOf('boolean');
        },
      ),
    );
  });
});

describe('OWNERS', () => {
  it('counts those above the service', async () => {
    const { facts } = await gather(
      {
        OWNERS: 'approvers:\n  - ada\nreviewers:\n  - ben\n',
        'services/ledger/OWNERS': 'approvers: [cyd]\n',
        'services/billing/OWNERS': 'approvers: [dan]\n',
        'services/ledger/a.ts': '',
      },
      { dir: 'services/ledger' },
    );
    expect(facts.approvers).toEqual([
      { at: { path: 'OWNERS' }, approvers: ['ada'], reviewers: ['ben'] },
      { at: { path: 'services/ledger/OWNERS' }, approvers: ['cyd'], reviewers: [] },
    ]);
  });
});

async function entries(path: string, text: string): Promise<Facts['catalog']> {
  return (await gather({ [path]: text })).facts.catalog;
}

describe('catalogue files', () => {
  it('Backstage: only components, with places', async () => {
    const text = `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: payments }
spec: { owner: group:platform }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ledger
  labels: { lumenpay.io/tier: "1" }
  annotations:
    pagerduty.com/integration-key: P1
  links:
    - title: Notes without an address
    - { url: https://wiki.lumenpay.io/ledger, title: Runbook }
    - { url: https://grafana.lumenpay.io/d/1, icon: dashboard }
spec:
  type: service
  lifecycle: production
  owner: group:default/team-ledger
  dependsOn: [resource:default/ledger-db, "component:rates"]
  consumesApis: [fx-api]
`;
    const [entry, ...more] = await entries('catalog/catalog-info.yaml', text);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      format: 'backstage',
      name: { value: 'ledger' },
      owner: { value: 'team-ledger', at: { path: 'catalog/catalog-info.yaml', line: 20 } },
      tier: { value: '1' },
      stage: { value: 'live', written: 'production' },
    });
    expect(entry?.dependencies.map((it) => it.value)).toEqual(['ledger-db', 'rates', 'fx-api']);
    expect(entry?.oncall.map((it) => it.value)).toEqual(['P1']);
    expect(entry?.runbooks.map((it) => [it.value, it.at.line])).toEqual([['https://wiki.lumenpay.io/ledger', 15]]);
    expect(entry?.dashboards.map((it) => it.value)).toEqual(['https://grafana.lumenpay.io/d/1']);
  });

  it('leaves a person a person', async () => {
    expect(
      (await entries('catalog-info.yaml', 'kind: Component\nmetadata: { name: a }\nspec: { owner: "user:ada" }\n'))[0]
        ?.owner?.value,
    ).toBe('user:ada');
  });

  it.each([
    [
      'opslevel.yml',
      'version: 1\nservice:\n  name: ledger\n  owner: team-ledger\n  tier: tier_1\n  lifecycle: end_of_life\n  dependencies:\n    - alias: rates\n  tools:\n    - { name: Pager, category: on_call, url: https://p }\n',
      { owner: 'team-ledger', tier: 'tier_1', stage: 'sunset', dependencies: ['rates'], oncall: ['https://p'] },
    ],
    [
      'cortex.yaml',
      'openapi: 3.0.1\ninfo:\n  title: Ledger\n  x-cortex-tag: ledger\n  x-cortex-owners:\n    - { type: email, email: ada@lumenpay.io }\n    - { type: group, name: team-ledger }\n  x-cortex-groups: [tier-2]\n  x-cortex-oncall: { opsgenie: { id: S1 } }\n  x-cortex-dependency: [{ tag: rates }]\n  x-cortex-link: [{ name: Steps, type: runbook, url: https://r }]\n',
      { owner: 'team-ledger', tier: 'tier-2', dependencies: ['rates'], oncall: ['S1'], runbooks: ['https://r'] },
    ],
    [
      'compass.yml',
      'name: ledger\nconfigVersion: 1\nownerId: ari:cloud:identity::team/1\nfields: { tier: 2, lifecycle: Active }\nlinks:\n  - { name: Rota, type: ON_CALL, url: https://o }\n',
      { tier: '2', stage: 'live', oncall: ['https://o'] },
    ],
    [
      'service.datadog.yaml',
      'schema-version: v2.2\ndd-service: ledger\nteam: team-ledger\ntier: High\nlifecycle: production\nlinks:\n  - { name: Steps, type: runbook, url: https://r }\nintegrations:\n  pagerduty: { service-url: https://p }\n',
      { owner: 'team-ledger', tier: 'High', stage: 'live', oncall: ['https://p'], runbooks: ['https://r'] },
    ],
    [
      'entity.datadog.yaml',
      'apiVersion: v3\nkind: service\nmetadata: { name: ledger, owner: team-ledger }\nspec: { tier: "1", dependsOn: ["service:rates"] }\nintegrations: { opsgenie: { serviceURL: https://o } }\n',
      { owner: 'team-ledger', tier: '1', dependencies: ['rates'], oncall: ['https://o'] },
    ],
    [
      'score.yaml',
      'apiVersion: score.dev/v1b1\nmetadata: { name: ledger }\nresources: { db: { type: postgres } }\n',
      { dependencies: ['postgres'] },
    ],
    [
      '.nais/app-prod.yaml',
      'apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: ledger\n  labels: { team: team-ledger }\nspec:\n  image: {{image}}\n',
      { owner: 'team-ledger' },
    ],
  ])('%s', async (path, text, expected) => {
    const found = await entries(path, text);
    expect(found.map((entry) => entry.name?.value)).toEqual(['ledger']);
    const { owner, tier, stage, dependencies, oncall, runbooks } = found[0] ?? {};
    const values = {
      owner: owner?.value,
      tier: tier?.value,
      stage: stage?.value,
      dependencies: dependencies?.map((it) => it.value),
      oncall: oncall?.map((it) => it.value),
      runbooks: runbooks?.map((it) => it.value),
    };
    expect(values).toEqual({
      owner: undefined,
      tier: undefined,
      stage: undefined,
      dependencies: [],
      oncall: [],
      runbooks: [],
      ...expected,
    });
  });

  it('of registers elsewhere give a number', async () => {
    const { facts } = await gather({
      'es-metadata.yml': 'isProduction: true\naccountableOwners:\n  # who answers\n  service: 4db45fa9-fb0f\n',
      'chart/values-prod.yaml': 'generic-service:\n  productId: "LUMEN042"\n',
      'chart/values.yaml': 'shop:\n  productId: banana\n',
    });
    expect(facts.registered.map(({ id, at }) => [id, at.path, at.line])).toEqual([
      ['LUMEN042', 'chart/values-prod.yaml', 2],
      ['4db45fa9-fb0f', 'es-metadata.yml', 4],
    ]);
  });

  it('passes over what only has the name of one', async () => {
    expect(await entries('opslevel.yml', 'version: 1\nrepository:\n  owner: x\n  tier:\n')).toEqual([]);
    expect(await entries('score.yaml', 'home: 3\naway: 1\n')).toEqual([]);
    expect(await entries('.nais/prod-vars.yaml', 'replicas: 2\n')).toEqual([]);
    expect(await entries('.nais/README.md', '# Nais: "x\n')).toEqual([]);
    expect(
      await entries('entity.datadog.yaml', 'apiVersion: v3\nkind: system\nmetadata: { name: payments }\n'),
    ).toEqual([]);
  });

  it('above a service counts where it names the service', async () => {
    const component = (name: string): string =>
      `kind: Component\nmetadata: { name: ${name} }\nspec: { owner: team-${name} }\n`;
    const files = {
      'services/ledger/gonogo.yaml': HEAD,
      'catalog-info.yaml': `${component('billing')}---\n${component('ledger')}`,
      'services/billing/catalog-info.yaml': component('ledger'),
    };
    const { facts } = await gather(files, { dir: 'services/ledger' });
    expect(facts.catalog.map(({ owner, at }) => [owner?.value, at.path, at.line])).toEqual([
      ['team-ledger', 'catalog-info.yaml', 5],
    ]);
  });

  it('says what it cannot read', async () => {
    const { facts, unread } = await gather({ 'catalog-info.yaml': 'kind: Component\nmetadata: [\n' });
    expect(facts.catalog).toEqual([]);
    expect(unread).toMatchObject([{ at: { path: 'catalog-info.yaml' }, reason: 'invalid-syntax' }]);
  });
});
