# SPDX-License-Identifier: GPL-3.0-or-later
# Completion for bash. The words come from the program, so that they are those it knows.

_nucleo_offer()
{
	local IFS=$'\n'
	COMPREPLY=($(compgen -W "$2" -- "$1"))
}

# Terms of a filter. Bash breaks words at ':' and '=': what comes before stays as it is.
_nucleo_filter()
{
	local line=${COMP_LINE:0:COMP_POINT} term rest
	term=${line##* }
	rest=${term%"${term##*[:=]}"}
	local IFS=$'\n'
	COMPREPLY=($(nucleo filter complete "$1" "$term" 2>/dev/null))
	COMPREPLY=("${COMPREPLY[@]#"$rest"}")
	compopt -o nospace
}

_nucleo()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
	local globals=$'--db\n--as\n--as-observer\n--read-only\n--wait\n--demo\n--help\n--version'
	local command= kind= arguments=0 words i
	COMPREPLY=()
	# Bash keeps "--db=FILE" as three words.
	[[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD - 2]}
	[[ $word == = ]] && word=
	case $before in
	--db | --output | -o)
		compopt -o default
		return
		;;
	--format)
		_nucleo_offer "$word" $'txt\nmd\nics\njson'
		return
		;;
	--as | --wait | --plan | --limit)
		return
		;;
	esac
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		--db | --as | --wait | --plan | --limit | --format | --output | -o)
			[[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
			((i++))
			;;
		-*) ;;
		*)
			[[ $command ]] && ((arguments++))
			[[ $arguments == 1 ]] && kind=${kind:-${COMP_WORDS[i]}}
			: "${command:=${COMP_WORDS[i]}}"
			;;
		esac
	done
	if [[ ! $command ]]; then
		[[ $word == -* ]] || globals=$(nucleo help --commands 2>/dev/null)
		_nucleo_offer "$word" "$globals"
		return
	fi
	words=$(nucleo help --commands "$command" 2>/dev/null)
	case $word:$command:$arguments in
	-*) _nucleo_offer "$word" "$(grep '^-' <<<"$words")" ;;
	*:import:[1-9]* | *:importar:[1-9]*) compopt -o default ;;
	*:backup:0 | *:respaldar:0 | *:restore:0 | *:restaurar:0) compopt -o default ;;
	*:help:0 | *:ayuda:0) _nucleo_offer "$word" "$(nucleo help --commands 2>/dev/null)" ;;
	*:decide:[1-9]* | *:decidir:[1-9]*)
		_nucleo_offer "$word" $'mine\ntheirs\nboth\ndrop'
		;;
	*:0) _nucleo_offer "$word" "$(grep -v '^-' <<<"$words")" ;;
	*:list:* | *:listar:*) _nucleo_filter "$kind" ;;
	esac
}

complete -F _nucleo nucleo
