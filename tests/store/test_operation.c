/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/store/verify.h"

static void operations_are_chained_and_replay(void **state)
{
	(void)state;
	int64_t head = -1;
	struct store *store = test_create("chain.db");
	assert_done(store_head(store, &head, err));
	assert_int_equal(head, 0);
	struct group group = test_group(store);
	struct operation *op = operation_new();
	operation_change(op, "commitment", group.c1, "title", value_null(),
			 value_text("Datos abiertos"));
	operation_delete(op, "agenda_item", group.item2a);
	operation_set_words(op, "C1: título");
	assert_int_equal(test_commit(store, op), 2);
	assert_done(store_head(store, &head, err));
	assert_int_equal(head, 2);
	assert_done(store_verify(store, err));
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operations_are_chained_and_replay),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
