/** What proposes newer versions of packages by itself: Dependabot and Renovate, what they watch, and what there is to watch. */
import type { Delegated, Unread } from '../model.ts';
import { defineCollector, type SourceFile, type Sources } from './collector.ts';
import { record } from './plain-value.ts';
import { placeIn } from './sources.ts';
import { DEPENDABOT, dependabot } from './updaters/dependabot.ts';
import { manifestsIn, WORKFLOW } from './updaters/manifests.ts';
import { RENOVATE, renovate } from './updaters/renovate.ts';
import type { Manifest, Updater } from './updaters/updater.ts';
import { yamlTrouble } from './yaml/trouble.ts';

/** Facts of this kind. */
export interface Facts {
  readonly updaters: readonly Updater[];
  /** What names packages with versions, one for each ecosystem and folder. */
  readonly manifests: readonly Manifest[];
}

export const collector = defineCollector<Facts>({
  summary:
    'Dependabot and Renovate: whether they propose anything, which ecosystems and folders they watch; and the files that name packages',
  parses: ['yaml'],
  async collect(sources) {
    const unread: Unread[] = [];
    const updaters: Updater[] = [];
    for (const file of sources.shared) {
      if (DEPENDABOT.test(file.path)) updaters.push(...dependabotOf(file, sources, unread));
      else if (RENOVATE.test(file.path) || isPackageWithRenovate(file, sources))
        updaters.push(...(await renovateOf(file, sources, unread)));
    }
    const manifests = manifestsIn(forService(sources), (file) => sources.text(file, []));
    const delegated: Delegated[] = updaters.flatMap(({ presets }) =>
      presets.filter(({ known }) => !known).map(({ at, target }) => ({ at, to: target })),
    );
    return {
      facts: { updaters, manifests },
      looked: { files: updaters.length, note: updaters.map(({ tool }) => tool).join(' and ') || 'no updater' },
      unread,
      delegated,
    };
  },
});

/** The service's own files, and the workflows of the repository. */
function forService({ files, shared }: Sources): readonly SourceFile[] {
  const workflows = shared.filter(({ path }) => WORKFLOW.test(path));
  return [...workflows, ...files.filter(({ path }) => !WORKFLOW.test(path))];
}

function dependabotOf(file: SourceFile, sources: Sources, unread: Unread[]): readonly Updater[] {
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  const [document] = parsed?.documents ?? [];
  return document ? [dependabot(document, file.path)] : [];
}

function isPackageWithRenovate(file: SourceFile, sources: Sources): boolean {
  return file.path === 'package.json' && /"renovate"\s*:\s*\{/.test(sources.text(file, []) ?? '');
}

/** JSON with comments and trailing commas; its reader comes only where there is such a file. */
async function renovateOf(file: SourceFile, sources: Sources, unread: Unread[]): Promise<readonly Updater[]> {
  const text = sources.text(file, unread);
  if (text === undefined) return [];
  const { default: JSON5 } = await import('json5');
  try {
    const value: unknown = JSON5.parse(text);
    const config = file.path === 'package.json' ? record(value).renovate : value;
    return [renovate(config, file.path, lineFinder(text))];
  } catch (error) {
    unread.push({
      at: placeIn(file),
      reason: 'invalid-syntax',
      detail: error instanceof Error ? error.message : String(error),
    });
    return [];
  }
}

/** The line on which a text stands between quotes, or as a key; else the first. */
function lineFinder(text: string): (sought: string) => number {
  const lines = text.split('\n');
  return (sought) =>
    lines.findIndex(
      (line) =>
        line.includes(`"${sought}"`) || line.includes(`'${sought}'`) || line.trimStart().startsWith(`${sought}:`),
    ) + 1 || 1;
}
