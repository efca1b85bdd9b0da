/** Chart.lock, and requirements.lock of charts of the first version: the charts that a chart depends on. */
import { compared } from '../compared.ts';
import { gapOver, notRead } from '../gaps.ts';
import type { Bare } from '../graph.ts';
import { type ChartDependency, dependenciesIn } from '../infrastructure/chart-dependencies.ts';
import type { Agreement, Disagreement, LockedPackage, LockFormat, LockResult, TextAt } from '../locked.ts';
import { edgeTo, type NamedNode, settleNamed } from '../named-graph.ts';
import { hostOf, isWord } from '../words.ts';

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
  const found = new Map<string, NamedNode>();
  const odd: number[] = [];
  const versionless: number[] = [];
  for (const it of list) {
    const { name, version, line } = it;
    const source = sourceOf(it);
    if (!isWord(name) || (version !== undefined && !isWord(version))) odd.push(line);
    else if (version === undefined && source !== 'path') versionless.push(line);
    else {
      const key = JSON.stringify([name, version, it.repository]);
      const bare = bareOf(it, name, source);
      found.set(key, found.get(key) ?? { bare, name, edges: [], stated: 'production' });
    }
  }
  const edges = asked?.list.flatMap(({ name, version }) => (name === undefined ? [] : [edgeTo(name, version)]));
  const project: readonly NamedNode[] = edges ? [{ folder: '', name: '', edges }] : [];
  return {
    packages: settleNamed([...project, ...found.values()]).packages,
    gaps: [
      ...gapOver('unparsed', odd, 'charts are not understood'),
      ...gapOver('no-version', versionless, 'charts have no version'),
    ],
  };
}

function bareOf({ version, repository, line }: ChartDependency, name: string, source: LockedPackage['source']): Bare {
  const registry = hostOf(repository);
  return {
    name,
    ...(version !== undefined && source !== 'path' && { version }),
    source,
    ...(registry && source === 'registry' && { registry }),
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
