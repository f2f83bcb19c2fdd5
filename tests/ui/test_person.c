/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works at the screen, whether she may write, and the sign that says not. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/exchange/config.h"
#include "ui/desk.h"

static char config_folder[] = "/tmp/nucleo-person-XXXXXX";

static char *config_path(void)
{
	return file_config_path("config");
}

static void forget_config(void)
{
	char *path = config_path();
	unlink(path);
	free(path);
}

static int make_folders(void **state)
{
	assert_non_null(mkdtemp(config_folder));
	setenv("XDG_CONFIG_HOME", config_folder, 1);
	return desk_make_folder(state);
}

static int remove_folders(void **state)
{
	char *path = file_config_path("");
	forget_config();
	rmdir(path);
	rmdir(config_folder);
	free(path);
	return desk_remove_folder(state);
}

static void expect_config(const char *expected)
{
	struct strbuf text;
	struct error err;
	char *path = config_path();
	strbuf_init(&text);
	if (file_read(path, CONFIG_MAX_BYTES, &text, &err) != RC_OK)
		strbuf_adds(&text, "none");
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
	free(path);
}

/* Stands for whatever begins a change: it is done only by who may. */
static unsigned write_or_ask(void *context, struct ui *ui, enum op op)
{
	struct session *session = context;
	if (op != OP_EXCHANGE)
		return session_op(context, ui, op);
	if (session_may_write(session, ui, op))
		ui_say(ui, ROLE_NOTICE, "escribe %s, %s", store_actor(session_store(session)),
		       store_post(session_store(session)));
	return UI_REDRAW;
}

#define WRITE ": type:exchange Enter"

/* On a desk where `actor` works ("" nobody said); the configuration is empty at first. */
static void play(const char *name, const struct window *window, const char *actor, const char *keys)
{
	struct desk desk;
	struct strbuf file;
	forget_config();
	desk_open(&desk, "rich.db", false);
	store_set_person(session_store(&desk.session), actor, NULL);
	struct ui_setup setup = desk_setup(&desk);
	setup.begin = session_begin;
	setup.sign = session_sign;
	setup.op = write_or_ask;
	strbuf_init(&file);
	strbuf_addf(&file, "%s-%s", name, window->name);
	screen_expect(file.data, window->rows, window->columns, keys, &setup);
	strbuf_release(&file);
	desk_close(&desk);
}

static void play_both(const char *name, const char *actor, const char *keys)
{
	play(name, &window_usual, actor, keys);
	play(name, &window_small, actor, keys);
}

static void who_she_is_is_asked_once(void **state)
{
	(void)state;
	play_both("person-asked", "", "");
	expect_config("none");
	play_both("person-narrowed", "", "type:cne");
	play_both("person-post", "", "type:cne Enter type:Jefe");
	expect_config("none");
	play_both("person-kept", "", "type:cne Enter type:Jefatura Enter");
	expect_config("as = CNE\npost = Jefatura\n");
	play("person-no-post", &window_usual, "", "type:cne Enter Esc");
	expect_config("as = CNE\n");
	play("person-said", &window_usual, "FCD", "");
	play_both("person-said-unknown", "ZZZ", "");
	expect_config("none");
}

static void what_the_base_does_not_know_is_kept_as_given(void **state)
{
	(void)state;
	play_both("person-unknown", "", "type:ZZZ");
	play("person-unknown-post", &window_usual, "", "type:ZZZ Enter");
	play("person-unknown-kept", &window_usual, "", "type:ZZZ Enter Enter");
	expect_config("as = ZZZ\n");
	/* In front of what only resembles it, it is the last of all. */
	play("person-resembles", &window_usual, "", "type:fc");
	play("person-blank", &window_usual, "", "type:_ Enter");
	expect_config("none");
	/* Nor is anybody somebody by a key that was meant for something else. */
	play("person-stray-key", &window_usual, "", "Enter Enter");
	expect_config("none");
}

static void looking_only_has_a_sign_and_ends_with_a_word(void **state)
{
	(void)state;
	play_both("person-looks", "", "Esc");
	play("person-asked-again", &window_usual, "", "Esc " WRITE);
	/* What she wanted is done once she has answered. */
	play("person-does-it-then", &window_usual, "", "Esc " WRITE " type:cne Enter type:P Enter");
	expect_config("as = CNE\npost = P\n");
	play("person-still-looks", &window_usual, "", "Esc " WRITE " Esc");
	expect_config("none");
}

static void she_can_say_another(void **state)
{
	(void)state;
	play_both("person-again", "FCD", ": type:whoami Enter");
	play("person-again-kept", &window_usual, "FCD", ": type:whoami Enter type:cne Enter Enter");
	expect_config("as = CNE\n");
	play("person-again-cancelled", &window_usual, "FCD", ": type:whoami Enter Esc");
	expect_config("none");
}

/* ---- observers */

static char *an_observer(void)
{
	struct store *store = desk_open_store("rich.db", false);
	struct operation *operation = operation_new();
	int64_t key = operation_insert(operation, "organization");
	operation_field(operation, "acronym", value_text("OBS"));
	operation_field(operation, "name", value_text("Observatorio"));
	operation_field(operation, "sector", value_text("academia"));
	operation_field(operation, "sort", value_text("obs"));
	operation_insert(operation, "membership");
	operation_field(operation, "organization", value_key(key));
	operation_field(operation, "role", value_text("observer"));
	desk_commit(store, operation);
	store_close(store);
	return "OBS";
}

static void an_observer_is_asked_once(void **state)
{
	const char *observer = an_observer();
	(void)state;
	play_both("person-observes", observer, "");
	play_both("person-observer-asked", observer, WRITE);
	play("person-observer-looks", &window_usual, observer, WRITE " Enter");
	play("person-observer-writes", &window_usual, observer, WRITE " Down Enter");
	play("person-observer-again", &window_usual, observer, WRITE " Down Enter " WRITE);
	/* A word for one institution is none for another. */
	play("person-observer-chosen", &window_usual, "", "Esc " WRITE " type:obs Enter Enter");
}

static void the_flag_is_the_same_mode(void **state)
{
	struct desk desk;
	(void)state;
	for (int i = 0; i < 2; i++) {
		const struct window *window = i ? &window_small : &window_usual;
		struct strbuf file;
		desk_open(&desk, "rich.db", true);
		struct ui_setup setup = desk_setup(&desk);
		setup.begin = session_begin;
		setup.sign = session_sign;
		setup.op = write_or_ask;
		strbuf_init(&file);
		strbuf_addf(&file, "person-read-only-%s", window->name);
		screen_expect(file.data, window->rows, window->columns, WRITE, &setup);
		strbuf_release(&file);
		desk_close(&desk);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_she_is_is_asked_once),
		cmocka_unit_test(what_the_base_does_not_know_is_kept_as_given),
		cmocka_unit_test(looking_only_has_a_sign_and_ends_with_a_word),
		cmocka_unit_test(she_can_say_another),
		cmocka_unit_test(an_observer_is_asked_once),
		cmocka_unit_test(the_flag_is_the_same_mode),
	};
	return cmocka_run_group_tests(tests, make_folders, remove_folders);
}
