/** What may be typed after `gonogo`, taken from the declarations of commands and options: the one description that the scripts of all shells are made from. */
import type { Argument, Command, Option } from 'commander';
import { ruleIds } from '../../explained.ts';
import { AUDIT_FORMATS } from '../../generated/audit-formats.ts';
import { FORMATS } from '../../generated/formats.ts';
import { SCHEMAS } from '../../generated/schemas.ts';
import { TREND_FORMATS } from '../../generated/trend-formats.ts';
import { table } from '../../table.ts';

/** What may stand in one place: one of these words, several of them between commas, a path, or nothing that could be known. */
export interface Slot {
  readonly kind: 'words' | 'list' | 'path' | 'free';
  readonly words: readonly string[];
}

/** One flag. */
export interface Flag {
  /** Long and short, each with its dashes. */
  readonly names: readonly string[];
  readonly about: string;
  /** Absent where it takes no value. */
  readonly value?: Slot;
  /** Whether it may also stand without its value. */
  readonly optional: boolean;
}

/** One command. */
export interface Place {
  /** Words from the program's name on: `[]` is the program itself, `['db', 'status']` a command of a command. */
  readonly path: readonly string[];
  readonly about: string;
  readonly flags: readonly Flag[];
  readonly slots: readonly Slot[];
  readonly commands: readonly { readonly name: string; readonly about: string }[];
}

/** The program and all its commands. */
export function placesOf(program: Command, path: readonly string[] = []): readonly Place[] {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const place: Place = {
    path,
    about: firstLine(program.description()),
    flags: help.visibleOptions(program).map((option) => flagOf(program.name(), option)),
    slots: program.registeredArguments.map((argument) => slotOfArgument(program.name(), argument)),
    commands: commands.map((it) => ({ name: it.name(), about: firstLine(it.description()) })),
  };
  const below = commands.flatMap((it) => (it.name() === 'help' ? [] : placesOf(it, [...path, it.name()])));
  return [place, helpOf(place), ...below].filter((it) => it !== undefined);
}

/** `help` takes the name of a command; commander makes it without saying so. */
function helpOf({ path, commands }: Place): Place | undefined {
  const help = commands.find(({ name }) => name === 'help');
  const names = commands.map(({ name }) => name).filter((name) => name !== 'help');
  return help && { path: [...path, 'help'], about: help.about, flags: [], slots: [wordsFrom(names)], commands: [] };
}

function flagOf(command: string, option: Option): Flag {
  const { long, short, required, optional, description } = option;
  const names = [long, short].filter((it) => it !== undefined);
  const takes = required || optional;
  // Commander takes the brackets within `<name[=file]>` for those of a value that may be left out.
  const loose = optional && !required;
  return {
    names,
    about: firstLine(description),
    optional: loose,
    ...(takes && { value: slotOfOption(command, option) }),
  };
}

function slotOfOption(command: string, { argChoices, flags }: Option): Slot {
  if (argChoices) return wordsFrom(argChoices);
  const [, name = ''] = /[<[](.*)[>\]]$/.exec(flags) ?? [];
  return name === 'name[=file]' ? wordsFrom(Object.keys(FORMATS_OF[command] ?? FORMATS)) : slotNamed(name);
}

function slotOfArgument(command: string, argument: Argument): Slot {
  if (argument.argChoices) return wordsFrom(argument.argChoices);
  return command === 'schema' ? wordsFrom(Object.keys(SCHEMAS)) : slotNamed(argument.name());
}

/** Words that only the tool knows, by what the help calls the value. */
const KNOWN: Readonly<Record<string, () => Slot>> = table({
  rule: () => wordsFrom(rules()),
  rules: () => ({ kind: 'list', words: [...new Set(rules().map((id) => id.split('/')[0] ?? '')), ...rules()] }),
  'name=folder': () => wordsFrom(Object.keys(FORMATS)),
});

/** Commands that show something else than a report. */
const FORMATS_OF: Readonly<Record<string, object>> = table({
  audit: AUDIT_FORMATS,
  merge: AUDIT_FORMATS,
  trend: TREND_FORMATS,
});

function rules(): readonly string[] {
  return [...new Set(ruleIds().values())];
}

function slotNamed(name: string): Slot {
  const isPath = /\b(file|folder|path|record|targets?|runs?|where)\b/.test(name);
  return KNOWN[name]?.() ?? { kind: isPath ? 'path' : 'free', words: [] };
}

function wordsFrom(words: readonly string[]): Slot {
  return { kind: 'words', words };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
