/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>

#include "nucleo/ui/keymap.h"

static void every_op_is_complete(void **state)
{
	(void)state;
	for (enum op op = OP_NONE + 1; op < OP_COUNT; op++) {
		const struct op_info *info = op_info(op);
		assert_true(info->name[0] && info->help[0]);
		assert_true(info->keys[0] || op_works_in(op, CONTEXT_LIST));
		assert_true(info->contexts != 0 && info->contexts < UINT64_C(1) << CONTEXT_COUNT);
		assert_int_equal(op_named(info->name), op);
		if (info->hint)
			assert_true(strlen(info->hint) > 0 && strlen(info->hint) <= 12);
	}
	assert_int_equal(op_named("none such"), OP_NONE);
}

/* What is nearer to where one is may have the key instead. */
static void expect_found(const struct keymap *keymap, enum context context, enum op op,
			 key_code key)
{
	enum op found = keymap_find(keymap, context, key);
	if (found != op)
		assert_true(op_depth(found, context) < op_depth(op, context));
}

static void no_key_means_two_things(void **state)
{
	(void)state;
	struct keymap keymap;
	keymap_init(&keymap);
	for (enum context context = 0; context < CONTEXT_COUNT; context++)
		for (enum op op = OP_NONE + 1; op < OP_COUNT; op++) {
			if (!op_works_in(op, context))
				continue;
			for (size_t i = 0; keymap.keys[op][i] != K_NONE; i++)
				expect_found(&keymap, context, op, keymap.keys[op][i]);
		}
}

static void default_keys_print_back(void **state)
{
	(void)state;
	struct keymap keymap;
	struct strbuf names;
	keymap_init(&keymap);
	strbuf_init(&names);
	for (enum op op = OP_NONE + 1; op < OP_COUNT; op++) {
		strbuf_reset(&names);
		for (size_t i = 0; i < KEYMAP_KEYS_MAX && keymap.keys[op][i] != K_NONE; i++) {
			if (i)
				strbuf_addch(&names, ' ');
			key_add_name(&names, keymap.keys[op][i]);
		}
		assert_string_equal(names.data, op_info(op)->keys);
	}
	strbuf_release(&names);
}

static void every_key_name_is_read_back(void **state)
{
	(void)state;
	struct strbuf name;
	strbuf_init(&name);
	for (key_code key = K_NONE + 1; key < K_LIMIT; key++) {
		static const key_code held[] = {0, K_CTRL, K_ALT, K_CTRL | K_ALT};
		for (size_t i = 0; i < ARRAY_COUNT(held); i++) {
			strbuf_reset(&name);
			key_add_name(&name, key | held[i]);
			assert_int_equal(key_parse(name.data), key | held[i]);
		}
	}
	for (key_code key = ' '; key < 0x180; key++) {
		if (!key_is_text(key) || (key >= 0x80 && key < 0xA1))
			continue;
		strbuf_reset(&name);
		key_add_name(&name, key);
		assert_int_equal(key_parse(name.data), key);
	}
	strbuf_release(&name);
}

static void key_names(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		key_code key;
	} cases[] = {
		{"Ctrl-R", K_CTRL | 'R'}, {"Ctrl-r", K_CTRL | 'R'}, {"Alt-x", K_ALT | 'x'},
		{"F3", K_F3},		  {"pgdn", K_PAGE_DOWN},    {"AvPág", K_PAGE_DOWN},
		{"Space", ' '},		  {"-", '-'},		    {"Ctrl--", K_CTRL | '-'},
		{"ñ", 0xF1},		  {"", K_NONE},		    {"Ctrl-", K_NONE},
		{"F13", K_NONE},	  {"xy", K_NONE},	    {" ", K_NONE},
		{"\x1b", K_NONE},
	};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		assert_int_equal(key_parse(cases[i].name), cases[i].key);
}

static void binding(void **state)
{
	(void)state;
	struct keymap keymap;
	struct error err;
	keymap_init(&keymap);
	assert_int_equal(keymap_bind(&keymap, OP_QUIT, "Ctrl-X", &err), RC_OK);
	assert_int_equal(keymap_find(&keymap, CONTEXT_LIST, K_CTRL | 'X'), OP_QUIT);
	assert_int_equal(keymap_find(&keymap, CONTEXT_LIST, 'q'), OP_NONE);
	assert_int_equal(keymap_bind(&keymap, OP_FILTER, "j", &err), RC_INVALID);
	assert_non_null(strstr(err.text, "down"));
	assert_int_equal(keymap_bind(&keymap, OP_FILTER, "q Nada", &err), RC_INVALID);
	assert_int_equal(keymap_bind(&keymap, OP_FILTER, "a b c d e f g", &err), RC_INVALID);
	assert_int_equal(keymap_find(&keymap, CONTEXT_LIST, '/'), OP_FILTER);
	/* The same key may serve where the two never meet. */
	assert_int_equal(keymap_bind(&keymap, OP_SORT, "Ctrl-Y", &err), RC_OK);
	assert_int_equal(keymap_bind(&keymap, OP_ERASE_LINE, "Ctrl-Y", &err), RC_OK);
	assert_int_equal(keymap_bind(&keymap, OP_SUSPEND, "", &err), RC_OK);
	assert_int_equal(keymap_find(&keymap, CONTEXT_LIST, K_CTRL | 'Z'), OP_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_op_is_complete),
		cmocka_unit_test(no_key_means_two_things),
		cmocka_unit_test(default_keys_print_back),
		cmocka_unit_test(every_key_name_is_read_back),
		cmocka_unit_test(key_names),
		cmocka_unit_test(binding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
