/** The failure modes that the manifest declares, for the checks of this area, and what to say where there is none. */
import type { FailureMode } from '../../generated/service.ts';
import type { Claims, Manifest } from '../../manifest/manifest.ts';
import type { Assessment, Place } from '../../model.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { missing } from '../define.ts';

/** A failure mode and its JSON pointer. */
export interface Mode {
  readonly mode: FailureMode;
  readonly pointer: string;
}

interface Asked {
  readonly claims: Claims;
  readonly manifest: Manifest;
  at(pointer: string): Place;
}

/** The modes, in the manifest's order. */
export function modesOf({ claims }: Pick<Asked, 'claims'>): readonly Mode[] {
  return (claims.failure_modes ?? []).map((mode, index) => ({ mode, pointer: `/failure_modes/${index}` }));
}

/** The answer where none is declared. */
export function withoutModes(subject: Asked): Assessment | undefined {
  if (modesOf(subject).length > 0) return undefined;
  return missing(unclaimed(subject.manifest, 'how the service can fail'), [
    {
      message: 'every failure will be the first of its kind',
      ...placed(claimPlace(subject, '/failure_modes')),
      fix: 'Add `failure_modes:` with one for each hard dependency, and for a lost host, a lost zone, overload, a bad release and bad data.',
      subject: 'failure-modes',
    },
  ]);
}
