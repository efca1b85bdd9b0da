/** Who answers for a service by what its repository says, source by source. Collects names; the checks judge them. */
import type { Facts, OwnerRule } from '../../evidence/owners.ts';
import type { Claims, Manifest } from '../../manifest/manifest.ts';
import type { Place, Service } from '../../model.ts';
import { entriesFor, plain } from '../catalog-entries.ts';
import { isSomebody } from './people.ts';

/** One place that names who answers. */
export interface Answer {
  readonly source: 'codeowners' | 'catalogue' | 'approvers';
  readonly who: readonly string[];
  readonly at: Place;
}

interface Asked {
  readonly service: Pick<Service, 'name'>;
  readonly manifest: Pick<Manifest, 'dir'>;
  readonly claims: Claims;
}

/** Every source in the repository that names somebody for the whole service. */
export function answersIn(facts: Facts, asked: Asked): readonly Answer[] {
  const rules = wholeServiceRules(facts).map(
    ({ owners, at }): Answer => ({ source: 'codeowners', who: owners.filter(isSomebody), at }),
  );
  const catalogue = catalogueOwners(facts, asked).filter(({ who }) => who.some(isSomebody));
  const approvers = facts.approvers.map(
    (it): Answer => ({ source: 'approvers', who: it.approvers.filter(isSomebody), at: it.at }),
  );
  return [...rules, ...catalogue, ...approvers].filter(({ who }) => who.length > 0);
}

/** Owners that catalogue files name for this service, whatever they are called. */
export function catalogueOwners(facts: Facts, asked: Asked): readonly Answer[] {
  return entriesFor(facts.catalog, asked).flatMap(({ owner }): readonly Answer[] => {
    const who = plain(owner);
    return owner && who !== undefined ? [{ source: 'catalogue', who: [who], at: owner.at }] : [];
  });
}

/** Rules that own the service as a whole: one that matches every file and still decides some, or several that leave no file without an owner. */
function wholeServiceRules({ codeowners, files, owned }: Facts): readonly OwnerRule[] {
  const deciding = (codeowners?.rules ?? []).filter(({ decides, owners }) => decides > 0 && owners.length > 0);
  const covering = deciding.filter(({ covers }) => covers);
  if (covering.length > 0) return covering;
  const largest = deciding.toSorted((a, b) => b.decides - a.decides);
  return files > 0 && owned === files ? largest.slice(0, 3) : [];
}

/** `.github/CODEOWNERS:6`. */
export function spot({ path, line }: Place): string {
  return line === undefined ? path : `${path}:${line}`;
}

/** "CODEOWNERS:6 names @lumenpay/payments", for the first few answers. */
export function told(answers: readonly Answer[]): string {
  return answers
    .slice(0, 3)
    .map(
      ({ who, at }) =>
        `${spot(at)} names ${who.slice(0, 3).join(', ')}${who.length > 3 ? ` and ${who.length - 3} more` : ''}`,
    )
    .join('; ');
}
