/** Words for the images that are not judged. Pure. */
import type { Image } from '../../evidence/images/image.ts';
import { shortened } from '../words.ts';

/** "; 2 images set aside (its name says dev)", or nothing. */
export function setAside(images: readonly Image[]): string {
  const reasons = images.flatMap(({ aside }) => aside?.because ?? []);
  if (reasons.length === 0) return '';
  return `; ${reasons.length} ${reasons.length === 1 ? 'image' : 'images'} set aside (${shortened([...new Set(reasons)], 3)})`;
}
