import { describe, expect, it } from 'vitest';
import { discoverServices, manifestsIn } from '../../src/manifest/discover.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import type { Repo } from '../../src/repo/repo.ts';
import { HEAD } from './reading.ts';

const KUBERNETES = 'apiVersion: v1\nkind: Service\nmetadata: { name: fx }\n';

function repo(paths: readonly string[], texts: Readonly<Record<string, string>> = {}): Repo {
  return memoryRepo({ files: { ...Object.fromEntries(paths.map((path) => [path, HEAD])), ...texts } });
}

function found(its: Repo, dir = ''): readonly string[] {
  return discoverServices(its, dir).manifests.map(({ path }) => path);
}

describe('discovery', () => {
  it('finds every name we have, one for each folder, by path', () => {
    const its = repo([
      'z/gonogo.yml',
      'gonogo.yaml',
      'a/gonogo.json',
      'b/.gonogo.yaml',
      'b/c/gonogo.yaml',
      'b/other.yaml',
    ]);
    expect(discoverServices(its, '').manifests).toEqual([
      { path: 'a/gonogo.json', dir: 'a' },
      { path: 'b/.gonogo.yaml', dir: 'b' },
      { path: 'b/c/gonogo.yaml', dir: 'b/c' },
      { path: 'gonogo.yaml', dir: '' },
      { path: 'z/gonogo.yml', dir: 'z' },
    ]);
    expect(found(its, 'b')).toEqual(['b/.gonogo.yaml', 'b/c/gonogo.yaml']);
  });

  it('does not take a folder for one whose name begins alike', () => {
    expect(found(repo(['fx/gonogo.yaml', 'fx-old/gonogo.yaml']), 'fx')).toEqual(['fx/gonogo.yaml']);
  });

  it('leaves vendored, test and example trees alone', () => {
    const its = repo([
      'gonogo.yaml',
      'node_modules/a/gonogo.yaml',
      'vendor/b/gonogo.yaml',
      'test/fixtures/c/gonogo.yaml',
      'examples/d/gonogo.yaml',
      'tests/gonogo.yaml',
    ]);
    expect(found(its)).toEqual(['gonogo.yaml']);
  });

  it('judges a folder inside such a tree when it is asked to', () => {
    const its = repo(['fixtures/services/fx/gonogo.yaml', 'fixtures/services/fx/test/gonogo.yaml']);
    expect(found(its)).toEqual([]);
    expect(found(its, 'fixtures/services/fx')).toEqual(['fixtures/services/fx/gonogo.yaml']);
  });

  it('takes the first of several names in a folder; the others are its rivals', () => {
    const its = repo(['a/gonogo.yml', 'a/gonogo.yaml', 'a/.gonogo.yaml']);
    expect(found(its)).toEqual(['a/gonogo.yaml']);
    expect(manifestsIn(its, 'a')).toEqual(['a/gonogo.yaml', 'a/gonogo.yml', 'a/.gonogo.yaml']);
  });
});

describe('service.yaml', () => {
  it('is ours only when it says so', () => {
    const texts = {
      'a/service.yaml': `# ours\n${HEAD}`,
      'b/service.yml': `"apiVersion": "gonogo/v1"\n`,
      'c/service.yaml': KUBERNETES,
    };
    expect(found(repo([], texts))).toEqual(['a/service.yaml', 'b/service.yml']);
  });

  it('does not become ours by what it contains', () => {
    const map = 'apiVersion: v1\nkind: ConfigMap\ndata:\n  gonogo: |\n    apiVersion: gonogo/v1\n';
    expect(found(repo([], { 'service.yaml': map }))).toEqual([]);
  });

  it('of Kubernetes is named kindly, once, and only when there is no manifest', () => {
    const texts = {
      'k8s/service.yaml': KUBERNETES,
      'k8s/b/service.yaml': KUBERNETES,
      'c/service.yaml': 'name: compose\n',
    };
    expect(discoverServices(repo([], texts), '')).toEqual({
      manifests: [],
      notes: [
        'k8s/b/service.yaml is a Kubernetes Service and not a manifest (and so is 1 more of that name); a manifest is named gonogo.yaml',
      ],
    });
    expect(discoverServices(repo(['gonogo.yaml'], texts), '').notes).toEqual([]);
    expect(discoverServices(repo([], { 'c/service.yaml': 'name: compose\n' }), '').notes).toEqual([]);
  });
});
