/** Chart.lock, and requirements.lock of charts of the first version: the charts that a chart depends on. */
import { compared } from '../compared.ts';
import { gapOver, notRead } from '../gap-over.ts';
import { type ChartDependency, dependenciesIn } from '../infrastructure/chart-dependencies.ts';
import type { Agreement, Disagreement, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { ways } from '../ways.ts';
import { hostOf, isWord, UNREADABLE } from '../words.ts';

export const format: LockFormat = {
  name: 'helm',
  ecosystem: 'Helm',
  files: /^(?:Chart|requirements)\.lock$/,
  manifests: /^(?:Chart|requirements)\.yaml$/,
  read,
  agree,
};

function read(lock: TextAt, manifests: readonly TextAt[]): LockResult {
  const list = dependenciesIn(lock.text);
  if (!list) return notRead('it is not the list of dependencies that Helm writes');
  const asked = askedBy(lock, manifests);
  const requires = ways();
  for (const { name, version } of asked?.list ?? [])
    if (name !== undefined) requires.add(name, '', version ?? UNREADABLE);
  const found = new Map<string, LockedPackage>();
  const odd: number[] = [];
  const versionless: number[] = [];
  for (const it of list) {
    const { name, version, line } = it;
    const source = sourceOf(it);
    if (!isWord(name) || (version !== undefined && !isWord(version))) odd.push(line);
    else if (version === undefined && source !== 'path') versionless.push(line);
    else {
      const key = JSON.stringify([name, version, it.repository]);
      const isNamed = asked?.list.some((one) => one.name === name);
      found.set(key, found.get(key) ?? packageOf(it, name, source, isNamed, requires.to(name)));
    }
  }
  return {
    packages: [...found.values()],
    gaps: [
      ...gapOver('unparsed', odd, 'charts are not understood'),
      ...gapOver('no-version', versionless, 'charts have no version'),
    ],
  };
}

function packageOf(
  { version, repository, line }: ChartDependency,
  name: string,
  source: LockedPackage['source'],
  isNamed: boolean | undefined,
  requiredBy: LockedPackage['requiredBy'],
): LockedPackage {
  const registry = hostOf(repository);
  return {
    name,
    ...(version !== undefined && source !== 'path' && { version }),
    source,
    ...(registry && source === 'registry' && { registry }),
    scope: 'production',
    direct: isNamed,
    requiredBy,
    line,
  };
}

/** A chart without a repository is a folder below `charts/`. */
function sourceOf({ repository }: ChartDependency): LockedPackage['source'] {
  if (repository === undefined) return 'unknown';
  return repository === '' || repository.startsWith('file://') ? 'path' : 'registry';
}

/** What Chart.yaml beside Chart.lock lists, and requirements.yaml beside requirements.lock. */
function askedBy(
  lock: TextAt,
  manifests: readonly TextAt[],
): { readonly path: string; readonly list: readonly ChartDependency[] } | undefined {
  const path = lock.path.replace(/\.lock$/, '.yaml');
  const manifest = manifests.find((it) => it.path === path);
  const list = manifest && dependenciesIn(manifest.text);
  return list && { path, list };
}

function agree(lock: TextAt, manifests: readonly TextAt[]): Agreement {
  const asked = askedBy(lock, manifests);
  if (!asked)
    return {
      disagreements: [],
      compared: 0,
      untold: ['what it is asked for: no list of dependencies that can be read is beside it'],
    };
  const { path, list } = asked;
  const { packages } = read(lock, manifests);
  const wanted = list.flatMap(({ name, version, line }) =>
    name === undefined ? [] : [{ name, at: { path, line }, ...(version !== undefined && { range: version }) }],
  );
  const unnamed = list.length > wanted.length ? [`which chart an entry of ${path} is`] : [];
  const answer = compared('Helm', wanted, packages, unnamed);
  const names = new Set(wanted.map(({ name }) => name));
  const left = packages.filter(({ name }) => !names.has(name) && unnamed.length === 0);
  const gone: readonly Disagreement[] = left.map(({ name, line }) => ({
    name,
    say: `is locked, and ${path} does not ask for it`,
    at: { path: lock.path, line },
  }));
  return { ...answer, disagreements: [...answer.disagreements, ...gone] };
}
