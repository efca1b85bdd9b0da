/** Assesses whether the updater that is configured is at work: what git remembers of it and of the lockfiles. */
import { days, daysBetween } from '../../dates.ts';
import { defineCheck, missing, notApplicable, stale, unknown, verified } from '../define.ts';
import { duration } from '../params.ts';
import { counted } from '../words.ts';
import { ago, isShallow, newestLock, newestOf, newestUpdate, WHOLE_HISTORY } from './updater-signs.ts';
import { toolsIn } from './updater-words.ts';

export const check = defineCheck({
  summary:
    "Looks in git's history for the newest commit of Dependabot or Renovate (by its author, or by the merge of its branch) and for the newest change of a lockfile. Commits that touch many files at once say nothing of a lockfile. A shallow clone shows neither.",
  needs: ['updaters'],
  onDemand: {
    kinds: ['history'],
    when: ({ claims, evidence }) =>
      claims.packages?.updater !== undefined || evidence.updaters.facts.updaters.some(({ active }) => active !== 'no'),
  },
  params: { max_age: duration('Longest time since an updater or a lockfile moved.', '30d') },
  assess({ claims, evidence, params, asOf }) {
    const { history, updaters } = evidence;
    if (!history) return notApplicable('no updater is at work here');
    const { facts, unread } = history;
    const working = updaters.facts.updaters.filter(({ active }) => active !== 'no');
    const whose = working.length === 0 ? 'the updater that the manifest names' : toolsIn(working);
    const at = working.map((it) => it.at);
    const limit = days(params.max_age) ?? 30;
    const claimed = claims.packages?.updater;
    const tools = [
      ...working.map(({ tool }) => tool),
      ...(claimed === undefined || claimed === 'other' ? [] : [claimed]),
    ];
    const sign = newestOf([newestUpdate(facts, tools), newestLock(facts)]);
    const age = sign && daysBetween(sign.on, asOf);
    if (sign && age !== undefined && age <= limit)
      return verified(
        `${sign.what} on ${sign.on}, ${ago(age)}`,
        sign.path === undefined ? at : [...at, { path: sign.path }],
      );
    if (facts.absent !== undefined)
      return unknown(`whether ${whose} is at work cannot be seen: ${facts.absent}`, { evidence: at });
    if (isShallow(unread))
      return unknown(`whether ${whose} is at work cannot be seen: the clone is shallow. ${WHOLE_HISTORY}`, {
        evidence: at,
      });
    if (facts.oldest === undefined || daysBetween(facts.oldest, asOf) <= limit)
      return unknown(`what can be seen of the history is younger than ${limit} days`, { evidence: at });
    const fix = "Look at the updater's own log and at the proposals that are open, and merge or close them.";
    const message = `${whose} ${working.length > 1 ? 'seem' : 'seems'} to stand still`;
    const problems = [{ message, ...(at[0] && { at: at[0] }), fix, subject: 'updater' }];
    if (sign && age !== undefined)
      return stale(`${sign.what} on ${sign.on}, ${ago(age)}, and nothing since; ${limit} days are allowed`, problems, {
        evidence: at,
      });
    return missing(
      `no commit of an updater and no change of a lockfile is among ${counted(facts.commits, 'commit')} since ${facts.oldest.slice(0, 10)}`,
      problems,
      { evidence: at },
    );
  },
});
