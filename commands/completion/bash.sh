# Completion of newsctl for bash; needs nothing else. Made by: newsctl completion bash

_newsctl() {
    # The words up to the cursor as a command gets them: COMP_WORDS are cut also
    # at = and :, and quotes are still on them.
    local words=() word rest=${COMP_LINE:0:COMP_POINT} i
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((i == 0)) || [[ $rest == [[:space:]]* ]]; then
            rest=${rest#"${rest%%[![:space:]]*}"}
            words+=("")
        fi
        ((i == COMP_CWORD)) && word=$rest
        words[${#words[@]}-1]+=${word//[\"\'\\]/}
        rest=${rest#"$word"}
    done
    COMPREPLY=()

    local current=${words[${#words[@]}-1]}
    if [[ $current == [~\$]* ]]; then
        compopt -o default 2>/dev/null
        return
    fi

    # What is before the last = or : is not part of the word to bash.
    local before="" c
    for c in = :; do
        if [[ $COMP_WORDBREAKS == *"$c"* && $current == *"$c"* ]]; then
            word=${current%"${current##*"$c"}"}
            ((${#word} > ${#before})) && before=$word
        fi
    done

    local what rest
    while IFS=$'\t' read -r word what rest; do
        COMPREPLY+=("${word#"$before"}")
        [[ $what == directory || $what == file || $what == name ]] && compopt -o filenames 2>/dev/null
        [[ $what == directory ]] && compopt -o nospace 2>/dev/null
    done < <(newsctl __complete -- "${words[@]:1}" 2>/dev/null)
}

complete -F _newsctl newsctl
