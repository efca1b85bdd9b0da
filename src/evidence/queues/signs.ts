/** Words in code and configuration that tell of dead letters. They say that somebody thought of it, not that it works. */
import type { Sources } from '../collector.ts';
import type { Sign } from '../queues.ts';
import { isDocumentation, placeIn } from '../sources.ts';

const CONFIGURATION = /\.(ya?ml|properties|toml|conf)$/i;
const CODE = /\.(json|py|rb|js|ts|mjs|go|java|kt|kts|scala|cs|php|rs|ex|exs)$/i;
/** Reading all code for this would cost more than it tells. */
const MESSAGING = /queue|rabbit|amqp|kafka|pubsub|sqs|consumer|listener|messag|subscriber|worker|event|topic/i;
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
    const isCandidate = CONFIGURATION.test(file.path) || (CODE.test(file.path) && MESSAGING.test(file.path));
    if (file.class !== 'source' || !isCandidate || isDocumentation(file.path)) continue;
    const text = sources.text(file, []) ?? '';
    const found = text.length > LONGEST ? null : WORDS.exec(text);
    if (found) signs.push({ text: found[0], at: placeIn(file, text.slice(0, found.index).split('\n').length) });
  }
  return signs;
}
