/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <string.h>
#include <vterm.h>

#include "nucleo/ui/term_bytes.h"

/* What is left of a frame is as listed, and a terminal shows the same for both. */
static const struct {
	const char *frame, *sent;
} frames[] = {
	{"", ""},
	{"plain text\r\n", "plain text\r\n"},
	{"\033(B\033[0;1mA\033(B\033[m", "\033[0;1mA\033[m"},
	{"\033[0;1m\033[31mA", "\033[0;1;31mA"},
	{"\033[39m\033(B\033[mA", "\033[mA"},
	{"\033[1m\033[m\033[mA\033[mB", "\033[mAB"},
	{"\033[mA\033[0;7mB", "\033[mA\033[7mB"},
	{"\033[7mA\033[0;2mB", "\033[7mA\033[0;2mB"},
	{"\033[7mA\033[2mB", "\033[7mA\033[2mB"},
	{"\033[38;5;0mA\033[38;5;10mB", "\033[38;5;0mA\033[38;5;10mB"},
	{"\033[0mA\033[0;0mB", "\033[mA\033[0mB"},
	{"\033[2;3HA\033[KB\033[5X\033)0C", "\033[2;3HA\033[KB\033[5X\033)0C"},
	{"\033[0;7mA\033[3;1H\033[m", "\033[0;7mA\033[3;1H\033[m"},
	/* Cut short: goes out as it came. */
	{"A\033", "A\033"},
	{"A\033[", "A\033["},
	{"A\033[1", "A\033[1"},
	{"A\033(", "A\033("},
};

static void only_what_changes_something_is_sent(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(frames); i++) {
		struct strbuf sent;
		strbuf_init(&sent);
		term_bytes_add(&sent, frames[i].frame, strlen(frames[i].frame));
		assert_string_equal(sent.data, frames[i].sent);
		strbuf_release(&sent);
	}
}

/* The cells of the first row, with their looks, after something else was shown. */
static void show(const char *bytes, VTermScreenCell *cells)
{
	VTerm *vterm = vterm_new(2, 20);
	VTermScreen *screen = vterm_obtain_screen(vterm);
	vterm_screen_reset(screen, 1);
	vterm_input_write(vterm, "\033[4;35m", 7);
	vterm_input_write(vterm, bytes, strlen(bytes));
	vterm_input_write(vterm, ".", 1);
	for (int i = 0; i < 20; i++)
		vterm_screen_get_cell(screen, (VTermPos){.row = 0, .col = i}, &cells[i]);
	vterm_free(vterm);
}

static void the_screen_is_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(frames); i++) {
		VTermScreenCell before[20], after[20];
		show(frames[i].frame, before);
		show(frames[i].sent, after);
		for (int c = 0; c < 20; c++) {
			assert_int_equal(before[c].chars[0], after[c].chars[0]);
			assert_int_equal(before[c].attrs.bold, after[c].attrs.bold);
			assert_int_equal(before[c].attrs.underline, after[c].attrs.underline);
			assert_int_equal(before[c].attrs.reverse, after[c].attrs.reverse);
			assert_true(vterm_color_is_equal(&before[c].fg, &after[c].fg));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_changes_something_is_sent),
		cmocka_unit_test(the_screen_is_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
