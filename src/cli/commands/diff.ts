/** `gonogo diff`: two states of a repository, each a commit, a folder or a stored report, and what is different from the one to the other. */
import { type Stats, statSync } from 'node:fs';
import { compareReports, type Known } from '../../compare/compare.ts';
import { CHECKLISTS } from '../../generated/checklists.ts';
import { InputError } from '../../input-error.ts';
import type { Against, Report } from '../../model.ts';
import type { Repo } from '../../repo/repo.ts';
import { visible } from '../../report/escape-terminal.ts';
import { judgeInFull, type Options, type Workspace } from '../../run.ts';
import { canvasFor } from '../canvas.ts';
import { parseDestinations, writeReports } from '../destinations.ts';
import { filesOf, remainsOf } from '../files-of.ts';
import { type JudgingOptions, optionsFrom } from '../options.ts';
import type { Outcome } from '../program.ts';
import { type ShowFlags, supplementsFor } from '../show.ts';
import { storedReport } from '../stored-report.ts';
import { complain } from '../streams.ts';
import { openWorkspace, repoAt } from '../workspace.ts';

/** Flags of `diff`. */
export interface DiffOptions extends JudgingOptions, ShowFlags {
  readonly failOnWorse?: boolean;
}

/** Shows the change from `a` to `b`; exit code 0, or 1 with `--fail-on-worse` where something that blocks got worse. */
export async function diff(a: string, b: string, flags: DiffOptions, outcome: Outcome): Promise<void> {
  if (flags.live) throw new InputError('what runs now says nothing of another state', '--live', 'leave it out');
  const destinations = parseDestinations(flags.format);
  const [before, after] = [await sideFrom(a, flags), await sideFrom(b, flags)];
  const lawgiver = before.workspace ?? after.workspace;
  const options = lawgiver && (await optionsFrom(flags, lawgiver));
  const then = await judged(before, { ...options, mayBeEmpty: true } as Options);
  const supplements = await supplementsFor(destinations);
  const now = await judged(after, { ...options, supplements } as Options);
  const commit = then.report.repo.commit;
  const against: Against = { what: before.what, name: a, ...(commit !== undefined && { commit }) };
  const change = compareReports(then.report, now.report, against, knownOf(then, now));
  outcome.exitCode = flags.failOnWorse && !change.passes ? 1 : 0;
  await writeReports({ ...now.report, change }, destinations, canvasFor(flags), flags.force ?? false);
}

type Side =
  | { readonly what: 'report'; readonly report: Report; readonly workspace?: undefined }
  | { readonly what: 'commit' | 'folder'; readonly workspace: Workspace };

interface Judged {
  readonly report: Report;
  /** Where its files are, and the folder that places start from; absent where nobody knows: a stored report names only some. */
  readonly tree?: { readonly repo: Repo; readonly root: string };
}

/** A file is a stored report, a folder is judged as it is, and any other word is a commit of the repository around the current folder. */
async function sideFrom(word: string, flags: DiffOptions): Promise<Side> {
  const kind = kindOf(word);
  if (kind && (await isCommit(word)))
    complain(
      `note: "${visible(word)}" is taken for the ${kind.isDirectory() ? 'folder' : 'file'} of that name; the commit is refs/heads/${visible(word)} or ${visible(word)}~0\n`,
    );
  if (kind?.isDirectory()) return { what: 'folder', workspace: await openWorkspace(word, flags) };
  if (kind) return { what: 'report', report: await storedReport(word) };
  try {
    return { what: 'commit', workspace: await openWorkspace('.', { ...flags, ref: word }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `"${word}" is no file and no folder, and no commit either: ${error.message}`,
      'diff',
      'give a branch, tag or commit id, a folder, or a report that `gonogo check --format json=FILE` wrote',
    );
  }
}

function kindOf(word: string): Stats | undefined {
  try {
    return statSync(word, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

async function isCommit(word: string): Promise<boolean> {
  try {
    await repoAt('.', word, 'diff');
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

async function judged(side: Side, options: Options): Promise<Judged> {
  if (side.what === 'report') return { report: side.report };
  const { report, root } = await judgeInFull(side.workspace, options);
  return { report, tree: { repo: side.workspace.repo, root } };
}

/** What a stored report calls a rule may be an id that it had. */
function knownOf({ tree: before }: Judged, { tree: after }: Judged): Known {
  const aliases = new Map(
    CHECKLISTS.flatMap(({ rules }) => rules.flatMap(({ id, aliases = [] }) => aliases.map((it) => [it, id] as const))),
  );
  if (!before || !after) return { aliases };
  const files = { before: filesOf(before.repo, before.root), after: filesOf(after.repo, after.root) };
  return { aliases, files, remains: remainsOf(after.repo, before.root) };
}
