/** `gonogo page`: the card for one alert, for whoever was just woken by it. */
import type { Command } from 'commander';
import type { Yardstick } from '../../checklist/policy.ts';
import { CHECKLISTS, PROFILES } from '../../generated/checklists.ts';
import { InputError } from '../../input-error.ts';
import { pageFor } from '../../page/page.ts';
import { visible } from '../../report/escape-terminal.ts';
import { markdownCard } from '../../report/page-markdown.ts';
import { renderCard } from '../../report/page-terminal.ts';
import type { Workspace } from '../../run.ts';
import { canvasFor } from '../canvas.ts';
import { explainOptions } from '../explain-options.ts';
import { asOfFrom } from '../options.ts';
import { complain, print } from '../streams.ts';
import { openWorkspace } from '../workspace.ts';
import { yardstickFrom } from '../yardstick.ts';

/** Flags of `page`. */
interface PageFlags {
  readonly evidenceRoot: readonly string[];
  readonly format: 'terminal' | 'markdown';
  readonly ref?: string;
  readonly policy?: string;
  readonly color?: boolean;
  readonly explainOptions?: boolean;
}

/** Prints the card. */
export async function page(alert: string, path: string, command: Command): Promise<void> {
  const flags = command.opts<PageFlags>();
  if (flags.explainOptions) return explainOptions(path, command);
  const workspace = await openWorkspace(path, flags);
  const roots = flags.evidenceRoot.map((word) => word.slice(0, word.indexOf('=')));
  const judging = { ...(await yardstickAtNight(flags, workspace)), profiles: PROFILES };
  const card = await pageFor(workspace, alert, { asOf: asOfFrom(undefined), roots, judging });
  for (const note of workspace.rootsLeftOut?.() ?? []) complain(`note: ${visible(note)}\n`);
  print(flags.format === 'markdown' ? markdownCard(card) : renderCard(card, canvasFor(flags)));
}

/** A policy that cannot be used keeps nobody from the card. */
async function yardstickAtNight(flags: PageFlags, workspace: Workspace): Promise<Yardstick> {
  try {
    return await yardstickFrom(flags, workspace);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    complain(`note: the policy is left aside: ${visible(error.message)} (${visible(error.at)})\n`);
    return { checklists: CHECKLISTS, checks: new Map() };
  }
}
