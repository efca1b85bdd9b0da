/** Sentences about some of many: "1 of 3 alerts carries a severity". */
import { counted } from './words.ts';

/** The two forms of a noun or a verb. */
export type Forms = readonly [singular: string, plural: string];

/** "2 of 5 alerts carry …": the share, with noun and verb in the right number. */
export function share(count: number, total: number, noun: string | Forms, verb: Forms): string {
  const [singular, plural] = typeof noun === 'string' ? [noun, `${noun}s`] : noun;
  return `${count} of ${counted(total, singular, plural)} ${count === 1 || total === 1 ? verb[0] : verb[1]}`;
}
