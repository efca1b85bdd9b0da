/** `gonogo handover`: one page on each service at a path, compiled from what was judged; to stdout or into a file. */

import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { compileHandover, HANDOVER_KINDS } from '../../handover/compile.ts';
import { findRepositoryRoot } from '../../repo/disk.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { handoverHtml } from '../../report/handover-html.ts';
import { handoverMarkdown } from '../../report/handover-markdown.ts';
import { judgeInFull } from '../../run.ts';
import { type JudgingOptions, optionsFrom } from '../options.ts';
import { print } from '../streams.ts';
import { folderOf, openWorkspace } from '../workspace.ts';

/** Flags of `handover`. */
interface HandoverOptions extends JudgingOptions {
  readonly format: 'markdown' | 'html';
  readonly out?: string;
  readonly force?: boolean;
}

const RENDER = { markdown: handoverMarkdown, html: handoverHtml } as const;

/** Writes the page. The verdict is on it and decides no exit code: a service that is not ready is handed over too. */
export async function handover(path: string, command: Command): Promise<void> {
  const flags = command.opts<HandoverOptions>();
  if (flags.explainOptions) return (await import('../bundle-others.ts')).explainOptions(path, command);
  const workspace = await openWorkspace(path, flags);
  const options = await optionsFrom(flags, workspace);
  const judgement = await judgeInFull(workspace, { ...options, kinds: HANDOVER_KINDS });
  const text = RENDER[flags.format](compileHandover(judgement), baseOf(path, judgement.root, flags.out));
  if (flags.out === undefined || flags.out === '-') return print(text);
  writeFileSafely(flags.out, text, { force: flags.force ?? false });
}

/** The way from the page's folder to where all places start; a page on stdout is taken to lie there. */
function baseOf(path: string, root: string, out: string | undefined): string {
  if (out === undefined || out === '-') return '';
  const start = join(findRepositoryRoot(folderOf(path)).root, root);
  return relative(dirname(resolve(out)), start)
    .split(sep)
    .join('/');
}
