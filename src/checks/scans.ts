/** How a kind of scan by pipelines is judged: it has to be run; what its findings stop is the team's choice. Choices and words only. */

import type { Intent } from '../evidence/pipelines/pipeline.ts';
import type { Facts } from '../evidence/pipelines.ts';
import type { Assessment, Gathered } from '../model.ts';
import { missing, unknown, verified } from './define.ts';
import {
  coversChanges,
  doing,
  isRun,
  pipelinesFor,
  placesFor,
  toolsOf,
  verb,
  withoutPipelines,
} from './pipeline-scope.ts';

/** What is asked. */
interface Asked {
  /** What counts; the first gives the problem its name. */
  readonly intents: readonly Intent[];
  /** E.g. "a scan for secrets". */
  readonly what: string;
  readonly message: string;
  readonly fix: string;
}

/** The answer for one kind of scan. */
export function scanned(
  subject: { readonly manifest: { readonly dir: string }; readonly evidence: { readonly pipelines: Gathered<Facts> } },
  { intents, what, message, fix }: Asked,
): Assessment {
  const nothing = withoutPipelines(subject, message, fix);
  if (nothing) return nothing;
  const pipelines = pipelinesFor(subject);
  const found = doing(pipelines, intents);
  const byHand = (it: (typeof found)[number]): boolean =>
    it.pipeline.triggers.every(({ on }) => on === 'manual' || on === 'called');
  const run = found.filter((it) => isRun(it) && !byHand(it));
  if (run.length > 0) {
    const forChanges = run.some(({ pipeline }) => coversChanges(pipeline) !== undefined);
    const when = forChanges
      ? 'for changes'
      : run.some(({ pipeline }) => pipeline.triggers.some(({ on }) => on === 'push'))
        ? 'for what is merged'
        : 'on a schedule';
    const lost = run.every(({ purpose }) => purpose.weakened !== undefined) ? '; its failure stops nothing' : '';
    return verified(`${toolsOf(run)} ${verb(run, 'runs', 'run')} ${when}${lost}`, placesFor(run));
  }
  if (found.some((it) => !isRun(it)))
    return unknown(`only a name says so: ${toolsOf(found)}`, { evidence: placesFor(found) });
  const [started] = found;
  const at = started?.purpose.at;
  const because = started
    ? `${toolsOf(found)} runs only when somebody starts it`
    : `no step of a pipeline is ${what}; what the hosting platform does by its settings is not seen here`;
  return missing(because, [{ message, ...(at && { at }), fix, subject: intents[0] ?? what }], {
    evidence: at ? [at] : [],
  });
}
