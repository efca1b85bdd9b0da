/** `gonogo baseline`: writes down what blocks today, so that a gate asks only about what is new; later lets it shrink, and grow only when told to. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compareBaseline, fixedIn, newIn, withoutFixed } from '../../compare/baseline.ts';
import { BASELINE_FILE, baselineOf, baselineText, parseBaseline } from '../../compare/baseline-file.ts';
import type { GonogoBaseline } from '../../generated/baseline.ts';
import { InputError } from '../../input-error.ts';
import type { Report, ReportedProblem } from '../../model.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { visible } from '../../report/escape-terminal.ts';
import { counted } from '../../report/words.ts';
import { judgeInFull } from '../../run.ts';
import { filesOf } from '../files-of.ts';
import { readOperatorFile } from '../operator-file.ts';
import { type JudgingOptions, optionsFrom } from '../options.ts';
import { complain } from '../streams.ts';
import { folderOf, openWorkspace, refuseBare } from '../workspace.ts';

/** Flags of `baseline`. */
export interface BaselineFlags extends JudgingOptions {
  readonly file?: string;
  readonly acceptNew?: boolean;
  readonly ratchet?: boolean;
}

/** Writes the baseline of what is at a path. */
export async function baseline(path: string, flags: BaselineFlags): Promise<void> {
  refuseFlags(flags);
  const file = flags.file ?? usualFile(path);
  const old = existsSync(file) ? parseBaseline(readOperatorFile(file, '--file'), file) : undefined;
  const workspace = await openWorkspace(path, flags);
  const options = await optionsFrom(flags, workspace);
  // What a check or a collector throws ends the run: a baseline of half the rules would let the others fail the gate.
  const { report, root } = await judgeInFull(workspace, { ...options, debug: true });
  const { next, added, removed } = decide(old, report, filesOf(workspace.repo, root), flags, file);
  const text = baselineText(next);
  const same = old !== undefined && text === baselineText(old);
  if (!same) writeFileSafely(file, text, { force: true });
  complain(
    `${same ? 'nothing to change in' : 'wrote'} ${file}: ${counted(next.accepted.length, 'accepted problem')}\n`,
  );
  for (const [sign, problems] of [
    ['+', added],
    ['-', removed],
  ] as const)
    for (const { message, at } of problems)
      complain(`  ${sign} ${visible([at?.path, message].filter(Boolean).join(': '))}\n`);
}

function refuseFlags({ only, live, acceptNew, ratchet }: BaselineFlags): void {
  if (only.length > 0) throw new InputError('a baseline is written of a complete run only', '--only', 'leave it out');
  if (live) throw new InputError('what runs now is in no baseline', '--live', 'leave it out');
  if (acceptNew && ratchet)
    throw new InputError('--ratchet only takes out, and --accept-new takes in', '--ratchet', 'give one of them');
}

function usualFile(path: string): string {
  const folder = folderOf(path);
  refuseBare(folder, path);
  const file = join(folder, BASELINE_FILE);
  return relative('.', file) || file;
}

interface Decision {
  readonly next: GonogoBaseline;
  readonly added: readonly ReportedProblem[];
  readonly removed: readonly ReportedProblem[];
}

/** What the file will hold. One that is there grows only when told to. */
function decide(
  old: GonogoBaseline | undefined,
  report: Report,
  paths: ReadonlySet<string>,
  { acceptNew, ratchet }: BaselineFlags,
  file: string,
): Decision {
  if (!old && ratchet)
    throw new InputError(
      `there is no "${file}" to take anything out of`,
      '--ratchet',
      'write it first, without --ratchet',
    );
  if (!old) return { next: baselineOf(report), added: [], removed: [] };
  const change = compareBaseline(old, report, { what: 'baseline', name: file }, paths);
  const [added, removed] = [newIn(change), fixedIn(change)];
  if (ratchet) return { next: withoutFixed(old, change), added: [], removed };
  const [first] = added;
  if (first && !acceptNew)
    throw new InputError(
      `"${file}" would grow by ${counted(added.length, 'problem')}, first: ${[first.at?.path, first.message].filter(Boolean).join(': ')}`,
      file,
      'repair them; or take them in with --accept-new, or only take out what is fixed with --ratchet',
    );
  return { next: refreshed(old, baselineOf(report), added.length + removed.length), added, removed };
}

/** Entries stay as they were reviewed while they stand for the same problems, whatever figures their messages hold now. */
function refreshed(old: GonogoBaseline, fresh: GonogoBaseline, changes: number): GonogoBaseline {
  const same = changes === 0 && old.accepted.length === fresh.accepted.length;
  return same ? { ...fresh, accepted: old.accepted } : fresh;
}
