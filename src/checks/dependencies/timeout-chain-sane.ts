/** Assesses whether the service answers before its own callers give up, even when every hard dependency takes its time. */
import { milliseconds } from '../../dates.ts';
import type { Place, Problem } from '../../model.ts';
import { duration, oneAfterTheOther, reaches, sumAgainst } from '../arithmetic.ts';
import { assessed, contradicted, defineCheck, missing, notApplicable } from '../define.ts';
import { counted, listed } from '../words.ts';
import { isWaitedFor, linkOf, shownSum } from './chain.ts';
import { type Listed, listDependencies, withoutDependencies } from './listed.ts';

export const check = defineCheck({
  summary:
    "Adds up (connect + request) × (1 + retries) over the hard dependencies that a caller waits for, as if called one after the other, and compares the sum with the service's own `timeout`. Soft and asynchronous dependencies are left out, and so are the pauses between tries. Verified when the cited configuration shows every number.",
  needs: ['claimed-numbers'],
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, evidence, at } = subject;
    const nothing = withoutDependencies(subject, 'callers may give up long before this service does, and call again');
    if (nothing) return nothing;
    const all = listDependencies(subject);
    const waited = all.filter(({ dependency }) => isWaitedFor(dependency));
    const why = 'every dependency is soft, asynchronous or a file, so no caller waits for one';
    if (waited.length === 0) return notApplicable(why, { claim: at('/dependencies') });
    const own = claims.timeout?.request ?? '';
    const limit = milliseconds(own);
    const links = waited.flatMap(({ dependency }) => linkOf(dependency) ?? []);
    const sum = oneAfterTheOther(links.map(({ total }) => total));
    const terms = links.map(({ text }) => text);
    const gaps = gapsIn(waited, limit, at);
    if (limit !== undefined && !reaches(limit, sum)) {
      const parts = listed(links.map(({ id, total }) => `${id} ${duration(total)}`));
      const message = `callers give up after ${duration(limit, sum)}, while this service may still wait until ${duration(sum, limit)} (${parts})`;
      const fix =
        'Shorten the timeouts or retries of the largest part, call dependencies side by side, or agree on a longer own `timeout` with the callers.';
      const excess = { message, at: at('/timeout'), fix, subject: 'chain' };
      return contradicted(sumAgainst(terms, sum, limit), [excess, ...gaps], { claim: at('/timeout') });
    }
    if (limit === undefined || gaps.length > 0) {
      const known = limit === undefined ? `at least ${duration(sum)}` : sumAgainst(terms, sum, limit);
      const because = `the chain of ${counted(waited.length, 'hard dependency', 'hard dependencies')} cannot be added up`;
      return missing(`${because}${links.length > 0 ? `; so far ${known}` : ''}`, gaps, { claim: at('/dependencies') });
    }
    const ids = all.map(({ dependency }) => dependency.id);
    const shown = shownSum(waited, own, evidence['claimed-numbers'].facts, ids);
    const because = `${sumAgainst(terms, sum, limit)} over ${listed(links.map(({ id }) => id))}${assumptions(all, waited)}`;
    const standing = shown.complete ? 'verified' : 'declared';
    return assessed(standing, because, { claim: at('/timeout'), evidence: shown.places });
  },
});

function gapsIn(
  waited: readonly Listed[],
  limit: number | undefined,
  at: (pointer: string) => Place,
): readonly Problem[] {
  const own = {
    message: 'nothing says how long callers wait for this service',
    at: at('/timeout'),
    fix: 'Add `timeout:` with the longest time a whole request may take, e.g. 3s, and `timeout.evidence`.',
    subject: 'timeout',
  };
  const unbounded = waited
    .filter(({ dependency }) => !linkOf(dependency))
    .map(({ dependency: { id }, pointer }) => ({
      message: `${id} is hard and nothing bounds how long a request to it waits`,
      at: at(pointer),
      fix: 'Add `timeout: { connect, request }`.',
      subject: id,
    }));
  return [...(limit === undefined ? [own] : []), ...unbounded];
}

/** What the sum takes for granted: many clients retry by default, so a count that nobody declared is worth a word. */
function assumptions(all: readonly Listed[], waited: readonly Listed[]): string {
  const silent = waited.filter(({ dependency }) => dependency.retry?.max === undefined);
  const left = all.filter((it) => !waited.includes(it));
  const names = (some: readonly Listed[]): string => listed(some.map(({ dependency }) => dependency.id));
  const tries = silent.length > 0 ? `; one try is counted for ${names(silent)}, whose retries nobody declared` : '';
  return `${tries}${left.length > 0 ? `; left out: ${names(left)}` : ''}`;
}
