/** How checks speak of claims that nobody made: the sentence and the place, whether there is a manifest or not. Words only. */
import type { Manifest } from '../manifest/manifest.ts';
import type { Place } from '../model.ts';

type Asked = Pick<Manifest, 'state' | 'path'>;

/** "gonogo.yaml does not name an on-call rota", or why no manifest could. `what` follows "name". */
export function unclaimed({ state, path }: Asked, what: string): string {
  if (state === 'absent') return `no manifest names ${what}`;
  if (state === 'invalid') return `${path} is not valid, so it does not name ${what}`;
  return `${path} does not name ${what}`;
}

/** Where a claim stands or should stand; nothing where there is no manifest to open. */
export function claimPlace(
  subject: { readonly manifest: Asked; at(pointer: string): Place },
  pointer: string,
): Place | undefined {
  return subject.manifest.state === 'absent' ? undefined : subject.at(pointer);
}

/** The optional `at` of a problem, left out where there is no place. */
export function placed(at: Place | undefined): { readonly at?: Place } {
  return at ? { at } : {};
}
