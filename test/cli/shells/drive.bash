# For each argument, a line: its words, as bash divides them, are completed by the function of the script in $1; one line of words each.
source "$1"
shift
for line; do
  COMP_LINE=$line
  COMP_WORDS=()
  # Bash takes `=` for a word of its own.
  spaced=${line//=/ = }
  read -ra COMP_WORDS <<<"$spaced"
  [[ $line == *[\ =] ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  $(complete -p gonogo | sed 's/.*-F \([^ ]*\).*/echo \1/' | sh) 2>&1
  (IFS='|'; printf '%s\n' "${COMPREPLY[*]}")
done
