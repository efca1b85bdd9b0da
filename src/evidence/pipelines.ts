/** The service's pipelines: what starts them, which jobs wait for which, and what each step is for. Reads what the systems run; runs nothing. */
import type { Delegated, Unread } from '../model.ts';
import { browserPages } from './browser-pages.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import type { Pipeline } from './pipelines/pipeline.ts';
import type { Found } from './pipelines/read.ts';
import { systemOf } from './pipelines/readers.ts';
import { repositoryNames } from './references/repository-names.ts';
import { placeIn } from './sources.ts';

/** Facts of this kind. */
export interface Facts {
  readonly pipelines: readonly Pipeline[];
  /** Owners of the repository as far as its files tell, e.g. the organisation of its module path. */
  readonly organisations: readonly string[];
  /** Files of systems that are not read, as people call the system. */
  readonly systems: readonly string[];
  /** Web pages of the service's own: what there is to look at. */
  readonly pages: readonly string[];
}

export const collector = defineCollector<Facts>({
  summary:
    'GitHub Actions, GitLab CI, CircleCI, Jenkinsfiles (as text), Azure Pipelines, Cloud Build, Tekton, Buildkite, Drone, Woodpecker and Travis, and the scripts, targets and images that their steps lead to; files of other systems are seen',
  parses: ['yaml'],
  async collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const found = sources.shared.flatMap((file) => {
      const system = isOwn(file) ? systemOf(file.path, () => sources.text(file, [])) : undefined;
      return system ? [{ file, system }] : [];
    });
    const known = found.flatMap(({ file, system: { system } }) => (system === 'other' ? [] : { file, system }));
    const others = found.filter(({ system }) => system.system === 'other');
    for (const { file, system } of others)
      unread.push({ at: placeIn(file), reason: 'language', detail: `pipelines of ${system.called} are not read` });
    const pipelines = known.length === 0 ? [] : await read(known, sources, unread, delegated);
    return {
      facts: {
        pipelines,
        organisations: organisationsOf(sources),
        systems: [...new Set(others.map(({ system }) => system.called))],
        pages: browserPages(sources),
      },
      looked: { files: found.length, note: pipelines.length === 1 ? '1 pipeline' : `${pipelines.length} pipelines` },
      unread,
      delegated,
    };
  },
});

function isOwn({ path, class: its }: SourceFile): boolean {
  return its === 'source' || path.startsWith('.github/workflows/');
}

/** The readers come with a parser of shell, which only they need. */
async function read(
  files: readonly Found[],
  sources: Sources,
  unread: Unread[],
  delegated: Delegated[],
): Promise<readonly Pipeline[]> {
  const { readPipelines } = await import('./pipelines/read.ts');
  return readPipelines(files, sources, unread, delegated);
}

/** Owners by the repository's own address, by teams that own code, and by the badge of its own pipeline. */
function organisationsOf(sources: Sources): readonly string[] {
  const named = repositoryNames(sources).flatMap((name) => (name.includes('/') ? (name.split('/')[0] ?? '') : []));
  const owners = mentions(sources, /^(?:\.github\/|docs\/)?CODEOWNERS$/, /@([\w-]+)\/[\w-]+/g);
  const badges = mentions(
    sources,
    /^README\.(?:md|rst|adoc)$/i,
    /github\.com\/([\w-]+)\/[\w.-]+\/(?:actions\/)?workflows\/[^)\s]*badge\.svg/g,
  );
  return [...new Set([...named, ...owners, ...badges].map((it) => it.toLowerCase()))].filter(Boolean);
}

function mentions(sources: Sources, path: RegExp, pattern: RegExp): readonly string[] {
  const files = sources.shared.filter((file) => path.test(file.path));
  return files.flatMap((file) =>
    [...(sources.text(file, []) ?? '').slice(0, 50_000).matchAll(pattern)].map(([, owner = '']) => owner),
  );
}
