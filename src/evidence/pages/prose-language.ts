/** Tells whether a text is written in another language than English, so that nobody reads much into its missing English words. */

import { table } from '../../table.ts';
import { isAscii } from './plain-ascii.ts';

/** Short words that are frequent in one language and rare in the others. */
const FREQUENT: Readonly<Record<string, string>> = table({
  english: 'the and of to is are this that with for from be it if not when you on by or as an can will should',
  german: 'der die das und ist nicht mit den von zu für auf ein eine werden wird wenn oder auch sich bei nach',
  french: 'le la les des et est pas pour dans une sur avec que qui du au ce si sont cette vous par',
  spanish: 'el los las y es no para en una con que del por se al este esta si son como cuando',
  portuguese: 'os das e é não para em uma com que do da por se ao este esta são como quando você',
  italian: 'il gli e è non per in una con che del della di da se al questo sono come quando',
  dutch: 'de het een en is niet voor met van op te dat zijn wordt als je naar bij ook deze',
  polish: 'i w z na do nie jest się że to po jak dla od przez oraz lub jeśli należy są',
  scandinavian: 'og er ikke det som på til av for med en et den har kan skal hvis eller må vi och att är inte för',
});

const SETS = Object.entries(FREQUENT).map(([language, words]) => [language, new Set(words.split(' '))] as const);

/** Whether it is not English; a text too short to tell counts as English. */
export function isForeign(text: string): boolean {
  const ascii = isAscii(text);
  if (!ascii && isOtherScript(text)) return true;
  const words = text.toLowerCase().match(ascii ? /[a-z]+/g : /\p{L}+/gu) ?? [];
  const counts = SETS.map(([language, known]) => ({ language, count: words.filter((word) => known.has(word)).length }));
  const [best] = counts.sort((a, b) => b.count - a.count || (a.language === 'english' ? -1 : 1));
  return best !== undefined && best.language !== 'english' && best.count >= 6;
}

function isOtherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters >= 20 && latin < letters / 2;
}
