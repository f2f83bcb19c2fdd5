/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/op.h"

#include <string.h>

#define IN(context) (UINT64_C(1) << CONTEXT_##context)

static const struct op_info ops[OP_COUNT] = {
	[OP_NONE] = {"none", "", 0, NULL, ""},
#define OP(id, name, keys, contexts, hint, help) [OP_##id] = {name, keys, contexts, hint, help},
#include "nucleo/ui/ops.def"
};

static const struct {
	enum context parent;
	const char *label;
} contexts[CONTEXT_COUNT] = {
#define CONTEXT(id, parent, label) [CONTEXT_##id] = {CONTEXT_##parent, label},
	CONTEXT_TABLE(CONTEXT)
#undef CONTEXT
};

const struct op_info *op_info(enum op op)
{
	return &ops[op];
}

enum op op_named(const char *name)
{
	for (enum op op = OP_NONE + 1; op < OP_COUNT; op++)
		if (strcmp(ops[op].name, name) == 0)
			return op;
	return OP_NONE;
}

bool op_is_screen(enum op op)
{
	return strncmp(ops[op].name, "screen-", strlen("screen-")) == 0;
}

enum context context_parent(enum context context)
{
	return contexts[context].parent;
}

bool context_takes_text(enum context context)
{
	while (contexts[context].parent != context)
		context = contexts[context].parent;
	return context != CONTEXT_GLOBAL;
}

const char *context_label(enum context context)
{
	return contexts[context].label;
}

bool op_is_in(enum op op, enum context context)
{
	return ops[op].contexts >> context & 1;
}

int op_depth(enum op op, enum context context)
{
	for (int depth = 0;; depth++, context = context_parent(context)) {
		if (op_is_in(op, context))
			return depth;
		if (context_parent(context) == context)
			return -1;
	}
}

bool op_works_in(enum op op, enum context context)
{
	return op_depth(op, context) >= 0;
}
