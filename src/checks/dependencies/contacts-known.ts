/** Assesses whether somebody behind each hard dependency can be woken. Whether the number is right is for the manifest's reviewers. */
import { defineCheck, notApplicable } from '../define.ts';
import { sameTeam } from '../ownership/people.ts';
import { flag } from '../params.ts';
import { type Part, together } from '../parts.ts';
import { says } from '../placeholders.ts';
import { counted, listed } from '../words.ts';
import { listDependencies, stopsService, withoutDependencies } from './listed.ts';

export const check = defineCheck({
  summary:
    "Reads `contact` of every dependency that is not soft, except files and what the service's own team owns. Where the rule asks for someone who can be woken, a chat channel or a mailbox alone does not count. Consumers and soft dependencies are `ownership/partner-contacts`.",
  needs: [],
  params: { awake: flag('whether a chat channel or a mailbox alone is too little', true) },
  ofClaims: true,
  assess(subject) {
    const { claims, params, at } = subject;
    const nothing = withoutDependencies(subject, 'when a dependency is down at night, nobody knows whom to wake');
    if (nothing) return nothing;
    const own = claims.owner?.team;
    const others = listDependencies(subject).filter(
      ({ dependency }) => stopsService(dependency) && !(dependency.owner && own && sameTeam(dependency.owner, own)),
    );
    if (others.length === 0)
      return notApplicable('every dependency is soft, a file, or owned by the own team, whose on-call answers', {
        claim: at('/dependencies'),
      });
    const parts = others.map(({ dependency: { id, owner, contact }, pointer }): Part => {
      const asleep = says(contact) && params.awake && waitsForMorning(contact);
      if (says(contact) && !asleep) return { standing: 'declared' };
      const message = asleep
        ? `${id}: ${contact} wakes nobody at two in the morning`
        : `${id}${says(owner) ? ` (${owner})` : ''}: nothing says how to reach its people at two in the morning`;
      const fix = asleep
        ? 'Add the pager, the on-call schedule or a phone number to `contact`.'
        : 'Add `contact:`: a pager, a phone number, or the support plan and its link.';
      return { standing: 'missing', problems: [{ message, at: at(pointer), fix, subject: id }] };
    });
    const reachable = others
      .filter((_, index) => parts[index]?.standing === 'declared')
      .map(({ dependency }) => dependency.id);
    const because = `somebody can be woken for ${reachable.length} of ${counted(others.length, 'hard dependency', 'hard dependencies')}${reachable.length > 0 ? ` (${listed(reachable)})` : ''}`;
    return together(parts, because, at(others[0]?.pointer ?? '/dependencies'));
  },
});

/** A channel or a mailbox and nothing else: it is read in the morning. */
function waitsForMorning(contact: string): boolean {
  const words = contact
    .split(/[\s,;/]+/)
    .filter((word) => word !== '' && !/^(slack|teams|chat|channel|e-?mail|mail|and|or):?$/i.test(word));
  return words.every((word) => /^#[\w-]+$|^(mailto:)?[^@]+@[^@]+\.[a-z]+$/i.test(word));
}
