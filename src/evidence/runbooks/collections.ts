/** Finds collections of runbooks whose pages say so only together: a folder called playbooks, or a whole repository called runbooks, most of whose pages hold steps. */
import type { SourceFile, Sources } from '../collector.ts';
import { PAGE } from '../pages/page-text.ts';
import { repositoryNames } from '../references/repository-names.ts';
import { isOwnMachine } from './operations-signal.ts';
import { type Candidate, isNone, openPage, type Search } from './search.ts';
import { sectionKinds } from './sections.ts';

/** Of runbooks and procedures every page is taken anyway. */
const FOLDER = /^(.*?(?:^|\/)play[-_]?books?)\//i;
const REPOSITORY = /(?:^|[-_./])(?:run[-_]?books?|play[-_]?books?|sops)$/i;
/** Fewer pages with steps may be chance. */
const FEWEST = 3;
/** Pages that are opened at most. */
const MOST = 500;

/** The pages with steps of every folder, or of the repository, in which most pages have some. */
export function fromCollections(search: Search, files: readonly SourceFile[]): readonly Candidate[] {
  const whole = isCollection(search.sources);
  const folders = new Map<string, SourceFile[]>();
  for (const file of files) {
    const folder = FOLDER.exec(file.path)?.[1] ?? (whole ? '' : undefined);
    if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders.values()].flatMap((its) => pagesWithSteps(its, search));
}

function isCollection(sources: Sources): boolean {
  return sources.manifest.dir === '' && repositoryNames(sources).some((name) => REPOSITORY.test(name));
}

function pagesWithSteps(files: readonly SourceFile[], search: Search): readonly Candidate[] {
  // Ansible's playbooks are programs, and the pages beside them say how to run those.
  const programs = files.filter(({ path }) => /\.ya?ml$/i.test(path)).length;
  const pages = files.filter(({ path }) => PAGE.test(path)).slice(0, MOST);
  if (pages.length < FEWEST || programs >= pages.length) return [];
  const opened = pages.flatMap((file) => openPage(file, search) ?? []).filter((page) => !isNone(page));
  const stepwise = opened.filter(holdsSteps);
  if (stepwise.length < FEWEST || stepwise.length * 2 < opened.length) return [];
  return stepwise.map((page) => ({ ...page, why: 'folder' }));
}

/** A heading that announces what to look at or what to do, with words or commands below it; notes for a developer's own machine are none. */
function holdsSteps({ document, text }: Pick<Candidate, 'document' | 'text'>): boolean {
  if (isOwnMachine(document, text)) return false;
  return document.sections.some(({ title, words, commands, state }) => {
    const kinds = sectionKinds(title);
    const announced = kinds.includes('diagnosis') || kinds.includes('mitigation') || kinds.includes('recovery');
    return announced && state === 'filled' && (commands > 0 || words >= 5);
  });
}
