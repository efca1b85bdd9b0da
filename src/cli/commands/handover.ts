/** `gonogo handover`: one page on each service at a path, compiled from what was judged; to stdout or into a file. */

import type { Command } from 'commander';
import { compileHandover, HANDOVER_KINDS } from '../../handover/compile.ts';
import { writeFileSafely } from '../../repo/write.ts';
import { handoverHtml } from '../../report/handover-html.ts';
import { handoverMarkdown } from '../../report/handover-markdown.ts';
import { judgeInFull } from '../../run.ts';
import { type JudgingOptions, optionsFrom } from '../options.ts';
import { placesStart, wayTo } from '../places-start.ts';
import { print } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';

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
  const page = compileHandover(judgement);
  const { out, format } = flags;
  // A page on stdout is taken to lie where all places start.
  if (out === undefined || out === '-') return print(RENDER[format](page, ''));
  const base = wayTo(placesStart(path, judgement.root), out);
  writeFileSafely(out, RENDER[format](page, base), { force: flags.force ?? false });
}
