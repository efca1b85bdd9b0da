/** Renovate's configuration. After docs.renovatebot.com/configuration-options and the presets that come with it. */
import type { Place } from '../../model.ts';
import { table } from '../../table.ts';
import { list, record, word } from '../plain-value.ts';
import type { Ecosystem, Preset, Updater } from './updater.ts';

/** Files Renovate reads, the first that is there; package.json by its key. */
export const RENOVATE =
  /^(?:(?:\.github\/|\.gitlab\/)?renovate\.(?:json|jsonc|json5)|\.renovaterc(?:\.(?:json|jsonc|json5))?)$/;

/** Managers by what they look after; several for some. */
const MANAGERS: Readonly<Record<string, Ecosystem>> = table({
  npm: 'npm',
  bun: 'npm',
  pip_requirements: 'pip',
  pip_setup: 'pip',
  'pip-compile': 'pip',
  pipenv: 'pip',
  poetry: 'pip',
  pep621: 'pip',
  'setup-cfg': 'pip',
  gomod: 'gomod',
  maven: 'maven',
  'maven-wrapper': 'maven',
  gradle: 'gradle',
  'gradle-wrapper': 'gradle',
  bundler: 'bundler',
  composer: 'composer',
  nuget: 'nuget',
  cargo: 'cargo',
  pub: 'pub',
  mix: 'mix',
  swift: 'swift',
  dockerfile: 'docker',
  kubernetes: 'docker',
  'docker-compose': 'docker-compose',
  'helm-values': 'docker',
  helmv3: 'helm',
  helmfile: 'helm',
  terraform: 'terraform',
  terragrunt: 'terraform',
  'github-actions': 'github-actions',
  gitlabci: 'gitlab-ci',
  'gitlabci-include': 'gitlab-ci',
  circleci: 'circleci',
  tekton: 'tekton',
  devcontainer: 'devcontainers',
  'pre-commit': 'pre-commit',
  'git-submodules': 'gitsubmodule',
});

/** Managers that do nothing until they are switched on. */
const OFF: readonly Ecosystem[] = ['pre-commit', 'gitsubmodule'];

/** Ignored by `:ignoreModulesAndTests`, which `config:recommended` takes in. */
const MODULES_AND_TESTS = [
  '**/node_modules/**',
  '**/bower_components/**',
  '**/vendor/**',
  '**/examples/**',
  '**/__tests__/**',
  '**/test/**',
  '**/tests/**',
  '**/__fixtures__/**',
];

const MOST_RULES = 500;

type Members = Readonly<Record<string, unknown>>;

/** What a configuration tells Renovate. `lineOf` gives the line of a key or a text. */
export function renovate(value: unknown, path: string, lineOf: (text: string) => number): Updater {
  const config = record(value);
  const presets = (Array.isArray(config.extends) ? config.extends : [config.extends]).flatMap(
    (it): readonly Preset[] => {
      const target = word(it);
      return target === undefined ? [] : [{ target, known: isKnown(target), at: { path, line: lineOf(target) } }];
    },
  );
  const names = presets.map(({ target }) => target);
  const inactive = whyNot(config, names);
  const elsewhere = presets.some(({ known }) => !known);
  const at: Place = { path, line: lineOf(config.enabled === false ? 'enabled' : 'extends') };
  return {
    tool: 'renovate',
    // Nothing but a preset of others: it says itself whether anything is switched on.
    active:
      inactive !== undefined
        ? 'no'
        : elsewhere &&
            config.enabled === undefined &&
            Object.keys(config).every((key) => /^(?:\$schema|extends)$/.test(key))
          ? 'elsewhere'
          : 'yes',
    ...(inactive !== undefined && { inactive }),
    watched: [],
    finds: {
      only: ecosystems([...managersIn(config), ...onlyBy(names)]),
      without: without(config, names),
      ignored: ignored(config, names),
    },
    presets,
    ...cooldownIn(config),
    at,
  };
}

const DAYS: Readonly<Record<string, number>> = table({ hour: 1 / 24, day: 1, week: 7, month: 30 });

/** E.g. `7 days`, for all packages or by a rule for some. */
function cooldownIn(config: Members): Pick<Updater, 'cooldown'> {
  const days = [config, ...rules(config)].flatMap((it) => {
    const [, count = '', unit = ''] =
      /^(\d{1,4})\s*(hour|day|week|month)s?$/i.exec(word(it.minimumReleaseAge)?.trim() ?? '') ?? [];
    return count === '' ? [] : [Number(count) * (DAYS[unit.toLowerCase()] ?? 1)];
  });
  return days.length === 0 ? {} : { cooldown: Math.max(...days) };
}

