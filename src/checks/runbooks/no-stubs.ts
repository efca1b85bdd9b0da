/** Assesses whether runbooks are written to the end: no section that says "TODO", and none that is empty. */
import type { Runbook, RunbookSection } from '../../evidence/runbooks.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { flag } from '../params.ts';
import { share } from '../shares.ts';
import { everyRunbook } from './runbook-scope.ts';

export const check = defineCheck({
  summary:
    'Looks for sections, paragraphs or list items that are only a placeholder such as TODO or TBD, and for headings with nothing below them. Comments and answers such as "N/A" or "none" are no placeholders.',
  needs: ['runbooks'],
  params: { empty: flag('Whether an empty section counts as one that is not written.', true) },
  assess({ evidence, params }) {
    const { runbooks } = evidence.runbooks.facts;
    if (runbooks.length === 0) return notApplicable('there is no runbook');
    const problems = runbooks.flatMap((runbook) => unwritten(runbook, params.empty));
    const sections = runbooks.reduce((sum, runbook) => sum + runbook.sections.length, 0);
    const all = `all ${sections} sections of ${runbooks.length === 1 ? 'the runbook' : `${runbooks.length} runbooks`} are written`;
    return everyRunbook(evidence.runbooks, {
      because:
        problems.length === 0 ? all : `${share(problems.length, sections, 'section', ['is', 'are'])} not written`,
      problems,
      shown: problems.length === 0 ? runbooks.map(({ at }) => at) : [],
    });
  },
});

/** Only the innermost section is named: its parents are unwritten because of it. */
function unwritten(
  { sections, title }: Runbook,
  empty: boolean,
): { message: string; at: RunbookSection['at']; fix: string; subject: string }[] {
  return sections.flatMap((section, index) => {
    const isLeaf = (sections[index + 1]?.level ?? 0) <= section.level;
    const stub = isLeaf && section.stubAt !== undefined;
    if (!stub && !(isLeaf && empty && section.state === 'empty')) return [];
    const at = section.stubAt ?? section.at;
    return [
      {
        message: `"${section.title}" in "${title}" ${stub ? 'holds a placeholder' : 'is empty'}`,
        at,
        fix: 'Write it, or take the heading away so that nobody relies on it.',
        subject: `${at.path}#${section.title}`,
      },
    ];
  });
}
