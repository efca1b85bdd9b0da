/** Compares a declared timeout or number of retries with the numbers in the files that the manifest cites for it. */
import { milliseconds } from '../../dates.ts';
import type { CitedNumber, Facts } from '../../evidence/claimed-numbers.ts';
import type { Place } from '../../model.ts';
import { plain, same } from '../arithmetic.ts';

/** Whether the cited files show a declared number. `differs` only where a single, plain number says something else. */
export type Showing =
  | { readonly state: 'shown'; readonly at: Place }
  | { readonly state: 'differs'; readonly at: Place; readonly text: string }
  | { readonly state: 'silent' };

const SILENT: Showing = { state: 'silent' };

/** The numbers in the files below some pointers that may be about one dependency: its own where its name is near, else those that name no other. */
export function numbersFor(
  facts: Facts,
  pointers: readonly string[],
  id: string,
  all: readonly string[],
): readonly CitedNumber[] {
  const files = facts.files.filter(
    (file) =>
      !file.document && file.class === 'source' && pointers.some((pointer) => file.pointer.startsWith(`${pointer}/`)),
  );
  const numbers = files.flatMap((file) => file.numbers);
  const own = numbers.filter(({ path }) => named(path, all).includes(id));
  if (own.length > 0) return own;
  return numbers.filter(({ path, at }) => named(path, all).length === 0 && (namesFile(at.path, id) || isGeneral(path)));
}

/** Words that say nothing about whose number it is: what any client's settings are made of, and the grammar around them. */
const GENERAL =
  /^(https?|grpc|sql|rest|api|rpc|tcp|tls|dial|dialer|clients?|outgoing|outbound|upstreams?|server|service|services|dependency|dependencies|time|timeouts?|deadline|duration|retry|retries|retryable|attempts?|max|min|backoff|config|configuration|settings?|options?|opts|defaults?|props|properties|connect|connection|connections|conn|request|requests|response|read|write|socket|call|query|statement|total|overall|transport|agent|pool|axios|fetch|got|undici|okhttp|webclient|resttemplate|feign|resilience4j|spring|instances?|policy|policies|builder?|build|create|new|const|let|var|export|import|from|default|return|func|function|def|class|public|private|protected|static|final|val|a(?:wait|sync)|this|self|module|exports|require|with|using|use|set|get|of|to|in|ms|s|m|sec|secs?|seconds?|millis|milliseconds?|minutes?|int|long|number|string|true|false|null|nil|none|type|interface|struct|object|exponential|jitter|full|fixed|linear|enabled|idempotent|key)$/i;

/** Whether nothing around a number names anybody: a block called `payments-gateway` is somebody else's. */
function isGeneral(path: string): boolean {
  const words = path.match(/[A-Za-z][a-z0-9]*|[A-Z]+(?![a-z])/g) ?? [];
  return words.every((word) => GENERAL.test(word));
}

/** `internal/ledger/client.go` is about the ledger. */
function namesFile(path: string, id: string): boolean {
  return bare(path).includes(bare(id));
}

/** Whether a declared duration is shown. */
export function showingTime(numbers: readonly CitedNumber[], topic: 'connect' | 'request', declared: string): Showing {
  const wanted = milliseconds(declared);
  const candidates = numbers.filter((it) => it.topic === topic);
  if (wanted === undefined) return SILENT;
  return showing(candidates, (it) => same(it.value, wanted) || (it.unit === '' && same(it.value * 1000, wanted)));
}

/** Whether a declared number of retries is shown; libraries differ on whether the first try is an attempt. */
export function showingRetries(numbers: readonly CitedNumber[], declared: number): Showing {
  const candidates = numbers.filter(({ topic }) => topic === 'retries' || topic === 'attempts');
  return showing(
    candidates,
    ({ topic, value }) => value === declared || (topic === 'attempts' && value === declared + 1),
  );
}

function showing(candidates: readonly CitedNumber[], fits: (it: CitedNumber) => boolean): Showing {
  const match = candidates.find(fits);
  if (match) return { state: 'shown', at: match.at };
  const [only] = candidates;
  if (!only?.direct || candidates.length > 1) return SILENT;
  return { state: 'differs', at: only.at, text: `${only.key} ${plain(only.value)}${only.unit}` };
}

/** The ids that a text names, however they are spelt; `ledger` is not named by `ledger-db`. */
function named(text: string, ids: readonly string[]): readonly string[] {
  const letters = bare(text);
  const hits = ids.filter((id) => letters.includes(bare(id)));
  return hits.filter((id) => !hits.some((other) => other !== id && bare(other).includes(bare(id))));
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
