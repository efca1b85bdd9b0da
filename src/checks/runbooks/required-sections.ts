/** Assesses whether each runbook has the sections that one needs at night, by the kind of runbook it is. */
import type { Runbook } from '../../evidence/runbooks.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { integer, list } from '../params.ts';
import { lacking, spokenNeed } from './sections-needed.ts';

const ALERT = 'Sections that a runbook for an alert needs; alternatives joined by "|".';
const SERVICE = 'Sections that a runbook for a whole service needs.';
const PROCEDURE = 'Sections that a runbook for one procedure needs.';

export const check = defineCheck({
  summary:
    'Tells by their headings what the sections of each runbook are about, in the words that real runbooks use; a stub, an empty section or a mere pointer to another page answers nothing. Whom to call may stand anywhere in the page, or in the manifest.',
  needs: ['runbooks'],
  params: {
    alert: list(ALERT, ['diagnosis', 'mitigation']),
    service: list(SERVICE, ['impact', 'diagnosis|mitigation', 'contacts']),
    procedure: list(PROCEDURE, ['mitigation|diagnosis|recovery']),
    share: integer('Least share of runbooks that have all they need, in percent.', 100),
  },
  assess({ claims, evidence, params }) {
    const { runbooks } = evidence.runbooks.facts;
    if (runbooks.length === 0) return notApplicable('there is no runbook');
    const reachable = (claims.escalation?.length ?? 0) > 0 || claims.oncall !== undefined;
    const readable = runbooks.filter((runbook) => !runbook.nonEnglish);
    if (readable.length === 0) return unknown('the runbooks are written in a language whose headings are not known here', { evidence: runbooks.map(({ at }) => at) });
    const gaps = readable.flatMap((runbook) => {
      const lacks = lacking(runbook, params[runbook.genre], reachable);
      return lacks.length > 0 ? [{ runbook, lacks }] : [];
    });
    const complete = readable.length - gaps.length;
    const because = `${complete} of ${readable.length} runbooks have the sections they need`;
    const problems = gaps.map(({ runbook, lacks }) => gap(runbook, lacks.map(spokenNeed)));
    const good = readable.filter((runbook) => !gaps.some((it) => it.runbook === runbook)).map(({ at }) => at);
    if ((100 * complete) / readable.length >= params.share) return verified(because, good.slice(0, 10), { problems });
    return contradicted(because, problems, { evidence: good.slice(0, 10) });
  },
});

function gap(runbook: Runbook, lacks: readonly string[]): { message: string; at: Runbook['at']; fix: string; subject: string } {
  return {
    message: `"${runbook.title || runbook.at.path}" has no section on ${lacks.join(', nor on ')}`,
    at: runbook.at,
    fix: `Add ${lacks.length === 1 ? 'a section' : 'sections'} that ${lacks.length === 1 ? 'says' : 'say'} it, under a heading such as "${heading(lacks[0] ?? '')}".`,
    subject: runbook.at.path,
  };
}

function heading(need: string): string {
  const word = need.split(' or ')[0] ?? need;
  return word.charAt(0).toUpperCase() + word.slice(1);
}
