/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_PROSE_FIXTURE_H
#define NUCLEO_TESTS_PROSE_FIXTURE_H

#include "nucleo/model/prose.h"

/* A forum for the sentences of the prose tests: it met on Friday 17/11/2023 and meets again on
 * 09/02/2024. */
static const struct prose_institution fixture_institutions[] = {
	{"Presidencia", "Presidencia de la República del Ecuador"},
	{"SNP", "Secretaría Nacional de Planificación"},
	{"CJ", "Consejo de la Judicatura"},
	{"CNE", "Consejo Nacional Electoral"},
	{"DPE", "Defensoría del Pueblo de Ecuador"},
	{"AME", "Asociación de Municipalidades Ecuatorianas"},
	{"FCD", "Fundación Ciudadanía y Desarrollo"},
	{"FUNDAPI", "Fundación de Ayuda por Internet"},
	{"DATALAT", "Fundación Datalat"},
	{"UTPL", "Universidad Técnica Particular de Loja"},
	{"CEE", "Comité Empresarial Ecuatoriano"},
	{"MINTEL", NULL},
};

static inline struct prose_context fixture_context(void)
{
	return (struct prose_context){
		.institutions = fixture_institutions,
		.institution_count = ARRAY_COUNT(fixture_institutions),
		.group = "Grupo Núcleo",
		.meeting_date = date_from_civil(2023, 11, 17),
		.next_meeting = date_from_civil(2024, 2, 9),
	};
}

#endif
