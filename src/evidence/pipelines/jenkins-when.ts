/** When a stage of a Jenkinsfile runs: its `when` block. After jenkins.io/doc/book/pipeline/syntax/#when. */
import type { Call } from './groovy-blocks.ts';
import { and, infixHolds, not, or, type Truth } from './infix.ts';
import { type Situation, TAG, takes } from './situations.ts';

/** Whether the file shows that branches, or proposals too, are built. */
export function multibranch(text: string): 'changes' | 'branches' | 'nothing' {
  const plain = text.slice(0, 300_000).replace(/^[ \t]*\/\/.*$/gm, '');
  if (/\bchangeRequest\b|\bCHANGE_(?:ID|TARGET|BRANCH)\b/.test(plain)) return 'changes';
  return /\bBRANCH_NAME\b|^[ \t]*branch[ \t]*(?:\(|'|"|pattern)/m.test(plain) ||
    /\bwhen\s{0,50}\{\s{0,50}(?:not\s{0,50}\{\s{0,50})?branch\b/.test(plain)
    ? 'branches'
    : 'nothing';
}

/** All conditions of a block hold. */
export function whenHolds(calls: readonly Call[], situation: Situation): Truth {
  return calls.map((it) => one(it, situation)).reduce<Truth>(and, true);
}

const DEEPEST = 20;

function one({ name, given, texts, body = [], raw = '' }: Call, situation: Situation, depth = 0): Truth {
  if (depth > DEEPEST) return undefined;
  const inner = body.map((it) => one(it, situation, depth + 1));
  const { event, branch } = situation;
  const [first] = texts;
  if (/^before(?:Agent|Input|Options)$/.test(name)) return true;
  if (name === 'allOf') return inner.reduce<Truth>(and, true);
  if (name === 'anyOf') return inner.reduce<Truth>(or, false);
  if (name === 'not') return not(inner.reduce<Truth>(and, true));
  if (name === 'changeRequest')
    return event !== 'change' ? false : given.replace(/[()\s]/g, '') === '' ? true : undefined;
  if (name === 'buildingTag') return event === 'tag';
  if (name === 'tag') return event === 'tag' ? takes([first?.text ?? '*'], TAG) : false;
  if (name === 'branch')
    return event === 'push'
      ? takes([pattern(given, first?.text ?? '')], branch)
      : event === 'change' || event === 'tag'
        ? false
        : takes([first?.text ?? ''], branch);
  if (name === 'expression')
    return infixHolds(raw.trim().replace(/^return\s+/, ''), (it) => nameOfJenkins(it, situation));
  return name === 'environment' && first?.text === 'BRANCH_NAME'
    ? nameOfJenkins('BRANCH_NAME', situation) === texts[1]?.text
    : undefined;
}

function pattern(given: string, text: string): string {
  return /comparator:\s*["']REGEXP/.test(given) ? `/^(?:${text})$/` : text;
}

/** Variables of a multibranch build. */
export function nameOfJenkins(name: string, { event, branch, mainline }: Situation): string | null | undefined {
  const plain = name.replace(/^env\./, '');
  if (plain === 'BRANCH_NAME') return event === 'change' ? 'PR-1' : event === 'tag' ? TAG : branch;
  if (plain === 'CHANGE_ID') return event === 'change' ? '1' : null;
  if (plain === 'CHANGE_TARGET') return event === 'change' ? mainline : null;
  if (plain === 'TAG_NAME') return event === 'tag' ? TAG : null;
  return undefined;
}
