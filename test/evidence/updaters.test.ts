/** Updaters: whether they propose anything, what they watch, and what of the repository they keep up to date. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverage } from '../../src/evidence/updaters/coverage.ts';
import type { Manifest, Updater } from '../../src/evidence/updaters/updater.ts';
import { collector, type Facts } from '../../src/evidence/updaters.ts';
import type { Gathered } from '../../src/model.ts';
import { collected, spot } from './collected.ts';

type Files = Readonly<Record<string, string>>;

async function read(files: Files): Promise<Gathered<Facts>> {
  return collected(collector, files);
}

async function only(files: Files): Promise<Updater> {
  const { facts } = await read(files);
  expect(facts.updaters).toHaveLength(1);
  return facts.updaters[0] as Updater;
}

/** "npm app: yes" for everything that could be kept up to date. */
async function covered(files: Files): Promise<readonly string[]> {
  const { facts } = await read(files);
  return facts.manifests.map((manifest) => {
    const answers = facts.updaters.map((it) => coverage(it, manifest, facts.manifests));
    const best = (['yes', 'perhaps', 'partly'] as const).find((it) => answers.includes(it)) ?? 'no';
    return `${manifest.ecosystem} ${manifest.folder || '/'}: ${best}`;
  });
}

function dependabot(...updates: readonly string[]): string {
  return `version: 2\nupdates:\n${updates.map((it) => `  - { ${it} }\n`).join('')}`;
}

const WEEKLY = 'schedule: { interval: weekly }';
const HERE: Files = {
  'package.json': '{"dependencies":{"a":"1"}}',
  'web/package.json': '{"dependencies":{"a":"1"}}',
  'tools/requirements.txt': 'a==1\n',
  Dockerfile: 'FROM node:20\n',
  '.github/workflows/ci.yml': 'on: push\njobs: { a: { steps: [{ uses: a/b@v1 }] } }\n',
};

