/** Finds numbers that stand next to keys about timeouts and retries in configuration and code of any language. Knows keys, units and nesting by indentation; runs nothing and follows no variable. */
import { plainLines } from './pages/plain-lines.ts';

/** What a number is about. `attempts` may or may not count the first try: libraries differ. */
type Topic = 'connect' | 'request' | 'retries' | 'attempts';

/** A number with its key. */
export interface KeyedNumber {
  readonly line: number;
  readonly topic: Topic;
  /** The key as it stands in the file. */
  readonly key: string;
  readonly value: number;
  /** `ms` for all times whose unit is known; empty where it is not, and for counts. */
  readonly unit: 'ms' | '';
  /** The texts of the lines around the key and of the line up to the number: tells whose number it is. */
  readonly path: string;
  /** Whether key and number stand side by side, so that nothing between them can change the number. */
  readonly direct: boolean;
}

const TIMEOUT = /time[-_]?out|deadline/i;
const RETRY = /retr(y|ies)|attempts?$|max[-_]?tries/i;
/** Timeouts of something else than waiting for an answer. */
const OTHER_TIMEOUT =
  /idle|keep[-_]?alive|pool|acquire|checkout|session|shutdown|drain|grace|cache|lock|lease|visibility|startup|poll|debounce|interval|probe|retry|backoff|delay|reset|circuit|test|job|build|cleanup|^(set|clear)timeout$/i;
const OTHER_BLOCK = /(liveness|readiness|startup)[-_]?probe|health[-_]?check|keep[-_]?alive|circuit[-_]?breaker/i;
/** `new Pool({` makes a pool of connections; below `pool:` stands what is about the pool itself. */
const POOL_KEY = /\bpool$/;
/** Numbers about retries that are no count of them. */
const OTHER_RETRY =
  /delay|interval|backoff|wait|time|ms$|millis|second|factor|multiplier|jitter|code|status|after|budget|ratio|percent|min/i;
const CONNECT = /conn|dial|handshake|^open/i;
/** Keys that say little by themselves, below or beside a key that names the topic. */
const TIMEOUT_PART =
  /^(connect\w*|dial|read|request|response|total|overall|call|query|socket|http|default|value|per[-_]?try)$/i;
const RETRY_PART = /^(max|count|limit|times|total|num|number|max[-_]?count|max[-_]?number)$/i;

const IDENTIFIER = /[A-Za-z_$][\w$-]*/g;
const NUMBER = /(?<![\w.$-])\d[\d_]*(?:\.\d+)?/g;
/** Words between a key and its number that only convert or wrap it. */
const WRAPPER =
  /^(of|from|duration|timespan|timeunit|timedelta|time|new|int|integer|long|float|number|parseint|abortsignal|to)?(millis(econds?)?|ms|sec(ond)?s?|nanos|micros|min(ute)?s?)?$/i;
const SUFFIX =
  /^\s?(ms|milli(?:second)?s?|s|secs?|seconds?|m|mins?|minutes?)\b|^\.(milliseconds?|seconds?|minutes?)\b|^\s*\*\s*time\.(Millisecond|Second|Minute)\b|^\s*,\s*(?:TimeUnit\.)?(MILLISECONDS|SECONDS|MINUTES)\b|^\s*\*\s*(1_?000)\b/i;

/** Every number of a text whose key is about a timeout or about retries; comments are left out. */
export function keyedNumbers(text: string): readonly KeyedNumber[] {
  return plainLines(text).flatMap(({ line, text: content, around }) => {
    const found: KeyedNumber[] = [];
    let end = 0;
    for (const match of content.matchAll(NUMBER)) {
      const keyed = describe(match[0], match.index, end, content, around);
      end = match.index + match[0].length;
      if (keyed) found.push({ line, ...keyed });
    }
    return found;
  });
}

function describe(
  digits: string,
  index: number,
  from: number,
  content: string,
  around: readonly string[],
): Omit<KeyedNumber, 'line'> | undefined {
  const before = content.slice(from, index);
  const named = keyOf(before, content.slice(0, index), around);
  if (!named) return undefined;
  const { key, topic, between } = named;
  const value = Number(digits.replaceAll('_', ''));
  const counts = topic === 'retries' || topic === 'attempts';
  const scale = counts ? undefined : scaleOf(content.slice(index + digits.length), between, key);
  if (counts && (!Number.isInteger(value) || value > 100 || SUFFIX.test(content.slice(index + digits.length))))
    return undefined;
  const direct = (between.match(IDENTIFIER) ?? []).every((word) => WRAPPER.test(word)) && !/[?|,;]/.test(between);
  const path = [...around, content.slice(0, index)].join(' ').trim();
  return {
    topic,
    key,
    value: scale === undefined ? value : value * scale,
    unit: scale === undefined ? '' : 'ms',
    path,
    direct,
  };
}

