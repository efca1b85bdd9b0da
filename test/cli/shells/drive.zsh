# For each argument, a line: it is typed into an interactive zsh that has sourced the script in $1; one line of offered words each.
zmodload zsh/zpty
zpty shell zsh -f -i
hear() {
  REPLY=''
  local part
  while zpty -r shell part; do REPLY+=$part; [[ $REPLY == *"$1"* ]] && return; done
}
zpty -w shell "PS1= PS2= RPS1=; stty -echo; autoload -U compinit; compinit -u -D; source ${(q)1}
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)* ]]; then builtin compadd \"\$@\"; return; fi
  local -a got
  builtin compadd -O got \"\$@\"; seen+=(\${IPREFIX}\${^got}); builtin compadd \"\$@\"
}
ask() { seen=(); _main_complete; print -r -- \"<<\${(j:|:)seen}>>\"; compstate[insert]=''; compstate[list]=''; }
zle -C ask complete-word ask; bindkey '^T' ask; print rea''dy"
hear ready
shift
for line; do
  zpty -w -n shell "$line"$'\x14'
  hear '>>'
  print -r -- "${${REPLY##*<<}%%>>*}"
  zpty -w -n shell $'\x15'
done
zpty -d shell