describe('Dependabot', () => {
  it('watches ecosystems in folders', async () => {
    const updater = await only({
      '.github/dependabot.yaml': dependabot(
        `package-ecosystem: npm, directory: /, ${WEEKLY}, target-branch: next`,
        `package-ecosystem: uv, directories: ["/tools/", "/svc/*"], ${WEEKLY}`,
      ),
    });
    expect(updater).toMatchObject({
      active: 'yes',
      watched: [
        { ecosystem: 'npm', folders: [''], schedule: 'weekly', branch: 'next', at: { line: 3 } },
        { ecosystem: 'pip', as: 'uv', folders: ['tools', 'svc/*'], at: { line: 4 } },
      ],
    });
  });

  it.each<[string, string, string | undefined]>([
    [
      'none opened',
      `package-ecosystem: npm, directory: /, open-pull-requests-limit: 0, ${WEEKLY}`,
      'open-pull-requests-limit is 0',
    ],
    [
      'all ignored',
      `package-ecosystem: npm, directory: /, ignore: [{ dependency-name: "*" }], ${WEEKLY}`,
      'it ignores every package',
    ],
    [
      'majors ignored',
      `package-ecosystem: npm, directory: /, ignore: [{ dependency-name: "*", update-types: ["version-update:semver-major"] }], ${WEEKLY}`,
      undefined,
    ],
    [
      'one package ignored',
      `package-ecosystem: npm, directory: /, ignore: [{ dependency-name: react }], ${WEEKLY}`,
      undefined,
    ],
    ['no schedule', 'package-ecosystem: npm, directory: /', 'it has no schedule'],
  ])('with %s', async (_, update, inactive) => {
    const updater = await only({ '.github/dependabot.yml': dependabot(update) });
    expect([updater.active, updater.inactive]).toEqual([inactive === undefined ? 'yes' : 'no', inactive]);
  });

  it('takes the schedule of a group of ecosystems, and says when it is told patterns only', async () => {
    const text = `version: 2\nmulti-ecosystem-groups: { infra: { schedule: { interval: monthly } } }\nupdates:\n  - { package-ecosystem: docker, directory: /, multi-ecosystem-group: infra, patterns: ["node"] }\n  - { package-ecosystem: terraform, directory: /, multi-ecosystem-group: infra, patterns: ["*"] }\n`;
    const { watched } = await only({ '.github/dependabot.yml': text });
    expect(watched.map(({ schedule, partly }) => [schedule, partly])).toEqual([
      ['monthly', 'it is told patterns only: node'],
      ['monthly', undefined],
    ]);
  });

  it('looks after a folder partly where every entry of it is limited to names', async () => {
    const limited = `package-ecosystem: npm, directory: /, allow: [{ dependency-name: "a" }], ${WEEKLY}`;
    const files = { 'package.json': '{"dependencies":{"a":"1"}}' };
    expect(await covered({ ...files, '.github/dependabot.yml': dependabot(limited) })).toEqual(['npm /: partly']);
    const both = dependabot(limited, `package-ecosystem: npm, directory: /, ${WEEKLY}`);
    expect(await covered({ ...files, '.github/dependabot.yml': both })).toEqual(['npm /: yes']);
  });

  it('does nothing without its version', async () => {
    expect(await only({ '.github/dependabot.yml': 'updates: [{ package-ecosystem: npm }]' })).toMatchObject({
      active: 'no',
    });
  });

  it('does not look below the folder it is told, but for what gathers them', async () => {
    const file = {
      '.github/dependabot.yml': dependabot(
        `package-ecosystem: npm, directory: /, ${WEEKLY}`,
        `package-ecosystem: github-actions, directory: /, ${WEEKLY}`,
      ),
    };
    expect(await covered({ ...HERE, ...file })).toEqual([
      'github-actions /: yes',
      'docker /: no',
      'npm /: yes',
      'pip tools: no',
      'npm web: no',
    ]);
    const workspaces = { 'package.json': '{"workspaces":["web"],"dependencies":{"a":"1"}}' };
    expect(await covered({ ...HERE, ...file, ...workspaces })).toContain('npm web: yes');
  });

  it.each([
    ['/**', 'a/b: yes'],
    ['/*', 'a/b: no'],
    ['/a/*', 'a/b: yes'],
    ['/a/b*', 'a/b: yes'],
    ['**/*', 'a/b: yes'],
  ])('looks into the folders that fit %s', async (pattern, expected) => {
    const file = dependabot(`package-ecosystem: gomod, directories: ["${pattern}"], ${WEEKLY}`);
    expect(await covered({ 'a/b/go.mod': 'module x\ngo 1.22\n', '.github/dependabot.yml': file })).toEqual([
      `gomod ${expected}`,
    ]);
  });
});

describe('Renovate', () => {
  it('finds everything by itself, with a preset that is known', async () => {
    const files = { ...HERE, 'renovate.json': '{ "extends": ["config:recommended"] }' };
    expect((await only(files)).active).toBe('yes');
    expect(new Set((await covered(files)).map((it) => it.split(': ')[1]))).toEqual(new Set(['yes']));
  });

  it('is switched off, limited to managers, or without some', async () => {
    expect(await only({ 'renovate.json': '{"enabled": false}' })).toMatchObject({
      active: 'no',
      inactive: 'enabled is false',
    });
    const tekton = await covered({
      ...HERE,
      '.github/renovate.json5': "{\n  // images of tasks\n  enabledManagers: ['tekton'],\n}\n",
    });
    expect(new Set(tekton.map((it) => it.split(': ')[1]))).toEqual(new Set(['no']));
    const compiled = { '.renovaterc': '{"pip_requirements":{"enabled":false},"pip-compile":{"enabled":true}}' };
    expect(await covered({ ...HERE, ...compiled })).toContain('pip tools: yes');
    const rule = {
      '.renovaterc.json':
        '{"packageRules":[{"matchManagers":["dockerfile"],"enabled":false},{"matchManagers":["npm"],"matchDepNames":["a"],"enabled":false}]}',
    };
    const answers = await covered({ ...HERE, ...rule });
    expect(answers).toContain('docker /: no');
    expect(answers).toContain('npm /: yes');
  });

  it('leaves to another repository what its preset says', async () => {
    const files = {
      ...HERE,
      'renovate.json': '{\n  "$schema": "x",\n  "extends": [\n    "local>lumen/renovate-config"\n  ]\n}\n',
    };
    const { facts, delegated } = await read(files);
    expect(facts.updaters[0]?.active).toBe('elsewhere');
    expect(delegated.map(({ at, to }) => `${spot(at)} ${to}`)).toEqual(['renovate.json:4 local>lumen/renovate-config']);
    expect(new Set((await covered(files)).map((it) => it.split(': ')[1]))).toEqual(new Set(['perhaps']));
  });

  it('is configured in package.json, too, and ignores what it is told', async () => {
    const files = {
      'package.json':
        '{"dependencies":{"a":"1"},"renovate":{"extends":["config:base",":semanticCommits"],"ignorePaths":["web/**"]}}',
      'web/package.json': '{"dependencies":{"a":"1"}}',
    };
    expect(await covered(files)).toEqual(['npm /: yes', 'npm web: no']);
  });

  it('is unread where it is no JSON5', async () => {
    const { facts, unread } = await read({ 'renovate.json': '{ "extends": [ }' });
    expect([facts.updaters, unread.map(({ reason }) => reason)]).toEqual([[], ['invalid-syntax']]);
  });
});

