/** Words in code and configuration that tell of dead letters. They say that somebody thought of it, not that it works. */
import type { Sources } from '../collector.ts';
import type { Sign } from '../queues.ts';
import { isDocumentation, placeIn } from '../sources.ts';

const CODE = /\.(ya?ml|json|properties|toml|conf|py|rb|js|ts|mjs|go|java|kt|kts|scala|cs|php|rs|ex|exs)$/i;
const WORDS =
  /x-dead-letter-exchange|deadLetterExchange|DeadLetterPublishingRecoverer|RetryableTopic|\bDltHandler\b|enable-?dlq\s*[:=]\s*["']?true|dead-?letter-?(queue|topic|exchange)|errors\.deadletterqueue/i;
/** Most signs that are kept, and the largest file that is searched, in UTF-16 units. */
const MOST = 5;
const LONGEST = 300_000;

/** The first few signs. */
export function signsIn(sources: Sources): readonly Sign[] {
  const signs: Sign[] = [];
  for (const file of sources.files) {
    if (signs.length >= MOST) break;
    if (file.class !== 'source' || !CODE.test(file.path) || isDocumentation(file.path)) continue;
    const text = sources.text(file, []) ?? '';
    const found = text.length > LONGEST ? null : WORDS.exec(text);
    if (found) signs.push({ text: found[0], at: placeIn(file, text.slice(0, found.index).split('\n').length) });
  }
  return signs;
}
