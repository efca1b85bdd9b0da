/** The images that a Dockerfile builds on and copies from, and whether each is named so that it stays the same. Pure. */
import type { Base, Image } from '../../evidence/images/image.ts';
import { namingOf } from '../image-naming.ts';
import { counted, shortened } from '../words.ts';
import type { Named } from './pins.ts';

/** Each FROM and each `COPY --from`, but for stages of the same file. */
export function namedIn({ stages }: Image): readonly Named[] {
  return stages.flatMap(({ base, copies = [] }) => [
    ...(isImage(base) ? [named(base, 'moving')] : []),
    // A bare name may be a folder that the build is given under it.
    ...copies.filter(isImage).map((it) => named(it, 'open')),
  ]);
}

/** Neither a stage of the same file nor the empty image. */
function isImage({ image, stage }: Base): boolean {
  return stage === undefined && image.toLowerCase() !== 'scratch';
}

function named({ image, digest, open, at }: Base, bare: Named['holds']): Named {
  const holds = digest ? 'fixed' : open ? 'open' : heldBy(image, bare);
  return { name: image, holds, ...(holds === 'moving' && { moves: movesBy(image) }), at };
}

function movesBy(image: string): string {
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined ? 'has no tag, which means `latest`' : `is named by \`${tag}\`, which moves`;
}

function heldBy(image: string, bare: Named['holds']): Named['holds'] {
  const naming = namingOf(image);
  if (naming === 'local') return bare;
  return naming === 'version' || naming === 'filled' ? 'tag' : 'moving';
}

/** "; 1 Dockerfile set aside (its name says dev)", or nothing. */
export function asideWords(images: readonly Image[]): string {
  if (images.length === 0) return '';
  const why = [...new Set(images.flatMap(({ aside }) => aside?.because ?? []))];
  return `; ${counted(images.length, 'Dockerfile')} set aside (${shortened(why, 2)})`;
}
