/** Every place that states which version of a runtime is meant, with what it means. Images are a kind of their own. Says what is written, not which of it holds. */
import type { Place, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { type Reader, statedIn } from './runtimes/draft.ts';
import { FUNCTIONS } from './runtimes/functions.ts';
import { MANIFESTS } from './runtimes/manifests.ts';
import type { Stated } from './runtimes/stated.ts';
import { VERSION_FILES } from './runtimes/version-files.ts';
import { WORKFLOWS } from './runtimes/workflows.ts';
import { isDocumentation, placeIn } from './sources.ts';

/** Facts of this kind. */
export interface Facts {
  readonly stated: readonly Stated[];
  /** Manifests of packages and projects, whether they state a version or not. */
  readonly projects: readonly Place[];
}

const OWN: readonly Reader[] = [...VERSION_FILES, ...MANIFESTS, ...FUNCTIONS];
/** Statements that are kept; a repository of many packages repeats itself. */
const MOST = 2000;

export const collector = defineCollector<Facts>({
  summary:
    'Versions of runtimes as they are stated: files of version managers, manifests of packages and projects, what pipelines set up, runtimes of functions',
  collect(sources) {
    const unread: Unread[] = [];
    const files = sources.files.filter(({ path, class: of }) => of === 'source' && !isDocumentation(path));
    const own = files.flatMap((file) => read(file, OWN, sources, unread));
    const shared = sources.shared
      .filter(({ path }) => !isDocumentation(path))
      .flatMap((file) => read(file, WORKFLOWS, sources, unread));
    const all = [...own, ...shared];
    const stated = all.slice(0, MOST);
    const [next] = all.slice(MOST);
    if (next)
      unread.push({ at: next.at, reason: 'limit', detail: `only ${MOST} of ${all.length} statements are kept` });
    const projects = files
      .filter(({ path }) => MANIFESTS.some((it) => it.files.test(path)))
      .map((file) => placeIn(file));
    return {
      facts: { stated, projects },
      looked: { files: new Set(stated.map(({ at }) => at.path)).size, note: `${stated.length} stated` },
      unread,
      delegated: [],
    };
  },
});

function read(file: SourceFile, readers: readonly Reader[], sources: Sources, unread: Unread[]): readonly Stated[] {
  const reader = readers.find(({ files }) => files.test(file.path));
  const text = reader && sources.text(file, unread);
  if (!reader || text === undefined) return [];
  return reader.read(text, file.path).map((draft) => statedIn(file, reader.source, draft));
}
