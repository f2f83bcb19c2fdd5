# SPDX-License-Identifier: GPL-3.0-or-later
# Turns what gcov prints into a table: percent of lines run, lines, file. A file
# named again (a header of inline functions) counts at its best.

/^File '/ {
	file = $0
	sub(/^File '(\.\.\/)*/, "", file)
	sub(/'$/, "", file)
}
/^Lines executed:/ && file ~ /^(src|include)\// {
	split($0, part, /[:%]| of /)
	if (!(file in lines) || part[2] + 0 > percent[file])
		percent[file] = part[2] + 0
	lines[file] = $NF
	file = ""
}
END {
	sorter = "sort -k4"
	for (file in lines) {
		printf "%6.1f %% %5d  %s\n", percent[file], lines[file], file | sorter
		run += percent[file] * lines[file] / 100
		all += lines[file]
	}
	close(sorter)
	if (!all) {
		print "no figures: configure with --enable-coverage first" > "/dev/stderr"
		exit 1
	}
	printf "%6.1f %% %5d  in all\n", 100 * run / all, all
}
