/** Simple commands of a shell script, each with its line and whether its failure would stop the script. Reads syntax; runs and expands nothing. */
import {
  type AndOr,
  type Case,
  type Command,
  type CompoundList,
  type If,
  parse,
  type Statement,
  type SyntaxNode,
} from 'unbash';

/** One simple command. */
export interface ShellCommand {
  /** Program and arguments, without quotes; what is expanded stays as written. */
  readonly words: readonly string[];
  /** Line within the script, from 1. */
  readonly line: number;
  /** As written. */
  readonly text: string;
  /** Its failure is lost: why. */
  readonly weakened?: string;
  /** It is one of several cases, and which of them happens is not known. */
  readonly perhaps?: true;
}

/** How the shell is started. */
export interface ShellOptions {
  /** The shell stops at the first failure. */
  readonly errexit: boolean;
  /** A pipe fails when any part of it fails. */
  readonly pipefail: boolean;
  /** What the script is called with, where that is known. */
  readonly args?: readonly string[];
}

/** Longest script that is read, in UTF-16 units, and most commands of one. */
const LONGEST = 100_000;
const MOST_COMMANDS = 2000;

/** All simple commands in the order in which they are written; none of a text that is too long. */
export function commandsIn(source: string, options: ShellOptions): readonly ShellCommand[] {
  if (source.length > LONGEST) return [];
  const veiled = veil(source);
  const checks = [...veiled.matchAll(/\$\?|PIPESTATUS|\bexit[ \t]+["']?[$1-9]/g)];
  const walk: Walk = {
    ...{ source, veiled, ...startedWith(options, source), found: [] },
    starts: [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)],
    lastCheck: checks.at(-1)?.index ?? -1,
    functions: new Map(),
    calls: new Set(),
  };
  const { commands } = parse(veiled);
  for (const { command: at } of commands) if (at.type === 'Function') walk.functions.set(at.name.value, at.body);
  statements(commands, walk, { last: true });
  return walk.found;
}

interface Walk extends Writable<ShellOptions> {
  readonly source: string;
  readonly veiled: string;
  readonly found: ShellCommand[];
  /** Offsets at which lines begin. */
  readonly starts: readonly number[];
  /** Offset of the last place that looks at a status, or ends with one of its own; -1 where none does. */
  readonly lastCheck: number;
  /** Functions of the script: what is in them happens where they are called, if anywhere. */
  readonly functions: Map<string, SyntaxNode>;
  /** Functions that are being followed. */
  readonly calls: Set<string>;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What surrounds a command. */
interface Around {
  /** Nothing follows it, so that its status is the script's. */
  readonly last: boolean;
  readonly weakened?: string | undefined;
  readonly perhaps?: true;
}

/** Options in the first line count as those given to the shell. */
function startedWith(options: ShellOptions, source: string): ShellOptions {
  const [, flags = ''] = /^#!\S+(?:[ \t]+(?:ba|da|z)?sh)?[ \t]+(-[^\n]{0,40})/.exec(source) ?? [];
  return {
    errexit: options.errexit || /-[a-z]*e/.test(flags),
    pipefail: options.pipefail || /pipefail/.test(flags),
    ...(options.args && { args: options.args }),
  };
}

/** Expressions of a pipeline's own language hold characters that mean something to a shell; other letters of the same number stand in for them. */
function veil(source: string): string {
  return source.replace(/\$\{\{[^\n]{0,2000}?\}\}/g, (expression) =>
    expression.replace(/[\0-\xff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xe000)),
  );
}

function unveil(text: string): string {
  return text.replace(/[\ue000-\ue0ff]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xe000));
}

function statements(list: readonly Statement[], walk: Walk, around: Around): void {
  for (const [index, statement] of list.entries()) {
    if (walk.found.length >= MOST_COMMANDS) return;
    const last = around.last && index === list.length - 1;
    const weakened = around.weakened ?? (statement.background ? 'it runs in the background' : undefined);
    node(statement.command, walk, { ...around, last, weakened });
  }
}

function node(at: SyntaxNode, walk: Walk, around: Around): void {
  if (at.type === 'Command') command(at, walk, around);
  else if (at.type === 'AndOr') andOr(at, walk, around);
  else if (at.type === 'Pipeline') {
    for (const [index, part] of at.commands.entries()) {
      const lost = index < at.commands.length - 1 && !walk.pipefail ? 'its failure is lost in the pipe' : undefined;
      node(part, walk, { ...around, weakened: around.weakened ?? lost });
    }
  } else if (at.type === 'If') branches(at, walk, around);
  else if (at.type === 'For' || at.type === 'ArithmeticFor' || at.type === 'Select' || at.type === 'While')
    statements(at.body.commands, walk, { ...around, last: false });
  else if (at.type === 'Case') cases(at, walk, around);
  else if (at.type === 'BraceGroup') statements(at.body.commands, walk, around);
  // What a subshell ends with is its status, at which the shell around it stops.
  else if (at.type === 'Subshell') statements(at.body.commands, walk, { ...around, last: around.last || walk.errexit });
  else if (at.type === 'Redirected') node(at.command, walk, around);
  else if (at.type === 'Function') walk.functions.set(at.name.value, at.body);
  else if (at.type === 'CompoundList') statements(at.commands, walk, around);
}

/** The case that an argument chooses; all of them, perhaps, where it is not known. */
function cases({ word, items }: Case, walk: Walk, around: Around): void {
  const position = /^"?\$\{?([1-9])(?:\}|:?-[^}]*\})?"?$/.exec(word.text)?.[1];
  const given = position === undefined ? word.value : walk.args?.[Number(position) - 1];
  const known = given !== undefined && /^[\w:.-]+$/.test(given);
  const chosen = items.find(({ pattern }) => pattern.some(({ value }) => value === given || value === '*'));
  for (const item of known ? (chosen ? [chosen] : []) : items)
    statements(item.body.commands, walk, known ? around : { ...around, perhaps: true });
}

/** A failure left of `&&` or `||` does not stop the shell, whatever its options. */
function andOr({ commands, operators }: AndOr, walk: Walk, around: Around): void {
  for (const [index, part] of commands.entries()) {
    const otherwise = operators.indexOf('||', index);
    const handler = otherwise < 0 ? undefined : commands[otherwise + 1];
    const forgiven = handler && isHarmless(handler) ? `\`|| ${textOf(handler, walk)}\` follows` : undefined;
    const passed =
      !handler && index < operators.length && !around.last && !isChecked(part.end, walk)
        ? 'the shell goes on when it fails left of `&&`'
        : undefined;
    // Where something else is tried, that may fail in its place.
    const rest = handler ? { ...around, last: true } : around;
    node(part, walk, { ...rest, weakened: around.weakened ?? forgiven ?? passed });
  }
}

function branches(at: If, walk: Walk, around: Around): void {
  const fails = /\bexit\s+["']?(?:[1-9]|\$)|\breturn\s+["']?(?:[1-9]|\$)|\bfalse\b|\bexit\s*(?:[;\n}]|$)/;
  const handled = fails.test(walk.veiled.slice(at.then.pos, at.end)) || isChecked(at.end, walk);
  const clauses = handled ? undefined : 'it is only asked in a condition';
  clause(at.clause, walk, around, clauses);
  statements(at.then.commands, walk, around);
  for (const elif of at.elif) {
    clause(elif.clause, walk, around, clauses);
    statements(elif.then.commands, walk, around);
  }
  if (at.else) statements(at.else.commands, walk, around);
}

function clause({ commands }: CompoundList, walk: Walk, around: Around, weakened: string | undefined): void {
  statements(commands, walk, { ...around, last: true, weakened: around.weakened ?? weakened });
}

function command(at: Command, walk: Walk, around: Around): void {
  const { last, weakened, perhaps } = around;
  const words = [at.name, ...at.args].flatMap((it) =>
    it ? unveil('value' in it && it.type === 'Word' ? it.value : it.text) : [],
  );
  const [program] = words;
  if (program === undefined) return;
  const called = walk.functions.get(program === '$@' || program === '$1' ? (walk.args?.[0] ?? '') : program);
  if (called && !walk.calls.has(program)) {
    walk.calls.add(program);
    node(called, walk, { ...around, last: last || walk.errexit });
    walk.calls.delete(program);
    return;
  }
  if (program === 'set') setOptions(words, walk);
  const ignored = !walk.errexit && !last && !isChecked(at.end, walk) ? 'the script goes on when it fails' : undefined;
  const why = weakened ?? ignored;
  walk.found.push({
    words,
    line: walk.starts.findLastIndex((start) => start <= at.pos) + 1,
    text: walk.source.slice(at.pos, at.end),
    ...(why !== undefined && { weakened: why }),
    ...(perhaps && { perhaps }),
  });
}

function setOptions(words: readonly string[], walk: Walk): void {
  for (const [index, word] of words.entries()) {
    if (/^-[a-z]*e/.test(word)) walk.errexit = true;
    if (/^\+[a-z]*e/.test(word)) walk.errexit = false;
    if (word === 'pipefail') walk.pipefail = words[index - 1]?.startsWith('-') ?? false;
    if (word === 'errexit') walk.errexit = words[index - 1]?.startsWith('-') ?? false;
  }
}

/** What follows looks at the status. */
function isChecked(end: number, { lastCheck }: Walk): boolean {
  return lastCheck >= end;
}

/** Commands that succeed whatever happened before. */
const HARMLESS = /^(?:true|:|echo|printf|cat|tail|logger|sleep|exit|docker|docker-compose|kubectl)$/;

function isHarmless(handler: SyntaxNode): boolean {
  if (handler.type === 'Command') {
    const [first = ''] = handler.args.map(({ text }) => text);
    const name = handler.name?.value ?? '';
    if (name === 'exit') return first === '0';
    if (/^(docker|docker-compose|kubectl)$/.test(name))
      return handler.args.some(({ text }) => /^(logs|describe|ps)$/.test(text));
    return HARMLESS.test(name);
  }
  if (handler.type === 'Subshell' || handler.type === 'BraceGroup')
    return handler.body.commands.every(({ command: inner }) => isHarmless(inner));
  return false;
}

function textOf({ pos, end }: SyntaxNode, { source }: Walk): string {
  const text = source.slice(pos, end).replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
