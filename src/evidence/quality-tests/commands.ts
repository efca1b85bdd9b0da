/** Load tests that are no more than a command: in scripts of package.json, in shell scripts and in make files. */

/** A command and where it stands. */
export interface LoadCommand {
  readonly tool: string;
  readonly line: number;
}

/** Each has to be told an address, or what to run; its bare name is an installation. */
const COMMANDS: readonly (readonly [tool: string, command: RegExp])[] = [
  ['autocannon', /(?<![\w@/.-])autocannon\s[^|&;#\n]{0,300}?(?:https?:\/\/|localhost|\$)/],
  ['vegeta', /(?<![\w@/.-])vegeta\s+attack\b/],
  ['wrk', /(?<![\w@/.-])wrk2?\s[^|&;#\n]{0,300}?(?:https?:\/\/|\$)/],
  ['hey', /(?<![\w@/.-])hey\s+-[nzqc]\s?\S+[^|&;#\n]{0,300}?(?:https?:\/\/|\$)/],
  ['ab', /(?<![\w@/.-])ab\s+-[nct]\s?\d+[^|&;#\n]{0,300}?https?:\/\//],
  ['ghz', /(?<![\w@/.-])ghz\s+-[^|&;#\n]{0,300}?--call\b/],
  ['fortio', /(?<![\w@/.-])fortio\s+load\b/],
];

/** A value of an object that a script writes down: what makes traffic while a canary is watched is no test of load. */
const PASSED_ON = /^\s*(?:- )?["']?(?:cmd|command|args)["']?\s*:/;
const FILES = /(^|\/)(package\.json|GNUmakefile|[Mm]akefile|justfile|Taskfile\.ya?ml)$|\.(sh|bash|mk)$/;

/** Whether a file may hold such commands. */
export function mayHoldCommands(path: string): boolean {
  return FILES.test(path);
}

/** The commands in a text, one of each tool. */
export function loadCommandsIn(text: string): readonly LoadCommand[] {
  const lines = text.split('\n');
  return COMMANDS.flatMap(([tool, command]) => {
    const index = lines.findIndex(
      (line) =>
        !/^\s*#/.test(line) && !PASSED_ON.test(line) && !/^\s*(?:echo|printf)\b/.test(line) && command.test(line),
    );
    return index < 0 ? [] : [{ tool, line: index + 1 }];
  });
}
