/** The commands that a job runs: its own, those of a shell's script, and those of a script file that stands in the repository. */
import type { Place } from '../../model.ts';
import type { Sources } from '../collector.ts';
import { commandsIn, type ShellCommand } from '../pipelines/shell.ts';
import { placeIn } from '../sources.ts';
import { type Saving, savingsIn, uploadsIn } from './save-commands.ts';

/** What a job's commands come to. */
export interface JobScript {
  readonly saving?: Saving;
  /** Where the saving command stands, when that is another file. */
  readonly via?: Place;
  readonly uploads: boolean;
  /** All words of all commands, for the names in them. */
  readonly words: readonly string[];
}

const SHELLS = /(?:^|\/)(?:ba|da|a|z|k)?sh$/;
const SCRIPT = /\.(?:sh|bash)$|(?:^|\/)[\w-]*(?:backup|dump)[\w-]*$/;
const OPTIONS = { errexit: false, pipefail: false };

/** Reads what a container is told to run. */
export function argumentsScript(words: readonly string[], sources: Sources): JobScript {
  const [first = ''] = words;
  const flag = words.findIndex((it) => /^-\w*c$/.test(it));
  if (SHELLS.test(first) && flag > 0) return scriptOf(words[flag + 1] ?? '', sources);
  const own = SHELLS.test(first) ? words.slice(1).filter((it) => !it.startsWith('-')) : words;
  return scriptOf(own.map(quoted).join(' '), sources);
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Reads a script, and one script further that it calls. */
export function scriptOf(text: string, sources: Sources): JobScript {
  const own = commandsIn(text, OPTIONS);
  const called = own.flatMap(({ words }) => calledFile(words, sources) ?? []).slice(0, 5);
  const parts = [{ commands: own }, ...called];
  const words = parts.flatMap(({ commands }) => commands.flatMap((it) => it.words)).slice(0, 2000);
  const uploads = parts.some(({ commands }) => uploadsIn(commands));
  for (const part of parts) {
    // A copy is a backup only where nothing better is made of what it copies.
    const savings = savingsIn(part.commands);
    const saving = savings.find(({ product }) => product !== 'files') ?? savings[0];
    if (!saving) continue;
    const via = 'file' in part ? placeIn(part.file, saving.line) : undefined;
    return { saving, ...(via && { via }), uploads, words: saving.from ?? words };
  }
  return { uploads, words };
}

/** A script's file by its name, where only one file here has it. */
function calledFile(words: readonly string[], sources: Sources) {
  const program =
    SHELLS.test(words[0] ?? '') || words[0] === '.' || words[0] === 'source'
      ? words.slice(1).find((it) => !it.startsWith('-'))
      : words[0];
  const name = program !== undefined && SCRIPT.test(program) ? program.split('/').at(-1) : undefined;
  if (name === undefined) return undefined;
  const files = sources.shared.filter(({ path, class: its }) => its === 'source' && path.split('/').at(-1) === name);
  const [file] = files;
  const text = file && files.length === 1 ? sources.text(file, []) : undefined;
  const commands: readonly ShellCommand[] = text === undefined ? [] : commandsIn(text, OPTIONS);
  return file && commands.length > 0 ? { file, commands } : undefined;
}
