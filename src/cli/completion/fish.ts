/** Completion for fish: all words are in the script, each flag with what it is for. */
import type { Flag, Place, Slot } from './vocabulary.ts';

/** The script. */
export function fishScript(places: readonly Place[]): string {
  return `# fish completion for gonogo; gonogo completion fish | source
function __gonogo_within
    set -l words (commandline -opc)
    set -l last (math (count $argv) + 1)
    test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"
end

function __gonogo_at
    test (count (commandline -opc)) -eq (math (count $argv) + 1); and begin
        test (count $argv) -eq 0; or __gonogo_within $argv
    end
end

complete -c gonogo -e
complete -c gonogo -f
${places.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, flags, slots, commands }: Place): readonly string[] {
  const at = (name: string) => `complete -c gonogo -n ${quoted([name, ...path].join(' '))}`;
  const within = path.length === 0 ? at('__gonogo_at') : at('__gonogo_within');
  return [
    ...commands.map(({ name, about }) => `${at('__gonogo_at')} -a ${name} -d ${quoted(about)}`),
    ...flags.map((flag) => [within, ...flagWords(flag)].join(' ')),
    // Which of several places the cursor is at, only the flags before it would tell.
    ...slots.filter(({ kind }) => kind !== 'free').map((slot) => `${within} ${slotWords(slot).join(' ')}`),
  ];
}

function flagWords({ names, about, value, optional }: Flag): readonly string[] {
  const forms = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const taken = value === undefined || optional ? [] : value.kind === 'path' ? ['-r', '-F'] : ['-x'];
  const words = value && value.words.length > 0 ? slotWords(value) : [];
  return [...forms, ...taken, ...words, '-d', quoted(about)];
}

function slotWords({ kind, words }: Slot): readonly string[] {
  if (kind === 'path') return ['-F'];
  const quotedWords = words.map((word) => (/^[\w./-]+$/.test(word) ? word : quoted(word))).join(' ');
  return ['-a', quoted(kind === 'list' ? `(__fish_complete_list , "printf '%s\\n' ${quotedWords}")` : quotedWords)];
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
