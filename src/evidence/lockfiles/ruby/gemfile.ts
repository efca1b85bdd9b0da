/** The literal `gem` lines of a Gemfile. It is Ruby: what is not plain is said to be opaque, and nothing of it is run. */
import type { Place } from '../../../model.ts';
import type { TextAt } from '../locked.ts';
import { isWord, linesOf } from '../words.ts';

/** One `gem` line. */
export interface Gem {
  readonly name: string;
  /** `~> 1.2`, a bare version as `= 1.2`; empty for any; undefined where it is not literal. */
  readonly ranges?: readonly string[];
  /** Empty for the default group; undefined where that is not literal. */
  readonly groups?: readonly string[];
  /** Whether a condition decides if it is asked for. */
  readonly isConditional: boolean;
  readonly at: Place;
}

export interface Gemfile {
  readonly gems: ReadonlyMap<string, readonly Gem[]>;
  /** Why the list may not be all: a clause each. */
  readonly opaque: readonly string[];
  /** Whether a gemspec asks for gems, too, of which it may ask other versions. */
  readonly hasGemspec: boolean;
}

interface Block {
  readonly kind: 'group' | 'plain' | 'condition' | 'code';
  readonly groups?: readonly string[];
}

interface Statement {
  readonly text: string;
  readonly line: number;
}

const LONGEST = 4_000;
/** Lines for one gem that are kept, and clauses. */
const MOST_TIMES = 20;
const MOST_CLAUSES = 10;

