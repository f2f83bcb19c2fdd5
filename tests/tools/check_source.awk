# SPDX-License-Identifier: GPL-3.0-or-later
# One C file against the rules of the house; see check_layers.sh.
# Functions are found by their braces in the first column.

BEGIN {
	split("base model sync store exchange ui views cli", order, " ")
	for (i in order)
		rank[order[i]] = i + 0
	layer = file
	in_program = sub(/^(src|include\/nucleo)\//, "", layer)
	if (!sub(/\/.*/, "", layer))
		layer = "top"
	if (in_program && layer != "top" && !(layer in rank))
		complain(1, "unknown layer " layer)
	longest_file = 600
	longest_function = 80
	widest_line = 100
	many_parameters = 5 # counted
	most_parameters = 7 # refused

	# The state that may be: what a signal handler can reach, and an end of
	# string that nobody writes to.
	keeps_state["src/base/strbuf.c"] = "empty"
	keeps_state["src/ui/term_curses.c"] = "open_terminal"

	ban("strcpy strcat stpcpy sprintf vsprintf gets", "it knows no bound: use strbuf")
	ban("strncpy strncat", "it may cut inside a character or leave no end: use strbuf")
	ban("strtok", "it keeps hidden state: use strpbrk")
	ban("atoi atol atoll atof", "it cannot report an error: use strtol or a parser of model/")
	ban("scanf sscanf fscanf", "overflow is undefined: use a parser of model/")
	ban("system popen", "a shell reads what a user typed: use posix_spawn")
	ban("mktemp tmpnam tempnam", "somebody else may make the file first: use mkstemp")
	ban("alloca", "the stack has no error: use mem_alloc")
	ban("localtime gmtime asctime ctime", "it keeps hidden state: use base/date")
	ban("rand random srand", "use random_key")
	if (in_program && file != "src/base/memory.c")
		ban("malloc calloc realloc strdup strndup asprintf vasprintf", "use mem_* or strbuf")
	if (in_program && layer != "top" && layer != "cli" && file != "src/base/memory.c")
		ban("printf puts putchar perror", "lower layers never print: return an error")
}

function ban(names, reason,    list, i) {
	split(names, list, " ")
	for (i in list)
		banned[list[i]] = reason
}

function complain(line, text) {
	print file ":" line ": " text
}

function columns(text,    i, width, parts, count) {
	gsub(/[\200-\277]/, "", text)
	count = split(text, parts, "\t")
	for (i = 1; i < count; i++)
		width = int((width + length(parts[i])) / 8) * 8 + 8
	return width + length(parts[count])
}

# Removes comments, and what stands between quotes.
function code_of(text,    out, two, c, i) {
	out = ""
	for (i = 1; i <= length(text); i++) {
		two = substr(text, i, 2)
		c = substr(text, i, 1)
		if (in_comment) {
			if (two == "*/") {
				in_comment = 0
				i++
			}
		} else if (quote != "") {
			if (c == "\\")
				i++
			else if (c == quote) {
				quote = ""
				out = out c
			}
		} else if (two == "/*") {
			in_comment = 1
			i++
		} else if (two == "//") {
			break
		} else {
			if (c == "\"" || c == "'")
				quote = c
			out = out c
		}
	}
	quote = ""
	return out
}

function check_include(text,    target) {
	if (!match(text, /[<"][^>"]*[>"]/))
		return
	target = substr(text, RSTART + 1, RLENGTH - 2)
	if (!in_program)
		return
	if (target ~ /^sqlite3/ && file !~ /^src\/store\//)
		complain(FNR, "SQLite belongs to src/store")
	if (target ~ /^n?cursesw?([.\/]|$)/ && file != "src/ui/term_curses.c")
		complain(FNR, "curses belongs to src/ui/term_curses.c")
	if (target ~ /^(cmocka|vterm|test)[.]/)
		complain(FNR, target " belongs to the tests")
	if (target ~ /^nucleo\//)
		check_layer(target)
	else if (text ~ /"/ && target != "config.h")
		complain(FNR, "include \"nucleo/LAYER/" target "\" instead")
}

function check_layer(target,    to) {
	to = target
	sub(/^nucleo\//, "", to)
	if (!sub(/\/.*/, "", to)) {
		if (layer != "top")
			complain(FNR, layer " may not include " target)
		return
	}
	if (!(to in rank))
		complain(FNR, "unknown layer " to)
	else if (layer == "top" || layer == to)
		return
	else if (rank[to] > rank[layer] || (layer == "ui" && to != "base") ||
		 (layer == "cli" && (to == "ui" || to == "views")))
		complain(FNR, layer " may not include " to)
}

function check_calls(code,    name) {
	while (match(code, /[A-Za-z_][A-Za-z_0-9]*[ \t]*[(]/)) {
		name = substr(code, RSTART, RLENGTH - 1)
		sub(/[ \t]*$/, "", name)
		if (name in banned)
			complain(FNR, name "() is banned: " banned[name])
		code = substr(code, RSTART + RLENGTH)
	}
}

# A static object, in or outside a function, that is not const to the last star.
function check_state(code,    name) {
	if (code !~ /^[ \t]*static [^(]*[;=[]/ || code ~ /^[^=]*sig_atomic_t/)
		return
	sub(/[;=[].*/, "", code)
	if (code ~ /[*][ \t]*const / || (code ~ /[ \t]const / && code !~ /[*]/))
		return
	name = code
	sub(/[ \t]*$/, "", name)
	sub(/.*[ \t*]/, "", name)
	if (keeps_state[file] != name)
		complain(FNR, "\"" name "\" is a mutable global")
}

function parameters(text,    i, c, depth, count, last) {
	count = 1
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "(") {
			if (depth++ == 0)
				count = 1
		} else if (c == ")") {
			if (--depth == 0)
				last = count
		} else if (c == "," && depth == 1)
			count++
	}
	return last + 0
}

{
	if (in_program && columns($0) > widest_line)
		complain(FNR, "wider than " widest_line " columns")
	code = code_of($0)
	if (code ~ /^[ \t]*#[ \t]*include/)
		check_include($0)
	else
		check_calls(code)
	if (in_program)
		check_state(code)
}

code ~ /^[{]/ && !begin {
	begin = FNR
	count = parameters(signature)
	if (in_program && count > most_parameters)
		complain(FNR, "more than " most_parameters " parameters")
}

code ~ /^[}]/ {
	if (begin) {
		lines = FNR - begin - 1
		if (in_program)
			print "figure " lines, (count > many_parameters)
		if (lines > longest_function)
			complain(begin, "a function of " lines " lines; at most " longest_function)
	}
	begin = 0
}

# What stands between the last declaration and a brace is a signature.
code ~ /[;}][ \t]*$/ || code ~ /^[ \t]*#/ {
	signature = ""
	next
}
{ signature = signature " " code }

END {
	if (FNR > longest_file)
		complain(FNR, "a file of more than " longest_file " lines")
}
