/** Reads the files of the systems that have a reader, with the repository around them. */
import type { Delegated, Place, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml-trouble.ts';
import { withAxeTests } from './axe-tests.ts';
import { readWorkflow } from './github-actions.ts';
import type { Library, Source } from './github-steps.ts';
import type { Pipeline } from './pipeline.ts';
import type { World } from './world.ts';

/** All pipelines of these files. */
export function readPipelines(
  files: readonly SourceFile[],
  sources: Sources,
  unread: Unread[],
  delegated: Delegated[],
): readonly Pipeline[] {
  const byPath = new Map(sources.shared.map((file) => [file.path, file]));
  const library = libraryOf(byPath, sources, unread, delegated);
  const pipelines = files.flatMap(({ path }) => {
    const source = library.source(path);
    return (source && readWorkflow(source, library)) ?? [];
  });
  return withAxeTests(pipelines, sources);
}

/** Most jobs and steps that are read, each as often as it is called; a repository with 60 workflows had 5,000. */
const MOST_READ = 30_000;

function libraryOf(
  byPath: ReadonlyMap<string, SourceFile>,
  sources: Sources,
  unread: Unread[],
  delegated: Delegated[],
): Library {
  const known = new Map<string, Source | undefined>();
  const told = new Set<string>();
  let left = MOST_READ;
  return {
    world: worldOf(byPath, sources),
    source: (path) => {
      if (!known.has(path)) known.set(path, sourceOf(path, byPath, sources, unread));
      return known.get(path);
    },
    spend: (at) => {
      left -= 1;
      if (left === -1)
        unread.push({
          at,
          reason: 'limit',
          detail: `more than ${MOST_READ} jobs and steps, those that are called counted where they are`,
        });
      return left >= 0;
    },
    delegate: (at, to) => {
      const key = `${at.path}:${at.line}`;
      if (!told.has(key)) delegated.push({ at, to });
      told.add(key);
    },
  };
}

function sourceOf(
  path: string,
  byPath: ReadonlyMap<string, SourceFile>,
  sources: Sources,
  unread: Unread[],
): Source | undefined {
  const file = byPath.get(path);
  if (!file) return undefined;
  const parsed = sources.yaml(file, unread);
  const place = ({ line, column }: { line: number; column: number }): Place => placeIn(file, line, column);
  unread.push(...yamlTrouble(parsed, place));
  const [document] = parsed?.documents ?? [];
  return document && { path, document };
}

function worldOf(byPath: ReadonlyMap<string, SourceFile>, sources: Sources): World {
  const paths = new Set([...byPath.values()].filter((it) => it.class !== 'vendored').map(({ path }) => path));
  return {
    paths,
    text: (path) => {
      const file = byPath.get(path);
      return file && sources.text(file, []);
    },
    yaml: (path) => {
      const file = byPath.get(path);
      return file && sources.yaml(file, [])?.documents[0]?.value;
    },
    named: (name) => [...paths].filter((path) => path === name || path.endsWith(`/${name}`)).slice(0, 200),
  };
}
