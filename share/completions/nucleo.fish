# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for fish. The words come from the program, so that they are those it knows.

# The command already written, and after it its arguments, options apart.
function __nucleo_said
    set -l skip
    for word in (commandline -opc)[2..-1]
        if set -q skip[1]
            set -e skip
        else if contains -- $word --db --as --wait --plan --limit --format --output -o
            set skip yes
        else if not string match -q -- '-*' $word
            echo $word
        end
    end
end

function __nucleo_count -a count
    test (count (__nucleo_said)) -eq $count
end

function __nucleo_in
    contains -- (__nucleo_said)[1] $argv
end

function __nucleo_at_option
    string match -q -- '-*' (commandline -ct)
end

function __nucleo_words
    nucleo help --commands (__nucleo_said)[1] 2>/dev/null
end

function __nucleo_terms
    nucleo filter complete (__nucleo_said)[2] (commandline -ct) 2>/dev/null
end

complete -c nucleo -f
complete -c nucleo -l db -r -F
complete -c nucleo -l as -x
complete -c nucleo -l wait -x
complete -c nucleo -n '__nucleo_in import importar' -l plan -x
complete -c nucleo -n '__nucleo_in export exportar' -l format -x -a 'txt md ics json'
complete -c nucleo -n '__nucleo_in export exportar' -s o -l output -r -F
complete -c nucleo -l as-observer
complete -c nucleo -l read-only
complete -c nucleo -l demo
complete -c nucleo -l help
complete -c nucleo -l version
complete -c nucleo -n '__nucleo_count 0' -a '(nucleo help --commands 2>/dev/null)'
complete -c nucleo -n 'not __nucleo_count 0; and __nucleo_at_option' -a "(__nucleo_words | string match -- '-*')"
complete -c nucleo -n '__nucleo_count 1' -a "(__nucleo_words | string match -v -- '-*')"
complete -c nucleo -n '__nucleo_count 1; and __nucleo_in help ayuda' -a '(nucleo help --commands 2>/dev/null)'
complete -c nucleo -n 'not __nucleo_count 1; and __nucleo_in import importar' -F
complete -c nucleo -n '__nucleo_count 1; and __nucleo_in backup respaldar restore restaurar' -F
complete -c nucleo -n 'not __nucleo_count 0; and not __nucleo_count 1; and __nucleo_in list listar' -a '(__nucleo_terms)'
complete -c nucleo -n 'not __nucleo_count 0; and not __nucleo_count 1; and __nucleo_in decide decidir' -a 'mine theirs both drop'