describe('a cooldown', () => {
  it('is the longest that is written, in days', async () => {
    const cooled = dependabot(
      `package-ecosystem: npm, directory: /, ${WEEKLY}, cooldown: { default-days: 5, semver-major-days: 30 }`,
      `package-ecosystem: docker, directory: /, ${WEEKLY}`,
    );
    expect((await only({ '.github/dependabot.yml': cooled })).cooldown).toBe(30);
    const rules =
      '{"minimumReleaseAge":"3 days","packageRules":[{"matchUpdateTypes":["major"],"minimumReleaseAge":"2 weeks"}]}';
    expect((await only({ 'renovate.json': rules })).cooldown).toBe(14);
  });

  it('is none where nothing is written that is one', async () => {
    const files = { 'renovate.json': '{"minimumReleaseAge":"a while","packageRules":[{"minimumReleaseAge":null}]}' };
    expect(await only(files)).not.toHaveProperty('cooldown');
  });
});

describe('both', () => {
  it('are read together, each for its own', async () => {
    const files = {
      ...HERE,
      'renovate.json': '{"enabledManagers":["dockerfile"]}',
      '.github/dependabot.yml': dependabot(`package-ecosystem: npm, directory: /, ${WEEKLY}`),
    };
    expect(await covered(files)).toEqual([
      'github-actions /: no',
      'docker /: yes',
      'npm /: yes',
      'pip tools: no',
      'npm web: no',
    ]);
  });

  it('never throw, whatever their files hold', async () => {
    const keys = [
      'version',
      'updates',
      'package-ecosystem',
      'directory',
      'directories',
      'ignore',
      'dependency-name',
      'extends',
      'packageRules',
      'matchManagers',
      'enabled',
      'enabledManagers',
      'ignorePaths',
      'npm',
      'multi-ecosystem-groups',
      'renovate',
      '__proto__',
      'constructor',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('npm', '/', '**', '*', 'x', 2, 0, true, false, null, 'constructor'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
      ),
    }));
    const path = fc.constantFrom('.github/dependabot.yml', 'renovate.json', '.renovaterc', 'package.json');
    await fc.assert(
      fc.asyncProperty(
        path,
        fc.oneof(
          tree.map((it) => JSON.stringify(it)),
          fc.string(),
        ),
        async (file, text) => {
          const { facts } = await read({ ...(file === 'package.json' ? {} : HERE), [file]: text });
          for (const updater of facts.updaters)
            for (const manifest of facts.manifests)
              expect(['yes', 'no', 'perhaps']).toContain(coverage(updater, manifest as Manifest, facts.manifests));
        },
      ),
      { numRuns: 200 },
    );
  });
});
