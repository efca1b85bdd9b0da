/** Assesses whether the people can be reached whom nobody has to wake: those of consumers and of dependencies that the service lives without. Knows the manifest only. */
import type { Claims } from '../../manifest/manifest.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, defineCheck, missing, notApplicable } from '../define.ts';
import { listDependencies, stopsService } from '../dependencies/listed.ts';
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
    "Reads `consumers` and the soft `dependencies` in the manifest, files among them: each needs a `contact`, and a channel is enough. What the service's own team owns needs none. Hard dependencies are `dependencies/contacts-known`.",
  needs: [],
  params: {},
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, at } = subject;
    if (manifest.state !== 'valid') {
      const fix = 'List `consumers:` and soft `dependencies:` with a `contact:` each.';
      const message = 'in an incident that crosses services, nobody knows whom to tell';
      return missing(unclaimed(manifest, 'whom to tell among consumers and soft dependencies'), [
        { message, ...placed(claimPlace(subject, '')), fix, subject: 'partners' },
      ]);
    }
    const partners = partnersOf(claims);
    if (partners.length === 0) return notApplicable(`${manifest.path} names neither consumers nor soft dependencies`);
    const others = partners.filter(({ owner }) => !(owner && claims.owner && sameTeam(owner, claims.owner.team)));
    const unreachable = others.filter(({ contact }) => !says(contact));
    const own = partners.length - others.length;
    const reached = others.filter((it) => !unreachable.includes(it)).map(({ id }) => id);
    const rest = own > 0 ? `; ${own} more ${own === 1 ? 'belongs' : 'belong'} to the own team` : '';
    const count = `${reached.length} of ${counted(others.length, 'consumer or soft dependency', 'consumers and soft dependencies')} can be reached${reached.length > 0 ? ` (${shortened(reached)})` : ''}${rest}`;
    const problems = unreachable.map((partner) => ({
      message: `${partner.role} ${partner.id}${isSomebody(partner.owner) ? ` (${partner.owner})` : ''}: nothing says how to reach its people`,
      at: at(partner.pointer),
      fix: `Add \`contact:\`: ${partner.role === 'consumer' ? "the consumer team's" : "its team's"} channel, or the support plan and its link.`,
      subject: `${partner.role} ${partner.id}`,
    }));
    if (problems.length > 0) return missing(count, problems, { claim: at(partners[0]?.pointer ?? '') });
    if (others.length === 0)
      return declared(
        `${counted(own, 'consumer or soft dependency', 'consumers and soft dependencies')}, all of the own team`,
        at('/owner'),
      );
    return declared(count, at(others[0]?.pointer ?? ''));
  },
});

function partnersOf(claims: Claims): readonly Partner[] {
  const dependencies = listDependencies({ claims })
    .filter(({ dependency }) => !stopsService(dependency))
    .map(({ dependency: { id, owner, contact }, pointer }) => ({
      id,
      owner,
      contact,
      role: 'dependency' as const,
      pointer,
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
