/** Conditions of Azure Pipelines, written as functions: when a stage, job or step runs. After learn.microsoft.com/azure/devops/pipelines/process/expressions. */
import { and, not, or, type Truth } from './infix.ts';
import type { Situation } from './situations.ts';

const LONGEST = 2000;
const DEEPEST = 30;
const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w.]*(?:\['[^']*'\])*)|(-?[\d.]+)|([(),!]))/y;

interface Reader {
  readonly words: readonly string[];
  at: number;
  depth: number;
  readonly situation: Situation;
}

type Value = string | Truth;

/** Whether a condition lets it run, as far as the status of what is before it does not matter. */
export function azureHolds(condition: string, situation: Situation): Truth {
  if (condition.length > LONGEST) return undefined;
  const words: string[] = [];
  const text = condition
    .replace(/\$\{\{|\}\}/g, ' ')
    .replace(/\$\[|\]\s*$/g, ' ')
    .trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    words.push(token.trim());
  }
  return truth(value({ words, at: 0, depth: 0, situation }));
}

/** What it does about failures before it; undefined: it waits for success. */
export function azureAfter(condition: string | undefined): 'failure' | 'anything' | undefined {
  if (condition === undefined) return undefined;
  if (/\b(?:always|succeededOrFailed)\s*\(/i.test(condition)) return 'anything';
  return /\bfailed\s*\(/i.test(condition) && !/\bsucceeded\s*\(/i.test(condition) ? 'failure' : undefined;
}

function truth(it: Value): Truth {
  return typeof it === 'string' ? !/^(?:|false|0)$/i.test(it) : it;
}

function value(reader: Reader): Value {
  const word = reader.words[reader.at] ?? '';
  reader.at += 1;
  if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
  if (reader.words[reader.at] !== '(') return /^-?\d/.test(word) ? word : named(word, reader.situation);
  reader.at += 1;
  reader.depth += 1;
  const given: Value[] = [];
  while (reader.at < reader.words.length && reader.words[reader.at] !== ')' && reader.depth < DEEPEST) {
    if (reader.words[reader.at] === ',') reader.at += 1;
    else given.push(value(reader));
  }
  if (reader.words[reader.at] !== ')') return undefined;
  reader.at += 1;
  reader.depth -= 1;
  return called(word.toLowerCase(), given);
}

function called(name: string, given: readonly Value[]): Value {
  const [first, second] = given;
  if (/^(?:succeeded|succeededorfailed|always|failed)$/.test(name)) return true;
  if (name === 'canceled') return false;
  if (name === 'and') return given.map(truth).reduce(and, true);
  if (name === 'or') return given.map(truth).reduce(or, false);
  if (name === 'not') return not(truth(first));
  if (first === undefined || second === undefined) return undefined;
  const [left, right] = [String(first).toLowerCase(), String(second).toLowerCase()];
  if (name === 'eq') return left === right;
  if (name === 'ne') return left !== right;
  if (name === 'startswith') return left.startsWith(right);
  if (name === 'endswith') return left.endsWith(right);
  if (name === 'contains') return left.includes(right);
  const among = given
    .slice(1)
    .map((it): Truth => (it === undefined ? undefined : String(it).toLowerCase() === left))
    .reduce(or, false);
  return name === 'in' ? among : name === 'notin' ? not(among) : undefined;
}

const REASONS: Readonly<Record<Situation['event'], string>> = {
  change: 'PullRequest',
  push: 'IndividualCI',
  tag: 'IndividualCI',
  schedule: 'Schedule',
  manual: 'Manual',
};

/** Predefined variables: learn.microsoft.com/azure/devops/pipelines/build/variables. */
function named(word: string, { event, branch, mainline }: Situation): Value {
  if (/^(?:true|false)$/i.test(word)) return word.toLowerCase() === 'true';
  const [, indexed, dotted] = /^variables(?:\['([^']*)'\]|\.([\w.]+))$/i.exec(word) ?? [];
  const name = (indexed ?? dotted ?? word).toLowerCase().replaceAll('_', '.');
  if (name === 'build.reason') return REASONS[event];
  if (name === 'build.sourcebranch')
    return event === 'change' ? 'refs/pull/1/merge' : event === 'tag' ? 'refs/tags/v1.2.3' : `refs/heads/${branch}`;
  if (name === 'build.sourcebranchname') return event === 'change' ? 'merge' : event === 'tag' ? 'v1.2.3' : branch;
  if (name === 'system.pullrequest.targetbranch') return event === 'change' ? mainline : '';
  return name === 'system.pullrequest.pullrequestid' ? (event === 'change' ? '1' : '') : undefined;
}
