/** Assesses whether the service promises more availability than the dependencies it cannot work without. */
import type { Place, Problem } from '../../model.ts';
import { allNeeded, percent, productAgainst, reaches } from '../arithmetic.ts';
import { assessed, contradicted, defineCheck, missing, notApplicable } from '../define.ts';
import { type Listed, listDependencies, withoutDependencies } from '../dependencies/listed.ts';
import { sloScope } from '../slo-scope.ts';
import { counted, listed } from '../words.ts';
import { ownAvailability } from './own-availability.ts';

export const check = defineCheck({
  summary:
    'Multiplies `slo.availability` of the dependencies that are neither soft nor asynchronous and compares the product with the highest availability objective of the service. What the dependencies promise is taken from the manifest.',
  needs: ['slos'],
  claimOnly: true,
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, at } = subject;
    const nothing = withoutDependencies(subject, 'nobody can tell whether the promised availability is possible');
    if (nothing) return nothing;
    const hard = listDependencies(subject).filter(({ dependency: it }) => it.criticality !== 'soft' && !it.async);
    const why = 'every dependency is soft or asynchronous, so none limits the availability';
    if (hard.length === 0) return notApplicable(why, { claim: at('/dependencies') });
    const [highest] = [...ownAvailability(claims, sloScope(subject).slos, at)].sort((a, b) => b.target - a.target);
    const spoken = hard.filter((it) => promiseOf(it) !== undefined);
    const promised = spoken.flatMap((it) => promiseOf(it) ?? []);
    const product = highest && promised.length > 0 ? productAgainst(promised, highest.target) : '';
    if (highest && !reaches(allNeeded(promised), highest.target)) {
      const names = listed(spoken.map((it) => `${it.dependency.id} ${percent(promiseOf(it) ?? 0)}`));
      const message = `${highest.name} promises ${percent(highest.target)}, more than ${names} allow together`;
      const fix =
        'Lower the objective, make a dependency soft with a fallback, or agree on a better promise with its team.';
      return contradicted(product, [{ message, at: highest.at, fix, subject: highest.name }], { claim: highest.at });
    }
    const silent = hard.filter((it) => !spoken.includes(it));
    if (highest && silent.length === 0) {
      const names = listed(hard.map(({ dependency }) => dependency.id));
      return assessed('declared', `${product} (${names})`, { claim: highest.at });
    }
    const count = `${silent.length} of ${counted(hard.length, 'hard dependency', 'hard dependencies')} ${silent.length === 1 ? 'states' : 'state'} no availability`;
    const because = silent.length > 0 ? count : 'there is nothing to compare the dependencies with';
    const problems = [...(highest ? [] : [ownProblem(at)]), ...silent.map((it) => silentProblem(it, at))];
    return missing(`${because}${product && `; the others leave ${product}`}`, problems, { claim: at('/dependencies') });
  },
});

function promiseOf({ dependency }: Listed): number | undefined {
  return dependency.slo?.availability;
}

function ownProblem(at: (pointer: string) => Place): Problem {
  const fix = 'Add `nfrs.availability` with a target and a window.';
  return { message: 'the service itself promises no availability', at: at('/nfrs'), fix, subject: 'availability' };
}

function silentProblem({ dependency: { id }, pointer }: Listed, at: (pointer: string) => Place): Problem {
  const message = `${id} is hard and nothing says how available it is`;
  const fix = 'Add `slo: { availability: …, on: … }` with what its team or vendor promises, or what you measured.';
  return { message, at: at(pointer), fix, subject: id };
}