export function readGemfile({ path, text }: TextAt): Gemfile {
  const gems = new Map<string, Gem[]>();
  const opaque: string[] = [];
  const open: Block[] = [];
  let hasGemspec = false;
  for (const { text: said, line } of statementsOf(text)) {
    const code = `line ${line} of ${path}, which is Ruby that is not run`;
    const block = blockOf(said);
    if (block) {
      open.push(block);
      if (block.kind === 'code') opaque.push(code);
    } else if (/^end\b/.test(said)) open.pop();
    else if (/^gem[\s(]/.test(said)) {
      const gem = gemOf(said, open, { path, line });
      if (!gem || open.some(({ kind }) => kind === 'code')) opaque.push(code);
      if (gem) gems.set(gem.name, [...(gems.get(gem.name) ?? []).slice(0, MOST_TIMES), gem]);
    } else if (/^gemspec\b/.test(said)) {
      hasGemspec = true;
      opaque.push(`what the gemspec named in line ${line} of ${path} asks for`);
    } else if (!isHarmless(said)) opaque.push(code);
  }
  return { gems, opaque: opaque.slice(0, MOST_CLAUSES), hasGemspec };
}

/** Lines without comments, those that go on joined. */
function statementsOf(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let open: Statement | undefined;
  let isComment = false;
  for (const [index, raw] of linesOf(text).entries()) {
    if (raw === '__END__') break;
    if (/^=(?:begin|end)\b/.test(raw)) isComment = raw.startsWith('=begin');
    if (isComment || raw.startsWith('=end')) continue;
    const said = withoutComment(raw.slice(0, LONGEST)).trim();
    if (said === '') continue;
    const joined = open ? { text: `${open.text} ${said}`, line: open.line } : { text: said, line: index + 1 };
    const goesOn = /[,([\\]$|^gem\s*$/.test(said) && joined.text.length < LONGEST;
    open = goesOn ? { ...joined, text: joined.text.replace(/\\$/, '') } : undefined;
    if (!goesOn)
      statements.push(
        ...joined.text.split(/;\s*(?=end\b|gem\s)/).map((it) => ({ text: it.trim(), line: joined.line })),
      );
  }
  return open ? [...statements, open] : statements;
}

function withoutComment(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const mark = line[at] as string;
    if (quote !== '') {
      if (mark === '\\') at += 1;
      else if (mark === quote) quote = '';
    } else if (mark === '"' || mark === "'") quote = mark;
    else if (mark === '#' && (at === 0 || /\s/.test(line[at - 1] ?? ''))) return line.slice(0, at);
  }
  return line;
}

function blockOf(said: string): Block | undefined {
  if (/^(?:if|unless|case)\b/.test(said) || /^install_if\b.*\bdo$/.test(said)) return { kind: 'condition' };
  if (/^(?:source|git|path|github|platforms?|git_source)\b.*\bdo(?:\s*\|[^|]*\|)?$/.test(said))
    return { kind: /^git_source\b/.test(said) ? 'condition' : 'plain' };
  const group = /^group[\s(](.*)\bdo$/.exec(said)?.[1];
  if (group !== undefined) return { kind: 'group', ...groupsIn(group) };
  return /\bdo(?:\s*\|[^|]*\|)?$/.test(said) || /^(?:def|begin|while|until|for|class|module)\b/.test(said)
    ? { kind: 'code' }
    : undefined;
}

/** `:a, "b", optional: true`. */
function groupsIn(words: string): { readonly groups?: readonly string[] } {
  const plain = words
    .replace(/,?\s*(?::optional\s*=>|optional:)\s*\w+/, '')
    .replace(/[()]/g, '')
    .trim();
  const names = plain.split(/\s*,\s*/).map((it) => /^(?::(\w+)|:?"(\w+)"|'(\w+)')$/.exec(it)?.slice(1).find(Boolean));
  return names.every((it) => it !== undefined) ? { groups: names } : {};
}

function gemOf(said: string, open: readonly Block[], at: Place): Gem | undefined {
  const [whole, , name] = /^gem[\s(]\s*(["'])([^"'#]+)\1/.exec(said) ?? [];
  if (whole === undefined || !isWord(name)) return undefined;
  const { ranges, rest } = rangesAfter(said.slice(whole.length));
  const inner = groupsOption(rest);
  const blocks = open.filter(({ kind }) => kind === 'group');
  const isLiteral = inner !== undefined && blocks.every(({ groups }) => groups);
  return {
    name,
    ...(ranges && { ranges }),
    ...(isLiteral && { groups: [...inner, ...blocks.flatMap(({ groups }) => groups ?? [])] }),
    isConditional:
      /(?:^|\s)(?:if|unless)\s/.test(rest) || open.some(({ kind }) => kind === 'condition' || kind === 'code'),
    at,
  };
}

/** Texts that follow the name, up to the first that is an option. */
function rangesAfter(words: string): { readonly ranges?: readonly string[]; readonly rest: string } {
  const ranges: string[] = [];
  let rest = words;
  for (;;) {
    const [whole, , said] = /^\s*,?\s*[[\]]?\s*(["'])([^"'#]*)\1(?!\s*(?:=>|:))\s*\]?/.exec(rest) ?? [];
    if (whole === undefined || said === undefined) break;
    ranges.push(...said.split(',').map((it) => (/^\s*\d/.test(it) ? `= ${it.trim()}` : it.trim())));
    rest = rest.slice(whole.length);
  }
  const isOption = /^\s*(?:\)|$|,\s*(?::?["']?\w+["']?\s*=>|\w+:|\*\*)|(?:if|unless)\s)/.test(rest);
  return { rest, ...(isOption && { ranges }) };
}

/** Undefined where groups are given and are not literal. */
function groupsOption(rest: string): readonly string[] | undefined {
  if (!/\bgroups?\b|\*\*/.test(rest)) return [];
  const list = /:?\bgroups?(?::|\s*=>)\s*(?:\[([^\]]*)\]|%i[[(]([^\])]*)[\])]|(:\w+|["']\w+["']))/.exec(rest);
  const [, listed, words, one] = list ?? [];
  if (words !== undefined) return words.trim().split(/\s+/);
  const { groups } = groupsIn(listed ?? one ?? '?');
  return groups;
}

/** Says nothing of which gems there are. */
function isHarmless(said: string): boolean {
  return (
    /^(?:source|ruby|plugin|require|require_relative|git_source|else|elsif|when|raise|puts|warn)\b/.test(said) ||
    /^(?:[)}\]]|repo\b|"https?:|'https?:)/.test(said) ||
    (/^[\w@]+\s*(?:\|\|)?=(?!=)/.test(said) && !/\bgem\b/.test(said))
  );
}
