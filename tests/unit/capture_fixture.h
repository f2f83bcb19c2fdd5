/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_CAPTURE_FIXTURE_H
#define NUCLEO_TESTS_CAPTURE_FIXTURE_H

#include "nucleo/model/capture.h"
#include "unit/prose_fixture.h"

/* What the lines of the capture tests may name: commitments of one plan, and of two that have the
 * same. */
static const struct capture_commitment capture_fixture_commitments[] = {
	{"C1", NULL, 2000},
	{"C5", "Fortalecimiento de los municipios", 2000},
	{"C6", "Portal Nacional de Transparencia", 3800},
	{"C15", NULL, PERCENT_NONE},
	{"paga1/C9", "Datos abiertos", 1000},
	{"paga2/C9", "Contratación", 1300},
	{"paga1/C10", NULL, PERCENT_NONE},
};

static inline struct capture_context capture_fixture_context(void)
{
	return (struct capture_context){.prose = fixture_context(),
					.commitments = capture_fixture_commitments,
					.commitment_count = ARRAY_COUNT(capture_fixture_commitments)};
}

#endif
