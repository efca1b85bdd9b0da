/** Assesses whether each runbook has the sections that one needs at night, by the kind of runbook it is. */
import type { Runbook, RunbookSection } from '../../evidence/runbooks.ts';
import type { Problem } from '../../model.ts';
import { defineCheck, notApplicable } from '../define.ts';
import { integer, list } from '../params.ts';
import { share } from '../shares.ts';
import { listed } from '../words.ts';
import { everyRunbook } from './runbook-scope.ts';
import { hollowFor, lacking, type Needed, spokenNeed } from './sections-needed.ts';

export const check = defineCheck({
  summary:
    'Tells by their headings what the sections of each runbook are about, in the words that real runbooks use; a stub, an empty section or a mere pointer to another page answers nothing. Whom to call may stand anywhere in the page, or in the manifest. A page for one procedure need not say how trouble is found, as long as another page does.',
  needs: ['runbooks'],
  params: {
    alert: list('Sections that a runbook for an alert needs; alternatives joined by "|".', ['diagnosis', 'mitigation']),
    service: list('Sections that a runbook for a whole service needs.', ['diagnosis', 'mitigation', 'contacts']),
    procedure: list('Sections that a runbook for one procedure needs.', ['mitigation|diagnosis|recovery']),
    together: list('What all runbooks together have to say.', ['diagnosis', 'mitigation|recovery']),
    wanted: list('Sections that are better to have; they are counted and not asked for.', ['impact']),
    share: integer('Least share of runbooks that have all they need, in percent.', 100),
  },
  assess({ claims, evidence, params }) {
    const { runbooks } = evidence.runbooks.facts;
    if (runbooks.length === 0) return notApplicable('there is no runbook');
    const reachable = (claims.escalation?.length ?? 0) > 0 || claims.oncall !== undefined;
    const readable = runbooks.filter((runbook) => !runbook.nonEnglish);
    const gaps = readable.flatMap((runbook) => {
      const lacks = lacking(runbook, params[runbook.genre], reachable);
      return lacks.length > 0 ? [gap(runbook, lacks)] : [];
    });
    const complete = readable.length - gaps.length;
    const nowhere =
      readable.length === runbooks.length
        ? params.together.filter((need) => readable.every((it) => lacking(it, [need], reachable).length > 0))
        : [];
    const [first] = readable;
    const silence = gaps.length === 0 && nowhere.length > 0 && first ? [silent(first, nowhere.map(spokenNeed))] : [];
    const better =
      readable.length === 0
        ? []
        : params.wanted.map((need) =>
            also(readable.filter((it) => lacking(it, [need], reachable).length === 0).length, spokenNeed(need)),
          );
    const judged =
      readable.length === 0
        ? 'no runbook could be judged by its headings'
        : share(complete, readable.length, 'runbook', ['has the sections it needs', 'have the sections they need']);
    return everyRunbook(evidence.runbooks, {
      because: [
        judged,
        ...(silence.length > 0 ? [`together they say nothing on ${listed(nowhere.map(spokenNeed))}`] : better),
      ].join('; '),
      problems: [...gaps, ...silence],
      tolerated: silence.length === 0 && (100 * complete) / readable.length >= params.share,
      shown: readable
        .filter((runbook) => !gaps.some(({ subject }) => subject === subjectOf(runbook)))
        .map(({ at }) => at),
    });
  },
});

function also(count: number, need: string): string {
  return `${count === 0 ? 'none has' : `${count} ${count === 1 ? 'has' : 'have'}`} one on ${need}`;
}

/** A heading that promises what is lacking is where to begin. */
function gap(runbook: Runbook, lacks: readonly Needed[]): Problem {
  const { title, at } = runbook;
  const words = lacks.map(spokenNeed);
  const [hollow] = lacks.flatMap((need) => hollowFor(runbook, need));
  const several = lacks.length > 1;
  return {
    message: `"${title || at.path}" has no section on ${words.join(', nor on ')}${hollow ? `: "${hollow.title}" ${emptiness(hollow)}` : ''}`,
    at: hollow?.at ?? at,
    fix: hollow
      ? 'Write down there what to look at and what to do, for whoever cannot look any further.'
      : `Add ${several ? 'sections' : 'a section'} that ${several ? 'say' : 'says'} it, under a heading such as "${heading(words[0] ?? '')}".`,
    subject: subjectOf(runbook),
  };
}

/** A page may hold several runbooks. */
function subjectOf({ at, title }: Runbook): string {
  return at.line === undefined ? at.path : `${at.path}#${title}`;
}

function emptiness({ state }: RunbookSection): string {
  if (state === 'stub') return 'is yet to be written';
  return state === 'empty' ? 'is empty' : 'only says where else to look';
}

/** Procedures alone: somebody who is paged does not know yet which of them to follow. */
function silent({ at }: Runbook, lacks: readonly string[]): Problem {
  return {
    message: `no runbook has a section on ${listed(lacks)}: whoever is paged does not know yet which procedure to follow`,
    at,
    fix: 'Add a page that begins with what one sees, and leads from there to the procedure.',
    subject: 'together',
  };
}

function heading(need: string): string {
  const word = need.split(' or ')[0] ?? need;
  return word.charAt(0).toUpperCase() + word.slice(1);
}
