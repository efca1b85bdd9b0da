/** How a service says that it can fail, as digests of its words, so that copied texts are found without keeping them. Pure. */
import { createHash } from 'node:crypto';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import type { FailureModeFact } from '../../model-facts.ts';
import { kept, MOST_CLAIMS } from './bounds.ts';

/** Longest text that is compared, in UTF-16 units. */
const LONGEST_TEXT = 4000;

/** The failure modes that say something, in the manifest's order. */
export function failureModesOf(
  { name = '', failure_modes: modes = [] }: Claims,
  at: (pointer: string) => Place,
): readonly FailureModeFact[] {
  return modes.slice(0, MOST_CLAIMS).flatMap(({ id, effect, detection, mitigation }, index) => {
    const text = [effect, detection, mitigation].filter(Boolean).join(' ').slice(0, LONGEST_TEXT);
    const words = wordsOf(text, name);
    if (words.length === 0) return [];
    const digest = createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 12);
    const begins = text.trim().split(/\s+/).slice(0, 8).join(' ');
    return [{ id: kept(id), digest, words: words.length, begins: kept(begins), at: at(`/failure_modes/${index}`) }];
  });
}

/** Lower case, without punctuation and numbers; the service's own name is only a name. */
function wordsOf(text: string, own: string): readonly string[] {
  const lower = text.toLowerCase();
  const named = own === '' ? lower : lower.replaceAll(own.toLowerCase(), ' it ');
  return named.split(/[^\p{L}]+/u).filter(Boolean);
}