/** The key of the number behind `before`, and what stands between the two. */
function keyOf(
  before: string,
  line: string,
  around: readonly string[],
): { readonly key: string; readonly topic: Topic; readonly between: string } | undefined {
  const words = [...before.matchAll(IDENTIFIER)].filter(([word]) => TIMEOUT.test(word) || !WRAPPER.test(word));
  const parent = openKey(line) ?? argument(line) ?? lastKey(around.at(-1) ?? '');
  for (const word of words.reverse()) {
    const between = before.slice(word.index + word[0].length);
    const topic = topicOf(word[0], parent, around);
    if (topic) return belongs(between) ? { key: word[0], topic, between } : undefined;
    if (/^["']?\s*[:=](?!=)/.test(between)) return undefined;
  }
  return undefined;
}

function topicOf(key: string, parent: string, around: readonly string[]): Topic | undefined {
  if (around.some((it) => OTHER_BLOCK.test(it))) return undefined;
  const part = TIMEOUT_PART.test(key) && TIMEOUT.test(parent);
  if (part || TIMEOUT.test(key)) {
    if (OTHER_TIMEOUT.test(key) || POOL_KEY.test(parent) || OTHER_TIMEOUT.test(parent.replace(/pool/i, '')))
      return undefined;
    return CONNECT.test(key) || (!part && CONNECT.test(lastWord(parent))) ? 'connect' : 'request';
  }
  if (RETRY_PART.test(key) && RETRY.test(parent) && !OTHER_RETRY.test(parent)) return 'retries';
  if (!RETRY.test(key) || OTHER_RETRY.test(key)) return undefined;
  return /attempts?|tries$/i.test(key) && !/retries$/i.test(key) ? 'attempts' : 'retries';
}

/** Whether a number still belongs to the key before `between`: no other item begins there, unless inside a call that is still open, and nothing chooses among numbers. */
function belongs(between: string): boolean {
  const rest = withoutGroups(between);
  return !/[;{}]|(?<!\?)\?(?!\?)/.test(rest) && (!rest.includes(',') || /\(/.test(rest.slice(0, rest.indexOf(','))));
}

/** In `timeout: { connect: 300, request: ` the key whose bracket is still open. */
function openKey(line: string): string | undefined {
  return /([A-Za-z_$][\w$-]*)["']?\s*[:=]?\s*[{(][^{(]*$/.exec(withoutGroups(line))?.[1];
}

/** In `request :retry, max: ` the argument that names what the others are about. */
function argument(line: string): string | undefined {
  return /[:"'](\w+)["']?,[^(){}]*$/.exec(line)?.[1];
}

function withoutGroups(text: string): string {
  return text.replace(/\{[^{}]*\}|\([^()]*\)/g, '');
}

function lastKey(line: string): string {
  return /([A-Za-z_$][\w$.-]*)["']?\s*(?:\]+|[:=({[\s]*)$/.exec(line)?.[1] ?? '';
}

function lastWord(key: string): string {
  return key.split('.').at(-1) ?? '';
}

/** Milliseconds in one unit: behind the number, in a conversion around it, or in the key's last letters. */
function scaleOf(after: string, between: string, key: string): number | undefined {
  const suffix = SUFFIX.exec(after);
  const unit = suffix?.[5] ? 's' : (suffix?.[1] ?? suffix?.[2] ?? suffix?.[3] ?? suffix?.[4]);
  if (unit) return millisecondsIn(unit);
  const conversion = (between.match(IDENTIFIER) ?? [])
    .map((word) => /(millis|milliseconds?|seconds?|minutes?)$/i.exec(word)?.[1])
    .find((it) => it !== undefined);
  if (conversion) return millisecondsIn(conversion);
  const named =
    /(?:_|(?<=[a-z]))(ms|Ms|MS|millis|Millis|MILLIS|milliseconds|Milliseconds)$|[-_](s|secs?|seconds)$|[a-z](Secs?|Seconds)$/.exec(
      key,
    );
  return named ? millisecondsIn(named[1] ?? 's') : undefined;
}

function millisecondsIn(unit: string): number {
  if (/^milli|^ms$/i.test(unit)) return 1;
  return /^m/i.test(unit) ? 60_000 : 1000;
}
