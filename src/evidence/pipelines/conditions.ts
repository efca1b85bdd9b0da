/** What the condition of a job or a step comes to under a circumstance: true, false, or not to be told. Reads the expressions of GitHub Actions; runs nothing. */

/** What is known, by the name it has in expressions, e.g. github.event_name; `occasion` is the situation that other systems' rules are reduced to. */
export interface Circumstance {
  readonly values: Readonly<Record<string, string>>;
  /** Something before it failed. */
  readonly failed: boolean;
}

/** A change is proposed by a person. */
export const CHANGE: Circumstance = {
  values: {
    'github.event_name': 'pull_request',
    'github.ref': 'refs/pull/1/merge',
    'github.actor': 'somebody',
    occasion: 'change',
  },
  failed: false,
};

/** Any branch but the main one moves. */
export const BRANCH: Circumstance = {
  values: {
    'github.event_name': 'push',
    'github.ref': 'refs/heads/some-change',
    'github.ref_name': 'some-change',
    'github.ref_type': 'branch',
    'github.actor': 'somebody',
    occasion: 'branch',
  },
  failed: false,
};

/** Nothing is known. */
export const ANY: Circumstance = { values: {}, failed: false };

type Truth = boolean | undefined;
type Value = string | boolean | undefined;

/** Whether a condition holds; undefined where that depends on what is not known. */
export function holds(condition: string, circumstance: Circumstance): Truth {
  const words = tokens(condition);
  if (words === undefined) return undefined;
  const reader: Reader = { words, at: 0, circumstance, depth: 0 };
  return truth(either(reader));
}

/** It only runs when something before it failed. */
export function isAfterFailure(condition: string): boolean {
  return holds(condition, ANY) === false && holds(condition, { values: {}, failed: true }) !== false;
}

/** Whether a condition asks for the status itself, so that a failure does not end it by default. */
export function asksForStatus(condition: string): boolean {
  return /\b(?:always|failure|cancelled)\s*\(\s*\)/.test(condition);
}

const LONGEST = 2000;
const TOKEN =
  /\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w.*-]*(?:\[[^\]]*\])?(?:\.[\w*-]+)*)|(-?\d+(?:\.\d+)?)|(&&|\|\||==|!=|<=|>=|[()!,<>]))/y;

function tokens(condition: string): readonly string[] | undefined {
  if (condition.length > LONGEST) return undefined;
  const text = condition.replace(/\$\{\{|\}\}/g, ' ').trim();
  const found: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined || token === '') return undefined;
    found.push(token.trim());
  }
  return found;
}

interface Reader {
  readonly words: readonly string[];
  at: number;
  readonly circumstance: Circumstance;
  depth: number;
}

function truth(value: Value): Truth {
  return typeof value === 'string' ? value !== '' && value !== '0' && value !== 'false' : value;
}

function either(reader: Reader): Value {
  let result = both(reader);
  while (reader.words[reader.at] === '||') {
    reader.at += 1;
    const [left, right] = [truth(result), truth(both(reader))];
    result = left === true || right === true ? true : left === false && right === false ? false : undefined;
  }
  return result;
}

function both(reader: Reader): Value {
  let result = compared(reader);
  while (reader.words[reader.at] === '&&') {
    reader.at += 1;
    const [left, right] = [truth(result), truth(compared(reader))];
    result = left === false || right === false ? false : left === true && right === true ? true : undefined;
  }
  return result;
}

function compared(reader: Reader): Value {
  const left = single(reader);
  const operator = reader.words[reader.at] ?? '';
  if (!/^(?:[=!<>]=|[<>])$/.test(operator)) return left;
  reader.at += 1;
  const right = single(reader);
  if (left === undefined || right === undefined || !/^[=!]=$/.test(operator)) return undefined;
  const same = String(left).toLowerCase() === String(right).toLowerCase();
  return operator === '==' ? same : !same;
}

const DEEPEST = 50;

function single(reader: Reader): Value {
  const word = reader.words[reader.at];
  reader.at += 1;
  if (word === undefined) return undefined;
  if (word === '!') {
    const inner = truth(deeper(reader, single));
    return inner === undefined ? undefined : !inner;
  }
  if (word === '(') {
    const inner = deeper(reader, either);
    if (reader.words[reader.at] === ')') reader.at += 1;
    return inner;
  }
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
  if (reader.words[reader.at] === '(') return called(word, reader);
  if (word === 'true' || word === 'false') return word === 'true';
  if (/^-?\d/.test(word)) return word;
  return Object.hasOwn(reader.circumstance.values, word) ? reader.circumstance.values[word] : undefined;
}

function deeper(reader: Reader, read: (reader: Reader) => Value): Value {
  reader.depth += 1;
  if (reader.depth > DEEPEST) {
    reader.at = reader.words.length;
    return undefined;
  }
  const value = read(reader);
  reader.depth -= 1;
  return value;
}

function called(name: string, reader: Reader): Value {
  const { values, failed } = reader.circumstance;
  reader.at += 1;
  const given: Value[] = [];
  const names: string[] = [];
  while (reader.at < reader.words.length && reader.words[reader.at] !== ')') {
    names.push(reader.words[reader.at] ?? '');
    const before = reader.at;
    given.push(deeper(reader, either));
    if (reader.words[reader.at] === ',') reader.at += 1;
    else if (reader.at === before) reader.at += 1;
  }
  reader.at += 1;
  if (name === 'always') return true;
  if (name === 'success') return !failed;
  if (name === 'failure') return failed;
  if (name === 'cancelled') return false;
  const [whole, part] = given;
  if (name === 'contains' && names[0] === 'needs.*.result' && typeof part === 'string') {
    const results = Object.entries(values).flatMap(([key, value]) => (/^needs\..*\.result$/.test(key) ? value : []));
    return results.length === 0 ? undefined : results.includes(part);
  }
  if (typeof whole !== 'string' || typeof part !== 'string') return undefined;
  const [text, sought] = [whole.toLowerCase(), part.toLowerCase()];
  if (name === 'startsWith') return text.startsWith(sought);
  if (name === 'endsWith') return text.endsWith(sought);
  return name === 'contains' ? text.includes(sought) : undefined;
}
