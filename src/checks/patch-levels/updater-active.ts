/** Assesses whether something proposes newer versions of packages by itself: configured here, and switched on. */
import { days, daysBetween } from '../../dates.ts';
import type { Updater } from '../../evidence/updaters/updater.ts';
import type { Assessment, Place } from '../../model.ts';
import { claimPlace } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, unknown, verified } from '../define.ts';
import { duration } from '../params.ts';
import { counted, listed } from '../words.ts';
import { newestUpdate, presetsOf, toolsIn } from './updater-words.ts';

const FIX = 'Add `.github/dependabot.yml` or `renovate.json`, and let it propose version updates on a schedule.';
const MESSAGE = 'nobody is told of newer versions, so what the service runs ages until somebody looks';

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
        `whether ${toolsIn(open)} proposes anything is said by ${listed(presetsOf(open))}, which is not at hand, and no commit of its own within ${params.within} was seen`,
        { claim, evidence: places(open) },
      );
    const [hidden] = unread;
    if (hidden)
      return unknown(`${hidden.at.path} could not be read: ${hidden.detail}`, { claim, evidence: [hidden.at] });
    if (off.length > 0) return contradicted(shown([], off), off.map(problem), { claim });
    return withoutConfiguration(claimed, claim);
  },
});

/** The manifest names one of the two, and only the other is here. */
function isOther(claimed: string, active: readonly Updater[], open: readonly Updater[]): boolean {
  return claimed !== 'other' && active.length > 0 && ![...active, ...open].some(({ tool }) => tool === claimed);
}

function otherThan(claimed: string, active: readonly Updater[], claim: Place | undefined): Assessment {
  const message = `the manifest names ${claimed}, and only ${toolsIn(active)} is configured`;
  const fix = 'Correct `packages.updater`, or add the configuration that it means.';
  return contradicted(message, [{ message, ...(claim && { at: claim }), fix, subject: 'updater' }], {
    claim,
    evidence: places(active),
  });
}

function withoutConfiguration(claimed: string | undefined, claim: Place | undefined): Assessment {
  if (claim && claimed === 'dependabot') {
    const message = 'Dependabot proposes newer versions by `.github/dependabot.yml` alone, which is not here';
    return contradicted(message, [{ message, at: claim, fix: FIX, subject: 'updater' }], { claim });
  }
  if (claim)
    return declared(
      `the manifest names ${claimed === 'other' ? 'another tool' : claimed}; its configuration is not here`,
      claim,
    );
  return missing(
    'neither Dependabot nor Renovate is configured; security updates may be on in settings that no checkout shows',
    [{ message: MESSAGE, fix: FIX, subject: 'updater' }],
  );
}

function shown(active: readonly Updater[], off: readonly Updater[]): string {
  const idle = off.map((it) => `${toolsIn([it])} proposes none: ${it.inactive ?? 'it is switched off'}`);
  const on = active.map((it) => `${toolsIn([it])} proposes newer versions${watching(it)}`);
  return [...on, ...idle].join('; ');
}

function watching({ watched }: Updater): string {
  const at = watched.filter(({ idle }) => idle === undefined).length;
  if (watched.length === 0) return '';
  return at === watched.length ? ` for ${counted(at, 'entry', 'entries')}` : ` for ${at} of ${watched.length} entries`;
}

function problem({ tool, inactive, at }: Updater) {
  return {
    message: `${toolsIn([{ tool }])} proposes nothing: ${inactive ?? 'it is switched off'}`,
    at,
    fix: 'Take away what keeps it from proposing version updates, or configure the other tool.',
    subject: tool,
  };
}

function places(updaters: readonly Updater[]): readonly Place[] {
  return updaters.map(({ at }) => at);
}
