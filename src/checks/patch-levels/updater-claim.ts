/** What the manifest says of the updater, where what is here says something else or nothing. Pure. */
import type { Updater } from '../../evidence/updaters/updater.ts';
import type { Assessment, Place } from '../../model.ts';
import { contradicted, declared, missing } from '../define.ts';
import { toolsIn } from './updater-words.ts';

const FIX = 'Add `.github/dependabot.yml` or `renovate.json`, and let it propose version updates on a schedule.';
const MESSAGE = 'nobody is told of newer versions, so what the service runs ages until somebody looks';

/** The manifest names one of the two, and only the other is here. */
export function isOther(claimed: string, active: readonly Updater[], open: readonly Updater[]): boolean {
  return claimed !== 'other' && active.length > 0 && ![...active, ...open].some(({ tool }) => tool === claimed);
}

/** Contradicted: the manifest names another tool than the one that is configured. */
export function otherThan(claimed: string, active: readonly Updater[], claim: Place | undefined): Assessment {
  const message = `the manifest names ${claimed}, and only ${toolsIn(active)} is configured`;
  const fix = 'Correct `packages.updater`, or add the configuration that it means.';
  return contradicted(message, [{ message, ...(claim && { at: claim }), fix, subject: 'updater' }], {
    claim,
    evidence: active.map(({ at }) => at),
  });
}

/** Nothing is configured here: what the manifest says is all there is, or is disproved by it. */
export function withoutConfiguration(claimed: string | undefined, claim: Place | undefined): Assessment {
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
