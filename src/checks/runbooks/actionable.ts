/** Assesses whether the parts of a runbook that say what to do give something to do: a command, a query or a dashboard. */
import type { Runbook } from '../../evidence/runbooks.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { integer } from '../params.ts';
import { share } from '../shares.ts';
import { everyRunbook } from './runbook-scope.ts';

export const check = defineCheck({
  summary:
    'Looks for at least one command, query or link to a dashboard in the sections on diagnosis, mitigation and dashboards, or anywhere in a runbook that has no such headings.',
  needs: ['runbooks'],
  params: { share: integer('Least share of runbooks with something to do, in percent.', 100) },
  assess({ evidence, params }) {
    const { runbooks } = evidence.runbooks.facts;
    if (runbooks.length === 0) return notApplicable('there is no runbook');
    const prose = runbooks.filter((runbook) => !isActionable(runbook));
    const actionable = runbooks.length - prose.length;
    return everyRunbook(evidence.runbooks, {
      because: `${share(actionable, runbooks.length, 'runbook', ['gives', 'give'])} a command, a query or a dashboard to look at`,
      problems: prose.map(proseOnly),
      tolerated: (100 * actionable) / runbooks.length >= params.share,
      shown: runbooks.filter((runbook) => !prose.includes(runbook)).map(({ at }) => at),
    });
  },
});

/** Sections on what to look at and what to do decide where there are any; nested ones are counted with their parents. */
function isActionable(runbook: Runbook): boolean {
  const doing = runbook.sections.filter(({ kinds }) =>
    kinds.some((kind) => ['diagnosis', 'mitigation', 'recovery', 'verification', 'dashboards'].includes(kind)),
  );
  if (doing.length === 0) return runbook.commands > 0 || runbook.dashboards.length > 0;
  return doing.some((section) => section.commands > 0 || section.dashboards > 0);
}

function proseOnly({ title, at }: Runbook): { message: string; at: Runbook['at']; fix: string; subject: string } {
  return {
    message: `"${title || at.path}" says what to think about and gives no command, query or dashboard`,
    at,
    fix: 'Write the commands out so that they can be copied, and link the dashboard that shows the trouble.',
    subject: at.path,
  };
}
