/** Reads the files of the systems that have a reader, with the repository around them. */
import type { Delegated, Place, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { placeIn } from '../sources.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import { withAxeTests } from './axe-tests.ts';
import { readAzure } from './azure-pipelines.ts';
import { readBuildkite } from './buildkite.ts';
import { readCircle } from './circleci.ts';
import { readCloudBuild } from './cloud-build.ts';
import { readDrone } from './drone.ts';
import { readWorkflow } from './github-actions.ts';
import type { Library, Source } from './github-steps.ts';
import { readGitlab } from './gitlab-ci.ts';
import { readJenkinsfile } from './jenkins.ts';
import type { CiSystem, Pipeline } from './pipeline.ts';
import { readTekton } from './tekton.ts';
import { readTravis } from './travis.ts';
import type { World } from './world.ts';

/** A file and the system that runs it. */
export interface Found {
  readonly file: SourceFile;
  readonly system: CiSystem;
}

/** Reads one file of a system. A file that is only a part of another gives nothing. */
type Reader = (path: string, library: Library) => readonly Pipeline[];

const READERS: Readonly<Record<CiSystem, Reader>> = {
  'github-actions': (path, library) => {
    const source = library.source(path);
    const workflow = source && readWorkflow(source, library);
    return workflow ? [workflow] : [];
  },
  'gitlab-ci': readGitlab,
  circleci: readCircle,
  jenkins: readJenkinsfile,
  'azure-pipelines': readAzure,
  'cloud-build': readCloudBuild,
  tekton: readTekton,
  buildkite: readBuildkite,
  drone: readDrone,
  travis: readTravis,
};

/** All pipelines of these files. */
export function readPipelines(
  files: readonly Found[],
  sources: Sources,
  unread: Unread[],
  delegated: Delegated[],
): readonly Pipeline[] {
  const byPath = new Map(sources.shared.map((file) => [file.path, file]));
  const library = libraryOf(byPath, sources, unread, delegated);
  const pipelines = files.flatMap(({ file: { path }, system }) => READERS[system](path, library));
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
  const known = new Map<string, readonly Source[]>();
  const told = new Set<string>();
  const documents = (path: string): readonly Source[] => {
    const found = known.get(path) ?? sourcesOf(path, byPath, sources, unread);
    known.set(path, found);
    return found;
  };
  let left = MOST_READ;
  return {
    world: worldOf(byPath, sources),
    documents,
    source: (path) => documents(path)[0],
    skip: (at, detail) => unread.push({ at, reason: 'language', detail }),
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

function sourcesOf(
  path: string,
  byPath: ReadonlyMap<string, SourceFile>,
  sources: Sources,
  unread: Unread[],
): readonly Source[] {
  const file = byPath.get(path);
  if (!file) return [];
  const parsed = sources.yaml(file, unread);
  const place = ({ line, column }: { line: number; column: number }): Place => placeIn(file, line, column);
  unread.push(...yamlTrouble(parsed, place));
  return (parsed?.documents ?? []).map((document) => ({ path, document }));
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