/** Presets that come with Renovate begin with a namespace of its own, or with `:`. */
function isKnown(target: string): boolean {
  return /^(?::[\w-]+|(?:config|default|docker|group|helpers|schedule|security|workarounds|mergeConfidence|customManagers|regexManagers|npm|packages|preview|replacements|monorepo|compatibility|abandonments|global|algolia)(?::[\w.-]+))(?:\(.*\))?$/.test(
    target,
  );
}

function whyNot(config: Members, presets: readonly string[]): string | undefined {
  if (config.enabled === false) return 'enabled is false';
  const all = rules(config).find((rule) => rule.enabled === false && narrowing(rule).length === 0);
  if (all) return 'a rule switches every package off';
  if (Array.isArray(config.enabledManagers) && config.enabledManagers.length === 0) return undefined;
  return presets.includes('security:only-security-updates') ? 'it proposes security updates only' : undefined;
}

function rules(config: Members): readonly Members[] {
  return list(config.packageRules).slice(0, MOST_RULES).map(record);
}

/** What a rule is limited to; `*` for all names is no limit. */
function narrowing(rule: Members): readonly string[] {
  return Object.entries(rule)
    .filter(
      ([key, it]) =>
        /^(?:match|exclude|paths|packageNames|packagePatterns|managers|datasources|depTypeList|updateTypes)/.test(
          key,
        ) && !isAll(it),
    )
    .map(([key]) => key);
}

function isAll(value: unknown): boolean {
  return list(value).length === 1 && /^(?:\*{1,2}|\.\*|\/\.\*\/|\/\^\.\*\$?\/)$/.test(word(list(value)[0]) ?? '');
}

function managersIn(config: Members): readonly string[] {
  return list(config.enabledManagers).flatMap((it) => word(it) ?? []);
}

function onlyBy(presets: readonly string[]): readonly string[] {
  return presets.includes(':onlyNpm') ? ['npm'] : [];
}

function ecosystems(managers: readonly string[]): readonly Ecosystem[] {
  return [
    ...new Set(managers.map((it): Ecosystem => (Object.hasOwn(MANAGERS, it) ? (MANAGERS[it] ?? 'other') : 'other'))),
  ];
}

/** Ecosystems all of whose managers are switched off; another one that looks after the same counts. */
function without(config: Members, presets: readonly string[]): readonly Ecosystem[] {
  const off = new Set<string>();
  const on = new Set<string>();
  for (const [manager, settings] of Object.entries(config)) {
    if (!Object.hasOwn(MANAGERS, manager)) continue;
    if (record(settings).enabled === false) off.add(manager);
    if (record(settings).enabled === true) on.add(manager);
  }
  for (const rule of rules(config)) {
    const limits = narrowing(rule);
    const managers = list(rule.matchManagers ?? rule.managers).flatMap((it) => word(it) ?? []);
    if (rule.enabled === false && limits.length === 1 && /anagers$/.test(limits[0] ?? ''))
      for (const it of managers) off.add(it);
  }
  if (presets.includes('docker:disable')) for (const it of ['dockerfile', 'docker-compose', 'circleci']) off.add(it);
  if (presets.includes(':enablePreCommit')) on.add('pre-commit');
  const gone = ecosystems([...off]).filter(
    (it) =>
      Object.keys(MANAGERS).every((manager) => MANAGERS[manager] !== it || off.has(manager) || isVariant(manager)) &&
      ![...on].some((manager) => MANAGERS[manager] === it),
  );
  const still = OFF.filter((it) => ![...on].some((manager) => MANAGERS[manager] === it));
  return [...new Set([...gone, ...still])];
}

/** Managers beside the main one of their ecosystem, which alone keep little of it up to date. */
function isVariant(manager: string): boolean {
  return /^(?:bun|maven-wrapper|gradle-wrapper|kubernetes|helm-values|helmfile|terragrunt|gitlabci-include|setup-cfg|pip_setup)$/.test(
    manager,
  );
}

function ignored(config: Members, presets: readonly string[]): readonly string[] {
  if (Array.isArray(config.ignorePaths)) return config.ignorePaths.slice(0, MOST_RULES).flatMap((it) => word(it) ?? []);
  return presets.some((it) =>
    /^(?:config:(?:recommended|base|best-practices|js-app|js-lib|semverAllMonthly|semverAllWeekly)|:ignoreModulesAndTests)$/.test(
      it,
    ),
  ) && !list(config.ignorePresets).includes(':ignoreModulesAndTests')
    ? MODULES_AND_TESTS
    : [];
}
