# SPDX-License-Identifier: GPL-3.0-or-later
# Sums the tests of several runs of the suite: awk -f test_totals.awk LOG.trs...
# beside which lie the .log files. A cmocka program counts its tests, a script
# is one. Run in several builds, a test is one test, and failed if it failed in
# any; a program that died before its summary is one failure more.

function mark(name, result) {
	if (result == "failed" || !(name in state) || (result == "passed" && state[name] != "failed"))
		state[name] = result
}

function result_of(trs,    line, result) {
	while ((getline line < trs) > 0)
		if (line ~ /^:test-result:/) {
			split(line, word, " ")
			result = word[2]
		}
	close(trs)
	return result == "PASS" ? "passed" : result == "SKIP" ? "skipped" : "failed"
}

BEGIN {
	for (i = 1; i < ARGC; i++) {
		trs = log_file = program = ARGV[i]
		sub(/\.trs$/, ".log", log_file)
		sub(/\.trs$/, "", program)
		sub(/.*\/tests\//, "tests/", program)
		result = result_of(trs)
		counted = failed_here = 0
		while ((getline line < log_file) > 0) {
			name = line
			sub(/^\[[^]]*\] */, "", name)
			sub(/ *\(.*/, "", name)
			if (line ~ /^\[       OK \] /) {
				mark(program ":" name, "passed")
				counted++
			} else if (line ~ /^\[  SKIPPED \] [A-Za-z_]/ && name !~ /test\(s\)/) {
				mark(program ":" name, "skipped")
				counted++
			} else if (line ~ /^\[  (FAILED |ERROR)  *\] [A-Za-z_]/) {
				mark(program ":" name, "failed")
				counted++
				failed_here++
			}
		}
		close(log_file)
		if (!counted)
			mark(program, result)
		else if (result == "failed" && !failed_here)
			mark(program ": end", "failed")
	}
	for (name in state)
		count[state[name]]++
	printf "%d passed, %d failed%s\n", count["passed"], count["failed"],
		count["skipped"] ? ", " count["skipped"] " skipped" : ""
	if (!count["passed"] || count["failed"])
		exit 1
}
