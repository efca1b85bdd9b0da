/** Assesses whether the people behind every dependency and consumer can be reached. Knows the manifest only. */
import type { Claims } from '../../manifest/manifest.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, defineCheck, missing, notApplicable } from '../define.ts';
import { says } from '../placeholders.ts';
import { counted, shortened } from '../words.ts';
import { isSomebody, sameTeam } from './people.ts';

interface Partner {
  readonly id: string;
  readonly role: 'dependency' | 'consumer';
  readonly pointer: string;
  readonly owner?: string | undefined;
  readonly contact?: string | undefined;
}

export const check = defineCheck({
  summary:
    "Reads `dependencies` and `consumers` in the manifest: each needs a `contact`. What the service's own team owns needs none, because its own on-call answers.",
  needs: [],
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, at } = subject;
    if (manifest.state !== 'valid') {
      const fix = 'List `dependencies:` and `consumers:` with a `contact:` each.';
      const message = 'in an incident that crosses services, nobody knows whom to call';
      return missing(unclaimed(manifest, 'whom to call about any dependency or consumer'), [
        { message, ...placed(claimPlace(subject, '')), fix, subject: 'partners' },
      ]);
    }
    const partners = partnersOf(claims);
    if (partners.length === 0) return notApplicable(`${manifest.path} names neither dependencies nor consumers`);
    const others = partners.filter(({ owner }) => !(owner && claims.owner && sameTeam(owner, claims.owner.team)));
    const unreachable = others.filter(({ contact }) => !says(contact));
    const own = partners.length - others.length;
    const reached = others.filter((it) => !unreachable.includes(it)).map(({ id }) => id);
    const rest = own > 0 ? `; ${own} more ${own === 1 ? 'belongs' : 'belong'} to the own team` : '';
    const count = `${reached.length} of ${counted(others.length, 'dependency or consumer', 'dependencies and consumers')} can be reached${reached.length > 0 ? ` (${shortened(reached)})` : ''}${rest}`;
    const problems = unreachable.map((partner) => ({
      message: `${partner.role} ${partner.id}${isSomebody(partner.owner) ? ` (${partner.owner})` : ''}: nothing says how to reach its people at two in the morning`,
      at: at(partner.pointer),
      fix:
        partner.role === 'dependency'
          ? 'Add `contact:`: a pager, a phone number, or the support plan and its link.'
          : "Add `contact:`: the consumer team's channel or pager.",
      subject: `${partner.role} ${partner.id}`,
    }));
    if (problems.length > 0) return missing(count, problems, { claim: at(partners[0]?.pointer ?? '') });
    if (others.length === 0)
      return declared(
        `${counted(own, 'dependency or consumer', 'dependencies and consumers')}, all of the own team`,
        at('/owner'),
      );
    return declared(count, at(others[0]?.pointer ?? ''));
  },
});

function partnersOf(claims: Claims): readonly Partner[] {
  const dependencies = (claims.dependencies ?? []).map(({ id, owner, contact }, index) => ({
    id,
    owner,
    contact,
    role: 'dependency' as const,
    pointer: `/dependencies/${index}`,
  }));
  const consumers = (claims.consumers ?? []).map(({ id, owner, contact }, index) => ({
    id,
    owner,
    contact,
    role: 'consumer' as const,
    pointer: `/consumers/${index}`,
  }));
  return [...dependencies, ...consumers];
}
