/** Completion for zsh, by its own `_arguments`: all words are in the script, each flag with what it is for. */
import type { Flag, Place, Slot } from './vocabulary.ts';

/** The script; it may be sourced, or put into a folder of `$fpath` as `_gonogo`. */
export function zshScript(places: readonly Place[]): string {
  return `#compdef gonogo
# zsh completion for gonogo; source <(gonogo completion zsh)
_gonogo_list() {
  compset -P '*,'
  compadd -S '' -- "$@"
}

${places.map(functionOf).join('\n\n')}

if [[ \${funcstack[1]} == _gonogo ]]; then _gonogo "$@"; else compdef _gonogo gonogo; fi
`;
}

function functionOf(place: Place): string {
  const { path, flags, slots, commands } = place;
  const specs = [...flags.flatMap(flagSpecs), ...slots.map((slot, index) => quoted(`${index + 1}:${slotWords(slot)}`))];
  if (commands.length === 0) return `${nameOf(path)}() {\n  _arguments -s -S ${specs.join(' ')}\n}`;
  const offers = commands.map(({ name, about }) => quoted(`${name}:${about}`)).join(' ');
  const ways = commands.map(({ name }) => `    ${name}) ${nameOf([...path, name])} ;;`).join('\n');
  return `${nameOf(path)}() {
  local state line
  local -a commands=(${offers})
  _arguments -C -s -S ${specs.join(' ')} '1:command:->command' '*::word:->word' && return
  case $state in
  command) _describe command commands ;;
  word) case $line[1] in
${ways}
    esac ;;
  esac
}`;
}

function nameOf(path: readonly string[]): string {
  return ['_gonogo', ...path].join('_');
}

/** Every flag may be repeated: some are meant to be, and the others are told by the tool. */
function flagSpecs({ names, about, value, optional }: Flag): readonly string[] {
  const what = `[${about.replace(/[[\]\\]/g, '\\$&')}]`;
  if (value === undefined) return names.map((name) => quoted(`*${name}${what}`));
  return names.map((name) => {
    const sign = name.startsWith('--') ? (optional ? '=-' : '=') : optional ? '-' : '+';
    return quoted(`*${name}${sign}${what}${optional ? '::' : ':'}${slotWords(value)}`);
  });
}

function slotWords({ kind, words }: Slot): string {
  if (kind === 'path') return 'path:_files';
  if (kind === 'free') return 'value: ';
  const escaped = words.map((word) => word.replace(/[^\w./=,@+-]/g, '\\$&')).join(' ');
  return kind === 'list' ? `rules:_gonogo_list ${escaped}` : `word:(${escaped})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
