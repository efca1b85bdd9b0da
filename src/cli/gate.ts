/** What `check --since`, `--baseline` and `--policy-ref` add: the yardstick from before, and what got worse since. Decides no verdict. */

import { accepting, compareBaseline, fixedIn } from '../compare/baseline.ts';
import { parseBaseline } from '../compare/baseline-file.ts';
import { compareReports } from '../compare/compare.ts';
import type { GonogoBaseline } from '../generated/baseline.ts';
import { InputError } from '../input-error.ts';
import type { Change, Report } from '../model.ts';
import type { Repo } from '../repo/repo.ts';
import { type Judgement, judgeInFull, type Options, type Workspace } from '../run.ts';
import { filesOf, remainsOf } from './files-of.ts';
import { lawNotes, scopeNotes } from './gate-notes.ts';
import { readOperatorFile } from './operator-file.ts';
import { type JudgingOptions, optionsFrom } from './options.ts';
import { folderOf, pathAsWritten, repoAt, reposSince } from './workspace.ts';

/** Flags that bear on a gate. */
export interface GateFlags extends JudgingOptions {
  readonly since?: string;
  readonly baseline?: string;
  readonly ratchet?: boolean;
  readonly policyRef?: string;
}

/** Judges what is at a path, and holds it against what the flags name; with the yardstick that was used. */
export async function judgeAtGate(
  path: string,
  workspace: Workspace,
  flags: GateFlags,
  more: Pick<Options, 'supplements'>,
): Promise<{ readonly report: Report; readonly options: Options }> {
  refuseMixtures(flags);
  const { base, tip } = flags.since === undefined ? NOWHERE : await reposSince(path, flags.since, flags.ref);
  // Not the merge base: whoever began long ago would be held to the policy of that day, and not to the one that the change meets.
  const lawgiver = flags.policyRef === undefined ? tip : await repoAt(path, flags.policyRef, '--policy-ref');
  const options = await optionsFrom(flags, workspace, lawgiver);
  const baseline = flags.baseline === undefined ? undefined : acceptedIn(flags.baseline, path, lawgiver);
  const judgement = await judgeInFull(workspace, { ...options, ...more });
  const byBaseline = baseline && againstBaseline(baseline.value, judgement, workspace, flags);
  const sinceThen = base && (await againstCommit(base, judgement, workspace, options, flags));
  const change = sinceThen && byBaseline ? accepting(sinceThen, byBaseline) : (sinceThen ?? byBaseline);
  if (!change) return { report: judgement.report, options };
  const notes = [
    ...(change.notes ?? []),
    ...(lawgiver ? lawNotes(base ?? lawgiver, workspace.repo, flags, folderOf(path)) : []),
    ...(baseline?.notes ?? []),
  ];
  const noted = { ...change, ...(notes.length > 0 && { notes }) };
  return { report: { ...judgement.report, change: ratcheted(noted, byBaseline, flags, path) }, options };
}

const NOWHERE = { base: undefined, tip: undefined };

function refuseMixtures({ since, live, baseline, ratchet, policy, policyRef }: GateFlags): void {
  if (since !== undefined && live)
    throw new InputError(
      'what runs now says nothing of the commit before',
      '--since',
      'give --since or --live, each in a run of its own',
    );
  if (ratchet && baseline === undefined)
    throw new InputError('there is no baseline to keep tight', '--ratchet', 'give --baseline FILE too');
  if (policy !== undefined && policyRef !== undefined)
    throw new InputError('there are two policies', '--policy-ref', 'give --policy FILE or --policy-ref REF');
}

/** The same judged as it was at a commit, and what is different since. */
async function againstCommit(
  base: Repo,
  now: Judgement,
  workspace: Workspace,
  options: Options,
  { since = '' }: GateFlags,
): Promise<Change> {
  const { dir } = workspace;
  const there = dir === '' || base.list().files.some(({ path }) => path.startsWith(`${dir}/`));
  const then = await judgeInFull({ ...workspace, repo: base, dir: there ? dir : '' }, { ...options, mayBeEmpty: true });
  const { commit } = base.state();
  const change = compareReports(
    there ? then.report : namedIn(then.report, now.report),
    now.report,
    { what: 'commit', name: since, ...(commit !== undefined && { commit }) },
    {
      files: { before: filesOf(base, then.root), after: filesOf(workspace.repo, now.root) },
      remains: remainsOf(workspace.repo, then.root),
    },
  );
  const notes = [...(change.notes ?? []), ...scopeNotes({ repo: base, ...then }, { repo: workspace.repo, ...now })];
  return { ...change, ...(notes.length > 0 && { notes }) };
}

/** A folder that was called otherwise is found by the names of its services. */
function namedIn(before: Report, after: Report): Report {
  const names = new Set(after.services.map(({ service }) => service.name));
  return { ...before, services: before.services.filter(({ service }) => names.has(service.name)) };
}

/** The baseline that the operator names: as it is, or as it was where the change itself must not decide. */
function acceptedIn(
  file: string,
  path: string,
  lawgiver: Repo | undefined,
): { readonly value: GonogoBaseline; readonly notes: readonly string[] } {
  const inside = lawgiver && pathAsWritten(file, folderOf(path));
  if (!lawgiver || inside === undefined)
    return { value: parseBaseline(readOperatorFile(file, '--baseline'), file), notes: [] };
  if (!lawgiver.list().files.some((it) => it.path === inside))
    return { value: NOTHING, notes: [`${inside} was not there before, so it accepts nothing yet`] };
  const read = lawgiver.read(inside);
  if (!read.ok)
    throw new InputError(`"${file}" as it was before cannot be read: ${read.detail}`, '--baseline', 'repair it');
  return { value: parseBaseline(read.text, file), notes: [`${inside} is taken as it was before this change`] };
}

const NOTHING: GonogoBaseline = {
  schemaVersion: 1,
  tool: { name: 'gonogo', version: '' },
  checklists: [],
  accepted: [],
};

function againstBaseline(
  baseline: GonogoBaseline,
  { report, root }: Judgement,
  { repo }: Workspace,
  { baseline: name = '' }: GateFlags,
): Change {
  return compareBaseline(baseline, report, { what: 'baseline', name }, filesOf(repo, root));
}

/** With `--ratchet`, an entry that is fixed and still there could let the same problem in again. */
function ratcheted(
  change: Change,
  byBaseline: Change | undefined,
  { ratchet, baseline }: GateFlags,
  path: string,
): Change {
  const fixed = byBaseline ? fixedIn(byBaseline).length : 0;
  if (fixed === 0) return change;
  const where = path === '.' ? '' : ` ${path}`;
  const what = fixed === 1 ? `one entry of ${baseline} is fixed` : `${fixed} entries of ${baseline} are fixed`;
  const note = `${what} and still in it: take ${fixed === 1 ? 'it' : 'them'} out with \`gonogo baseline${where} --ratchet --file ${baseline}\``;
  return { ...change, ...(ratchet && { passes: false }), notes: [...(change.notes ?? []), note] };
}
