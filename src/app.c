/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/app.h"

#include <unistd.h>

#include "nucleo/views/session.h"

/* The worker says what changed; without a word from it, this often, whether it is stuck. */
enum { SHARED_POLL_MS = 4000 };

static struct ui_setup setup_for(struct session *session, struct term *term,
				 const struct keymap *keymap, bool *mouse)
{
	return (struct ui_setup){
		.term = term,
		.keymap = keymap,
		.context = session,
		.changed = session_changed,
		.op = session_op,
		.begin = session_begin,
		.sign = session_sign,
		.status = session_status,
		.mouse = mouse,
		.plain = term_is_plain(),
	};
}

/* The start screen ends as soon as a database is open, or when the person leaves. */
static void run_screens(struct session *session, struct term *term)
{
	struct keymap keymap;
	keymap_init(&keymap);
	bool mouse = !session->config->no_mouse && !term_is_plain();
	struct ui_setup setup = setup_for(session, term, &keymap, &mouse);
	if (!session_store(session)) {
		setup.screens = &start_screen;
		setup.screen_count = 1;
		ui_run(&setup);
	}
	if (!session_store(session))
		return;
	if (session->workplace.share) {
		setup.watched = share_descriptor(session->workplace.share);
		setup.poll_ms = SHARED_POLL_MS;
	}
	(void)!session_open_local(session, &session->local_failure);
	setup.soon = session_soon;
	setup.screens = main_screens;
	setup.screen_count = main_screen_count;
	ui_run(&setup);
}

static int report(const struct error *err)
{
	cli_notice(err->text);
	return rc_exit_status(err->code);
}

static int list_commitments(struct cli *cli)
{
	char list[] = "list", commitments[] = "commitments";
	char *words[] = {list, commitments, NULL};
	return cli_run_command(cli, 2, words);
}

int app_run(struct cli *cli)
{
	struct session session = {.config = &cli->config};
	struct error err;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return list_commitments(cli);
	enum rc rc = cli_load_config(cli, &err);
	if (rc == RC_OK && !cli->config.demo)
		rc = workplace_start(&session.workplace, &err);
	if (rc == RC_OK)
		rc = workplace_open(&session.workplace, &cli->config, &err);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return report(&err);
	struct term *term = term_curses_open(&err);
	if (term)
		run_screens(&session, term);
	term_close(term);
	session_release(&session);
	return term ? 0 : report(&err);
}
