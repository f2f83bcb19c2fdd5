/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_ACTA_DUMP_H
#define NUCLEO_TESTS_ACTA_DUMP_H

#include "nucleo/base/strbuf.h"
#include "nucleo/model/acta.h"

/**
 * What was read from an acta, one fact a line, for comparing whole readings.
 * Follow-ups and indicators are left to the tests of model/prose.h. Lines of
 * the source, and what is said about dirt, are written only `with_lines`.
 */
void acta_dump(const struct acta *acta, bool with_lines, struct strbuf *out);

/** Appends the file `name` below the sources' top folder; the test fails without it. */
void read_source_file(const char *name, struct strbuf *out);

#endif
