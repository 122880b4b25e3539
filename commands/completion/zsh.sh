#compdef newsctl
# Completion of newsctl for zsh. Made by: newsctl completion zsh

_newsctl() {
    if [[ $PREFIX == [~\$]* ]]; then
        _files
        return
    fi
    local -a directories others
    local line word
    for line in "${(@f)$(newsctl __complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
        word=${line%%$'\t'*}
        [[ -n $word ]] || continue
        if [[ $line == *$'\tdirectory' ]]; then
            directories+=("${word//:/\\:}")
        else
            line=${line#*$'\t'}
            others+=("${word//:/\\:}:${line#file$'\t'}")
        fi
    done
    _describe -t newsctl newsctl others -- directories -S ''
}

if [[ $funcstack[1] == _newsctl ]]; then
    _newsctl "$@"
else
    compdef _newsctl newsctl
fi
