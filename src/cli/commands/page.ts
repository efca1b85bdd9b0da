/** `gonogo page`: the card for one alert, for whoever was just woken by it. */
import type { Command } from 'commander';
import { pageFor } from '../../page/page.ts';
import { visible } from '../../report/escape-terminal.ts';
import { markdownCard } from '../../report/page-markdown.ts';
import { renderCard } from '../../report/page-terminal.ts';
import { canvasFor } from '../canvas.ts';
import { explainOptions } from '../explain-options.ts';
import { asOfFrom } from '../options.ts';
import { complain, print } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';

/** Flags of `page`. */
interface PageFlags {
  readonly evidenceRoot: readonly string[];
  readonly format: 'terminal' | 'markdown';
  readonly ref?: string;
  readonly color?: boolean;
  readonly explainOptions?: boolean;
}

/** Prints the card. */
export async function page(alert: string, path: string, command: Command): Promise<void> {
  const flags = command.opts<PageFlags>();
  if (flags.explainOptions) return explainOptions(path, command);
  const workspace = await openWorkspace(path, flags);
  const roots = flags.evidenceRoot.map((word) => word.slice(0, word.indexOf('=')));
  const card = await pageFor(workspace, alert, { asOf: asOfFrom(undefined), roots });
  for (const note of workspace.rootsLeftOut?.() ?? []) complain(`note: ${visible(note)}\n`);
  print(flags.format === 'markdown' ? markdownCard(card) : renderCard(card, canvasFor(flags)));
}
