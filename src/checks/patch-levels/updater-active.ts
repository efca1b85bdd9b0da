/** Assesses whether something proposes newer versions of packages by itself: configured here, and switched on. */
import { days, daysBetween } from '../../dates.ts';
import { claimPlace } from '../claimed.ts';
import { contradicted, defineCheck, unknown, verified } from '../define.ts';
import { duration } from '../params.ts';
import { listed } from '../words.ts';
import { isOther, otherThan, withoutConfiguration } from './updater-claim.ts';
import { newestUpdate } from './updater-signs.ts';
import { idleProblem, places, presetsOf, shown, toolsIn } from './updater-words.ts';

export const check = defineCheck({
  summary:
    "Reads the configurations of Dependabot and Renovate: whether one proposes newer versions, or is switched off, limited to security updates, or incomplete. Where only a preset kept elsewhere could tell, a commit of the updater's own in git's history does. `packages.updater` is held against it.",
  needs: ['updaters'],
  onDemand: {
    kinds: ['history'],
    when: ({ claims, evidence }) => {
      const { updaters } = evidence.updaters.facts;
      return (
        updaters.every(({ active }) => active !== 'yes') &&
        (claims.packages?.updater === 'renovate' || updaters.some(({ active }) => active === 'elsewhere'))
      );
    },
  },
  params: {
    within: duration("How young an updater's commit is that shows it at work where nothing here configures it.", '90d'),
  },
  assess(subject) {
    const { claims, evidence, params, asOf } = subject;
    const { facts, unread } = evidence.updaters;
    const claimed = claims.packages?.updater;
    const claim = claimed === undefined ? undefined : claimPlace(subject, '/packages/updater');
    const active = facts.updaters.filter(({ active }) => active === 'yes');
    const open = facts.updaters.filter(({ active }) => active === 'elsewhere');
    const off = facts.updaters.filter(({ active }) => active === 'no');
    if (claimed !== undefined && isOther(claimed, active, open)) return otherThan(claimed, active, claim);
    if (active.length > 0) return verified(shown(active, off), places(active), { claim });
    const sign = newestUpdate(evidence.history?.facts, open.length > 0 ? ['renovate'] : [claimed ?? '']);
    if (sign && daysBetween(sign.on, asOf) <= (days(params.within) ?? 90))
      return verified(`its configuration is kept elsewhere, and ${sign.what} on ${sign.on}`, places(open), { claim });
    if (open.length > 0)
      return unknown(
        `whether ${toolsIn(open)} proposes anything is said by ${listed(presetsOf(open))}, which ${presetsOf(open).length === 1 ? 'is' : 'are'} not at hand, and no commit of its own within ${params.within} was seen`,
        { claim, evidence: places(open) },
      );
    const [hidden] = unread;
    if (hidden)
      return unknown(`${hidden.at.path} could not be read: ${hidden.detail}`, { claim, evidence: [hidden.at] });
    if (off.length > 0) return contradicted(shown([], off), off.map(idleProblem), { claim });
    return withoutConfiguration(claimed, claim);
  },
});
