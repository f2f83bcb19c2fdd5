/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_UI_OP_H
#define NUCLEO_UI_OP_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/i18n.h"

/**
 * Where keys have a meaning. Each context has a parent whose keys work in it
 * too, up to one that is its own: GLOBAL, or where what one types is text. A key that
 * means something in a context and something else in a parent means the first there.
 */
#define CONTEXT_TABLE(CONTEXT)                                                              \
	CONTEXT(GLOBAL, GLOBAL, N_("En todas partes"))                                      \
	CONTEXT(BROWSE, GLOBAL, N_("Para moverse"))                                         \
	CONTEXT(LIST, BROWSE, N_("En una lista"))                                           \
	CONTEXT(TREE, BROWSE, N_("En el orden del día"))                                    \
	CONTEXT(GRID, BROWSE, N_("En los asistentes"))                                      \
	CONTEXT(DETAIL, BROWSE, N_("En una ficha"))                                         \
	CONTEXT(RECORDS, LIST, N_("En una lista de registros"))                             \
	CONTEXT(RECORD, DETAIL, N_("En la ficha de un registro"))                           \
	CONTEXT(COMMITMENTS, RECORDS, N_("En los compromisos"))                             \
	CONTEXT(HISTORY, LIST, N_("En el historial"))                                       \
	CONTEXT(TRASH, LIST, N_("En la papelera"))                                          \
	CONTEXT(OPERATION, DETAIL, N_("En un cambio del historial"))                        \
	CONTEXT(COMMITMENT, RECORD, N_("En un compromiso"))                                 \
	CONTEXT(ORGANIZATION, RECORD, N_("En una institución"))                             \
	CONTEXT(CHART, GLOBAL, N_("En un cuadro o gráfico"))                                \
	CONTEXT(MATRIX, CHART, N_("En el cuadro de asistencia"))                            \
	CONTEXT(TIMELINE, CHART, N_("En el cronograma"))                                    \
	CONTEXT(SEARCH, BROWSE, N_("En la consulta"))                                       \
	CONTEXT(PROPOSALS, BROWSE, N_("En lo que se propone para una reunión"))              \
	CONTEXT(CLOSING, BROWSE, N_("Al cerrar una reunión"))                               \
	CONTEXT(READBACK, GLOBAL, N_("En la lectura de una reunión"))                       \
	CONTEXT(START, BROWSE, N_("Al comenzar"))                                           \
	CONTEXT(HELP, BROWSE, N_("En la ayuda"))                                            \
	CONTEXT(PROMPT, PROMPT, N_("Al escribir"))                                          \
	CONTEXT(COMPLETION, PROMPT, N_("Al escribir un filtro"))                            \
	CONTEXT(FORM, PROMPT, N_("En un formulario"))                                       \
	CONTEXT(SALA, PROMPT, N_("Al anotar en la Sala"))                                   \
	CONTEXT(SALA_RECORD, BROWSE, N_("En lo anotado en la Sala"))                        \
	CONTEXT(SALA_AGENDA, BROWSE, N_("En el orden del día de la Sala"))                  \
	CONTEXT(SALA_VALUES, BROWSE, N_("En las mediciones por confirmar"))                 \
	CONTEXT(EDITOR, EDITOR, N_("Al escribir un texto largo"))                           \
	CONTEXT(ROLL, ROLL, N_("Al tomar asistencia"))

enum context {
#define CONTEXT(id, parent, label) CONTEXT_##id,
	CONTEXT_TABLE(CONTEXT)
#undef CONTEXT
	CONTEXT_COUNT
};

enum op {
	OP_NONE,
#define OP(id, name, keys, contexts, hint, help) OP_##id,
#include "nucleo/ui/ops.def"
	OP_COUNT
};

struct op_info {
	const char *name;  /**< in the configuration file */
	const char *keys;  /**< default keys, apart by a space; "": only from the palette */
	uint64_t contexts; /**< bit set of enum context */
	const char *hint;  /**< msgid, a word or two for the hints line; NULL: not there */
	const char *help;  /**< msgid, for the `?` page */
};

const struct op_info *op_info(enum op op);
/** OP_NONE when there is no such name. */
enum op op_named(const char *name);
/** Whether it brings a screen to the front: its name begins so. */
bool op_is_screen(enum op op);
/** The context whose keys also work in `context`; itself when there is none. */
enum context context_parent(enum context context);
/** Whether what one types in it is text, not keys. */
bool context_takes_text(enum context context);
/** Its heading in the help (msgid). */
const char *context_label(enum context context);
/** Whether `op` belongs to `context` itself. */
bool op_is_in(enum op op, enum context context);
/** How many steps from `context` to the first of its parents (0: itself) `op` belongs to; -1: it
 *  does not work there. */
int op_depth(enum op op, enum context context);
/** Whether `op` works in `context`: it belongs to it or to one of its parents. */
bool op_works_in(enum op op, enum context context);

#endif
