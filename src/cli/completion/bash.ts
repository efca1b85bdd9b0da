/** Completion for bash from version 3.2 on: all words are in the script, and nothing that was typed is ever run. */
import type { Flag, Place } from './vocabulary.ts';

/** The script. */
export function bashScript(places: readonly Place[]): string {
  const commands = places.filter(({ path }) => path.length > 0);
  return `# bash completion for gonogo; source <(gonogo completion bash)
_gonogo_words() {
  local IFS=$'\\n' cur=$2 before=''
  # Several words between commas: the last is completed.
  if [[ $cur == *,* ]]; then before=\${cur%,*},; fi
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
}

_gonogo() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} at='' first=1 slot=0 valued='' word i
  COMPREPLY=()
  # Bash takes the sign between a flag and its value for a word.
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
      ${commands.map(({ path }) => `'${['', ...path].join(' ')}'`).join(' | ')}) at="$at \${COMP_WORDS[i]}"; first=$((i + 1)) ;;
      *) break ;;
    esac
  done
  case $at in
${places.map(({ path, flags }) => `    ${key(path)}) valued=${quoted(['', ...valuedNames(flags), ''].join(' '))} ;;`).join('\n')}
  esac
  for ((i = first; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $valued == *" $word "* ]]; then
      [[ \${COMP_WORDS[i+1]} == = ]] && i=$((i + 1))
      i=$((i + 1))
    elif [[ $word != -* ]]; then slot=$((slot + 1)); fi
  done
  if [[ $valued == *" $prev "* ]]; then
    case "$at $prev" in
${places.flatMap(valuesOf).join('\n')}
    esac
    return
  fi
  if [[ $cur == -* ]]; then
    case $at in
${places.map(({ path, flags }) => `    ${key(path)}) ${offer(flags.flatMap(({ names }) => names))} ;;`).join('\n')}
    esac
    return
  fi
  case "$at $slot" in
${places.flatMap(slotsOf).join('\n')}
  esac
}

complete -o bashdefault -o default -F _gonogo gonogo
`;
}

function key(path: readonly string[], ...more: readonly (string | number)[]): string {
  return quoted(['', ...path, ...more].join(' '));
}

/** A flag whose value may be left out is followed by anything. */
function valuedNames(flags: readonly Flag[]): readonly string[] {
  return flags.filter(({ value, optional }) => value && !optional).flatMap(({ names }) => names);
}

function valuesOf({ path, flags }: Place): readonly string[] {
  return flags.flatMap(({ names, value }) =>
    value === undefined || value.words.length === 0
      ? []
      : [`    ${names.map((name) => key(path, name)).join(' | ')}) ${offer(value.words)} ;;`],
  );
}

function slotsOf({ path, slots, commands }: Place): readonly string[] {
  const below = commands.length > 0 ? [`    ${key(path, 0)}) ${offer(commands.map(({ name }) => name))} ;;`] : [];
  const own = slots.flatMap((slot, index) =>
    slot.words.length > 0 ? [`    ${key(path, index)}) ${offer(slot.words)} ;;`] : [],
  );
  return [...below, ...own];
}

/** Where there is nothing to offer, bash offers files. It expands the words once more. */
function offer(words: readonly string[]): string {
  return `_gonogo_words ${quoted(words.map((word) => word.replace(/[^\w./:=,@+-]/g, '\\\\$&')).join('\n'))} "$cur"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
