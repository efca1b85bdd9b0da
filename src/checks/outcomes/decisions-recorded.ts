/** Assesses whether decisions are recorded with their status, and whether one of them is about the declared trade-off. */
import { referenceAt } from '../../evidence/references/lookup.ts';
import type { Problem } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { counted } from '../words.ts';
import { isForm, isStatus, namesService, recordsTradeOff } from './decision.ts';
import { isElsewhere } from './records.ts';

export const check = defineCheck({
  summary:
    'Reads decision records where `operations.decisions` says and by the folders they have (adr, decisions): each needs a status, and one that holds has to speak of the trade-off with the word that `profile` has. Records for several services count where they name this one.',
  needs: ['records', 'references'],
  params: {},
  assess(subject) {
    const { claims, manifest, service, evidence } = subject;
    const all = evidence.records.facts.records.filter(({ kind, at: { path } }) => kind === 'decision' && !isForm(path));
    const own = all.filter((record) => !record.shared || namesService(record, service.name));
    const [any] = own;
    if (!any) {
      const foreign =
        all.length > 0 ? `; none of ${counted(all.length, 'record')} for several services names ${service.name}` : '';
      const reference = referenceAt(evidence.references.facts, '/operations/decisions');
      if (reference && isElsewhere(reference))
        return declared(`the decisions are said to be at ${reference.target}, which is not opened`, reference.at);
      const message = 'why it is as it is, only those know who were there';
      const fix = 'Write `docs/adr/0001-….md`: context, decision, consequences, and a status.';
      const where = placed(reference?.at ?? claimPlace(subject, '/operations'));
      const problems = [{ message, ...where, fix, subject: 'decisions' }];
      return reference
        ? contradicted(`${reference.target} is said to hold decisions, and none is there${foreign}`, problems)
        : missing(`${unclaimed(manifest, 'decision records')}, and none is here${foreign}`, problems);
    }
    const without = own.filter(({ status }) => !isStatus(status));
    const { profile } = claims;
    const about = profile && own.find((record) => recordsTradeOff(record, profile));
    const statuses = without.length === 0 ? ' with a status' : `, ${without.length} of them without a status`;
    const counts = `${counted(own.length, 'decision')}${statuses}`;
    if (manifest.state !== 'valid' && without.length === 0)
      return unknown(`${counts}; no manifest says which trade-off one of them has to record`, {
        evidence: own.slice(0, 5).map((it) => it.at),
      });
    const trade: Problem = profile
      ? {
          message: `none that holds says why the profile is ${profile}`,
          at: any.at,
          fix: `Record the trade-off, in the word ${profile}: what it costs, and why that is right here.`,
          subject: 'profile',
        }
      : {
          message: 'no trade-off is declared, so that none can be recorded',
          ...placed(claimPlace(subject, '/profile')),
          fix: 'Add `profile:` (stability, balanced or flexibility), and record why.',
          subject: 'profile',
        };
    const problems = [...without.slice(0, 10).map(statusProblem), ...(about ? [] : [trade])];
    const said = about ? `"${about.title}" records ${profile}` : trade.message;
    const because = `${counts}; ${said}`;
    const cited = [...new Set([about || any, ...own])].slice(0, 5).map((record) => record.at);
    return problems.length === 0
      ? verified(because, cited)
      : assessed('missing', because, { problems, evidence: cited });
  },
});

function statusProblem({ title, at }: { readonly title: string; readonly at: Problem['at'] & object }): Problem {
  return {
    message: `"${title}" has no status`,
    at,
    fix: 'Add `Status: accepted`, or whatever it is.',
    subject: at.path,
  };
}
