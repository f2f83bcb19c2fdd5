/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/option.h"

#include <stddef.h>

#include "nucleo/base/i18n.h"

/* clang-format off */
const struct cli_option cli_options[CLI_OPTION_COUNT] = {
	[CLI_DB]        = {"db", N_("ARCHIVO"), N_("la base de datos del grupo")},
	[CLI_AS]        = {"as", N_("SIGLAS"), N_("la institución en cuyo nombre se escribe")},
	[CLI_AS_OBSERVER] = {"as-observer", NULL,
			     N_("escribe aunque esa institución sea observadora")},
	[CLI_READ_ONLY] = {"read-only", NULL, N_("no escribe nada")},
	[CLI_WAIT]      = {"wait", N_("SEGUNDOS"), N_("cuánto espera al disco (10)")},
	[CLI_DEMO]      = {"demo", NULL, N_("usa una copia descartable de la demostración")},
	[CLI_HELP]      = {"help", NULL, N_("muestra esta ayuda")},
	[CLI_VERSION]   = {"version", NULL, N_("muestra la versión")},
	[CLI_JSON]      = {"json", NULL, N_("escribe JSON, para otros programas")},
	[CLI_CSV]       = {"csv", NULL, N_("escribe CSV, para hojas de cálculo")},
	[CLI_EXIT_CODE] = {"exit-code", NULL, N_("termina con 0 si hay alguna fila y con 1 si no")},
	[CLI_DRY_RUN]   = {"dry-run", NULL, N_("dice qué haría, sin escribir nada")},
	[CLI_PLAN]      = {"plan", N_("CÓDIGO"), N_("de qué plan son las filas, si no lo dicen")},
	[CLI_LIMIT]     = {"limit", N_("CUÁNTOS"), N_("a lo sumo tantos resultados (200)")},
	[CLI_LIST]      = {"list", NULL, N_("muestra los que hay")},
	[CLI_YES]       = {"yes", NULL, N_("no pregunta")},
	[CLI_FORMAT]    = {"format", N_("FORMATO"),
			   N_("txt, md, ics o json; si no, lo dice ARCHIVO")},
	[CLI_OUTPUT]    = {"output", N_("ARCHIVO"), N_("escribe en un archivo, no en la salida")},
	[CLI_FULL]      = {"full", NULL, N_("lee todo el registro, no solo lo último")},
	[CLI_REPLAY]    = {"replay", NULL, N_("rehace los datos con el historial y compara")},
	[CLI_REPAIR]    = {"repair", NULL, N_("hace de nuevo la copia de esta máquina")},
	[CLI_MEASURE]   = {"measure", NULL, N_("anota también los avances que el texto dice")},
	[CLI_COMMANDS]  = {"commands", NULL, N_("solo las órdenes, o lo que lleva ORDEN")},
};
/* clang-format on */

const char cli_option_letters[CLI_OPTION_COUNT] = {[CLI_OUTPUT] = 'o'};
