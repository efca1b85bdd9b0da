/** Assesses whether the licences of the production packages are those that the manifest's policy admits. */
import { lockedVersions } from '../../evidence/lockfiles/concerned.ts';
import { list } from '../../evidence/plain-value.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { allowed } from '../licence-terms.ts';
import { isProduction } from '../open-vulnerabilities.ts';
import { share } from '../shares.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Judges only where `packages.licences` states what may be used. Reads the licences that the lockfile carries (npm from its second version on, Composer); of `MIT OR GPL-3.0-only` one suffices, of `AND` all count. A package whose licence no lockfile states is not known, and said so.',
  needs: ['lockfiles'],
  params: {},
  assess({ evidence, claims, at }) {
    const written = claims.packages?.licences;
    const policy = { allow: texts(written?.allow), deny: texts(written?.deny) };
    if (policy.allow.length + policy.deny.length === 0)
      return notApplicable('the manifest states no policy on licences (`packages.licences`)');
    const { lockfiles } = evidence.lockfiles.facts;
    const claim = at('/packages/licences');
    const versions = lockedVersions(lockfiles).filter(isProduction);
    if (versions.length === 0) return unknown('no lockfile says which packages there are', { claim });
    const judged = versions.map((it) => ({ ...it, answers: it.licences.map((licence) => allowed(licence, policy)) }));
    const refused = judged.filter(({ answers }) => answers.includes('no'));
    const open = judged.filter(
      ({ answers }) => !answers.includes('no') && !(answers.length > 0 && answers.every((it) => it === 'yes')),
    );
    const files = lockfiles.map(({ path }) => ({ path })).slice(0, 10);
    if (refused.length > 0)
      return contradicted(
        `${share(refused.length, versions.length, 'production package', ['is', 'are'])} under a licence that the policy does not admit`,
        refused.map(({ concerned, licences }) => ({
          message: `${concerned.name} ${concerned.version} is under ${licences.join(', ').slice(0, 120)}`,
          ...(concerned.at[0] && { at: concerned.at[0] }),
          fix: 'Replace it, or agree on it and add the licence to the policy.',
          subject: `${concerned.ecosystem} ${concerned.name}`,
        })),
        { claim, evidence: files },
      );
    if (open.length > 0)
      return unknown(
        `no licence is refused, but that of ${open.length} of ${counted(versions.length, 'production package')} is not known: the lockfile states none, or none that SPDX names`,
        { claim, evidence: files },
      );
    return verified(`the policy admits the licences of ${counted(versions.length, 'production package')}`, files, {
      claim,
    });
  },
});

function texts(value: unknown): readonly string[] {
  return list(value).flatMap((it) => (typeof it === 'string' ? [it] : []));
}
