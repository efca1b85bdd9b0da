/** Assesses whether decisions are recorded with their status, and whether one of them is about the declared trade-off. */
import type { RecordEntry } from '../../evidence/records.ts';
import { referenceAt } from '../../evidence/references/lookup.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { assessed, contradicted, declared, defineCheck, missing, verified } from '../define.ts';
import { counted } from '../words.ts';
import { isStatus, namesService, recordsTradeOff } from './decision.ts';
import { isElsewhere } from './records.ts';

export const check = defineCheck({
  summary:
    'Reads decision records where `operations.decisions` says and by the folders they have (adr, decisions): each needs a status, and one that holds has to speak of the trade-off with the word that `profile` has. Records for several services count where they name this one.',
  needs: ['records', 'references'],
  params: {},
  assess(subject) {
    const { claims, manifest, service, at, evidence } = subject;
    const all = evidence.records.facts.records.filter(({ kind }) => kind === 'decision');
    const own = all.filter((record) => !record.shared || namesService(record, service.name));
    const reference = referenceAt(evidence.references.facts, '/operations/decisions');
    if (own.length === 0) {
      const foreign =
        all.length > 0
          ? `; ${counted(all.length, 'record')} kept for several services ${all.length === 1 ? 'does' : 'do'} not name ${service.name}`
          : '';
      if (reference && isElsewhere(reference))
        return declared(`the decisions are said to be at ${reference.target}, which is not opened`, reference.at);
      if (reference)
        return contradicted(`${reference.target} is said to hold decisions, and none is there${foreign}`, [
          {
            message: `no decision record at ${reference.target}`,
            at: reference.at,
            fix: 'Correct the path, or write the first record.',
            subject: reference.target,
          },
        ]);
      return missing(`${unclaimed(manifest, 'decision records')}, and none is here${foreign}`, [
        {
          message: 'why it is as it is, only those know who were there',
          ...placed(claimPlace(subject, '/operations')),
          fix: 'Write `docs/adr/0001-….md`: context, decision, consequences, and a status.',
          subject: 'decisions',
        },
      ]);
    }
    const without = own.filter(({ status }) => !isStatus(status));
    const profile = claims.profile;
    const about = profile ? own.filter((record) => recordsTradeOff(record, profile)) : [];
    const counts = `${counted(own.length, 'decision')}, ${without.length === 0 ? (own.length === 1 ? 'with a status' : 'each with a status') : `${without.length} without a status`}`;
    const problems = [
      ...without.slice(0, 10).map((record) => statusProblem(record)),
      ...(about.length > 0
        ? []
        : [
            profile
              ? {
                  message: `none that holds says why the service is for ${profile}`,
                  at: own[0]?.at ?? at('/profile'),
                  fix: `Record the trade-off, in the word ${profile}: what it costs, and why that is right here.`,
                  subject: 'profile',
                }
              : {
                  message: 'no trade-off is declared, so that none can be recorded',
                  ...placed(claimPlace(subject, '/profile')),
                  fix: 'Add `profile:` (stability, balanced or flexibility), and record why.',
                  subject: 'profile',
                },
          ]),
    ];
    const [first] = about;
    if (problems.length === 0 && first)
      return verified(`${counts}; "${first.title}" records ${profile}`, [
        first.at,
        ...own
          .filter((it) => it !== first)
          .slice(0, 4)
          .map((it) => it.at),
      ]);
    const trade = first
      ? `"${first.title}" records ${profile}`
      : profile
        ? `none records ${profile}`
        : 'no trade-off is declared';
    return assessed('missing', `${counts}; ${trade}`, { problems, evidence: shortlist(own) });
  },
});

function statusProblem({ title, at }: RecordEntry) {
  return {
    message: `"${title}" has no status`,
    at,
    fix: 'Add `Status: accepted`, or whatever it is.',
    subject: at.path,
  };
}

function shortlist(records: readonly RecordEntry[]) {
  return records.slice(0, 5).map(({ at }) => at);
}
