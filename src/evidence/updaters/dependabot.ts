/** Dependabot's configuration. After docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference. */
import type { Place } from '../../model.ts';
import { table } from '../../table.ts';
import { list, record, word } from '../plain-value.ts';
import type { YamlDocument, YamlPath } from '../yaml/yaml.ts';
import type { Ecosystem, Updater, Watched } from './updater.ts';

/** Files GitHub reads. */
export const DEPENDABOT = /^\.github\/dependabot\.ya?ml$/;

const MOST_UPDATES = 500;

const NAMES: Readonly<Record<string, Ecosystem>> = table({
  bun: 'npm',
  uv: 'pip',
  opentofu: 'terraform',
  'dotnet-sdk': 'nuget',
});
const KNOWN =
  /^(?:npm|pip|gomod|maven|gradle|bundler|composer|nuget|cargo|pub|mix|swift|docker|docker-compose|helm|terraform|github-actions|devcontainers|gitsubmodule)$/;

/** What a file tells Dependabot. */
export function dependabot(document: YamlDocument, path: string): Updater {
  const value = record(document.value);
  const at = (where: YamlPath): Place => ({ path, line: document.at(where).line });
  const groups = record(value['multi-ecosystem-groups']);
  const watched = list(value.updates)
    .slice(0, MOST_UPDATES)
    .map((it, index) => watchedBy(record(it), groups, at(['updates', index])));
  const inactive = whyNot(value, watched);
  return {
    tool: 'dependabot',
    active: inactive === undefined ? 'yes' : 'no',
    ...(inactive !== undefined && { inactive }),
    watched,
    presets: [],
    ...cooldownIn(list(value.updates).slice(0, MOST_UPDATES).map(record)),
    at: at(['updates']),
  };
}

/** After the options reference: days in all, and by how large the step is. */
function cooldownIn(updates: readonly Members[]): Pick<Updater, 'cooldown'> {
  const days = updates
    .flatMap(({ cooldown }) => Object.entries(record(cooldown)))
    .flatMap(([key, value]) => (key.endsWith('-days') && typeof value === 'number' && value >= 0 ? [value] : []));
  return days.length === 0 ? {} : { cooldown: Math.max(...days) };
}

function whyNot(value: Readonly<Record<string, unknown>>, watched: readonly Watched[]): string | undefined {
  if (word(value.version) !== '2') return 'it has no `version: 2`, which it cannot do without';
  if (watched.length === 0) return 'it watches nothing';
  const [first] = watched;
  return watched.every(({ idle }) => idle !== undefined) ? first?.idle : undefined;
}

type Members = Readonly<Record<string, unknown>>;

function watchedBy(update: Members, groups: Members, at: Place): Watched {
  const as = word(update['package-ecosystem']) ?? '';
  const folders = [update.directory, ...list(update.directories)].flatMap((it) => word(it) ?? []).map(plainFolder);
  const group = record(groups[word(update['multi-ecosystem-group']) ?? '']);
  const schedule = record(update.schedule ?? group.schedule);
  const every = word(schedule.interval) === 'cron' ? word(schedule.cronjob) : word(schedule.interval);
  const idle = idleBy(update, every);
  const partly = partlyBy(update);
  const branch = word(update['target-branch'] ?? group['target-branch']);
  return {
    ecosystem: KNOWN.test(as) ? (as as Ecosystem) : (NAMES[as] ?? 'other'),
    as,
    folders,
    excluded: list(update['exclude-paths']).flatMap((it) => word(it) ?? []),
    ...(every !== undefined && { schedule: every }),
    ...(idle !== undefined && { idle }),
    ...(partly !== undefined && { partly }),
    ...(branch !== undefined && { branch }),
    at,
  };
}

/** Without slashes at the ends; the root is empty. */
function plainFolder(written: string): string {
  return written
    .trim()
    .replace(/^\.?\/+|\/+$/g, '')
    .replace(/^\.$/, '');
}

const UPDATES = ['version-update:semver-major', 'version-update:semver-minor', 'version-update:semver-patch'];

function idleBy(update: Members, every: string | undefined): string | undefined {
  if (word(update['open-pull-requests-limit']) === '0') return 'open-pull-requests-limit is 0';
  const all = list(update.ignore)
    .map(record)
    .find(
      (it) =>
        word(it['dependency-name']) === '*' &&
        it.versions === undefined &&
        UPDATES.every((type) => it['update-types'] === undefined || list(it['update-types']).includes(type)),
    );
  if (all) return 'it ignores every package';
  return every === undefined ? 'it has no schedule' : undefined;
}

function partlyBy(update: Members): string | undefined {
  const allowed = list(update.allow).map(record);
  if (allowed.length > 0 && allowed.every((it) => it['dependency-name'] !== undefined && it['dependency-name'] !== '*'))
    return `it is allowed ${allowed.length} names or patterns only`;
  if (allowed.some((it) => it['update-types'] !== undefined)) return 'it is allowed some kinds of updates only';
  const patterns = list(update.patterns).flatMap((it) => word(it) ?? []);
  return update['multi-ecosystem-group'] !== undefined && patterns.length > 0 && !patterns.includes('*')
    ? `it is told patterns only: ${patterns.slice(0, 3).join(', ')}`
    : undefined;
}
