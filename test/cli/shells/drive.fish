# For each argument, a line: what fish completes it to with the script in $argv[1]; one line of words each.
source $argv[1]
for line in $argv[2..-1]
    set -l words (complete -C $line | string replace -r '\t.*' '')
    echo (string join '|' -- $words)
end
