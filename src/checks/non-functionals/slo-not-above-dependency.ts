/** Assesses whether the service promises more availability than the dependencies it cannot work without. */
import { allNeeded, percent, productAgainst, reaches } from '../arithmetic.ts';
import { assessed, contradicted, defineCheck, missing, notApplicable } from '../define.ts';
import { listDependencies, withoutDependencies } from '../dependencies/listed.ts';
import { counted, listed } from '../words.ts';
import { ownAvailability } from './own-availability.ts';

export const check = defineCheck({
  summary:
    'Multiplies `slo.availability` of the dependencies that are neither soft nor asynchronous and compares the product with the highest availability objective of the service. What the dependencies promise is taken from the manifest.',
  needs: ['slos'],
  params: {},
  assess(subject) {
    const { claims, evidence, at } = subject;
    const nothing = withoutDependencies(
      subject,
      'nobody can tell whether the promised availability is possible at all',
    );
    if (nothing) return nothing;
    const hard = listDependencies(subject).filter(
      ({ dependency }) => dependency.criticality !== 'soft' && !dependency.async,
    );
    if (hard.length === 0)
      return notApplicable('every dependency is soft or asynchronous, so none limits the availability', {
        claim: at('/dependencies'),
      });
    const objectives = ownAvailability(claims, evidence.slos.facts, at);
    const highest =
      objectives.length > 0 ? objectives.reduce((most, it) => (it.target > most.target ? it : most)) : undefined;
    const promised = hard.flatMap(({ dependency }) => dependency.slo?.availability ?? []);
    const silent = hard.filter(({ dependency }) => dependency.slo?.availability === undefined);
    const sum = highest && promised.length > 0 ? productAgainst(promised, highest.target) : '';
    if (highest && !reaches(allNeeded(promised), highest.target)) {
      const names = hard
        .filter((it) => !silent.includes(it))
        .map(({ dependency }) => `${dependency.id} ${percent(dependency.slo?.availability ?? 0)}`);
      const message = `${highest.name} promises ${percent(highest.target)}, more than ${listed(names)} allow together`;
      const fix =
        'Lower the objective, make a dependency soft with a fallback, or agree on a better promise with its team.';
      return contradicted(sum, [{ message, at: highest.at, fix, subject: highest.name }], { claim: highest.at });
    }
    if (!highest || silent.length > 0) {
      const own = highest
        ? []
        : [
            {
              message: 'the service itself promises no availability',
              at: at('/nfrs'),
              fix: 'Add `nfrs.availability` with a target and a window.',
              subject: 'availability',
            },
          ];
      const problems = silent.map(({ dependency: { id }, pointer }) => ({
        message: `${id} is hard and nothing says how available it is`,
        at: at(pointer),
        fix: 'Add `slo: { availability: …, on: … }` with what its team or vendor promises, or what you measured.',
        subject: id,
      }));
      const because =
        silent.length > 0
          ? `${silent.length} of ${counted(hard.length, 'hard dependency', 'hard dependencies')} ${silent.length === 1 ? 'states' : 'state'} no availability`
          : 'there is nothing to compare the dependencies with';
      return missing(`${because}${sum && `; the others leave ${sum}`}`, [...own, ...problems], {
        claim: at('/dependencies'),
      });
    }
    return assessed('declared', `${sum} (${listed(hard.map(({ dependency }) => dependency.id))})`, {
      claim: highest.at,
    });
  },
});
