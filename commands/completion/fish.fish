# Completion of newsctl for fish. Made by: newsctl completion fish

function __newsctl_complete
    set -l current (commandline -ct)
    if string match -qr '^[~$]' -- "$current"
        complete -C "'' $current"
        return
    end
    # Words as a command gets them, without quotes.
    set -l words (commandline -opc) "$current"
    newsctl __complete -- (string replace -ra '["\'\\\\]' '' -- $words[2..-1]) 2>/dev/null | string replace \tfile\t \t
end

complete -c newsctl -f -a '(__newsctl_complete)'
