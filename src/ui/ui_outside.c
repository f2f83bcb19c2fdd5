/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* mkostemps() */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nucleo/base/file.h"
#include "nucleo/base/utf8.h"
#include "nucleo/ui/term_signals.h"
#include "nucleo/ui/ui_parts.h"

/* The person's own editor changes a text, in a file that nobody else can read. */

extern char **environ;

#define FILE_NAME "textos/XXXXXX.txt"
#define FILE_SUFFIX 4
/* What a shell answers when there is no such program. */
#define STATUS_MISSING 127

struct outside {
	const char *editor; /* as the person calls it */
	char *path;
	int failure; /* errno of what could not be started */
	int status;  /* of the editor, as waitpid() gives it */
};

/* ---- the program ---- */

static const char *editor_named(const char *variable)
{
	const char *name = getenv(variable);
	return name && name[strspn(name, " \t")] ? name : NULL;
}

/* As other programs do it: what the variable holds may have options, so a shell reads it. */
static void add_command(struct outside *outside, struct strbuf *out)
{
	outside->editor = editor_named("VISUAL");
	if (!outside->editor)
		outside->editor = editor_named("EDITOR");
	if (outside->editor) {
		strbuf_addf(out, "trap : INT QUIT; %s \"$1\"", outside->editor);
		return;
	}
	outside->editor = "nano";
	strbuf_adds(out, "if command -v nano >/dev/null; then exec nano \"$1\"; fi\n"
			 "exec vi \"$1\"");
}

/* The signals as a fresh process has them; it stays in our group, which has the terminal. */
static int start(struct outside *outside, pid_t *child)
{
	static const int usual[] = {SIGHUP,  SIGINT,  SIGQUIT, SIGPIPE, SIGTERM,
				    SIGCHLD, SIGTSTP, SIGCONT, SIGWINCH};
	posix_spawnattr_t attributes;
	sigset_t none, defaults;
	struct strbuf command;
	strbuf_init(&command);
	add_command(outside, &command);
	char *words[] = {"sh", "-c", command.data, "sh", outside->path, NULL};
	sigemptyset(&none);
	sigemptyset(&defaults);
	for (size_t i = 0; i < ARRAY_COUNT(usual); i++)
		sigaddset(&defaults, usual[i]);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setsigdefault(&attributes, &defaults);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	int failure = posix_spawn(child, "/bin/sh", NULL, &attributes, words, environ);
	posix_spawnattr_destroy(&attributes);
	strbuf_release(&command);
	return failure;
}

/* An editor that stops itself (Ctrl-Z) stops the job: the shell waits for all of it. */
static void wait_for(struct outside *outside, pid_t child)
{
	for (;;) {
		pid_t waited = waitpid(child, &outside->status, WUNTRACED);
		if (waited < 0 && errno != EINTR) {
			outside->failure = errno;
			return;
		}
		if (waited == child && !WIFSTOPPED(outside->status))
			return;
		if (waited == child) {
			term_signals_pause();
			kill(child, SIGCONT);
		}
	}
}

/* What a person does in the editor to interrupt it does not interrupt us. */
static void run(void *context)
{
	static const int numbers[] = {SIGINT, SIGQUIT, SIGCHLD};
	struct sigaction ignore = {.sa_handler = SIG_IGN}, usual = {.sa_handler = SIG_DFL};
	struct sigaction before[ARRAY_COUNT(numbers)];
	struct outside *outside = context;
	pid_t child;
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
		sigaction(numbers[i], numbers[i] == SIGCHLD ? &usual : &ignore, &before[i]);
	outside->failure = start(outside, &child);
	if (!outside->failure)
		wait_for(outside, child);
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
		sigaction(numbers[i], &before[i], NULL);
}

/* ---- the file ---- */

static enum rc write_file(struct outside *outside, const struct strbuf *text, struct error *err)
{
	outside->path = file_state_path(FILE_NAME);
	enum rc rc = file_make_parent(outside->path, err);
	if (rc != RC_OK)
		return rc;
	int fd = mkostemps(outside->path, FILE_SUFFIX, O_CLOEXEC);
	if (fd < 0)
		return error_set(err, RC_IO, _("no se pudo escribir «%s»: %s"), outside->path,
				 strerror(errno));
	close(fd);
	rc = file_replace(outside->path, text->data, text->length, err);
	if (rc != RC_OK)
		unlink(outside->path);
	return rc;
}

/* Editors end the last line, whether or not it was ended. */
static void drop_added_end(const struct strbuf *before, struct strbuf *after)
{
	bool was_ended = before->length && before->data[before->length - 1] == '\n';
	if (!was_ended && after->length && after->data[after->length - 1] == '\n')
		strbuf_truncate(after, after->length - 1);
}

static enum rc read_file(const struct outside *outside, size_t limit, struct strbuf *text,
			 struct error *err)
{
	struct strbuf bytes, clean;
	strbuf_init(&bytes);
	strbuf_init(&clean);
	enum rc rc = file_read(outside->path, limit * 2, &bytes, err);
	if (rc == RC_OK && !utf8_is_valid(bytes.data, bytes.length))
		rc = error_set(err, RC_INVALID, "%s", _("lo escrito no es texto UTF-8"));
	if (rc == RC_OK) {
		utf8_add_clean(&clean, bytes.data, bytes.length);
		drop_added_end(text, &clean);
	}
	if (rc == RC_OK && clean.length > limit)
		rc = error_set(err, RC_INVALID, _("lo escrito ocupa %zu bytes y caben %zu"),
			       clean.length, limit);
	strbuf_release(&bytes);
	if (rc != RC_OK) {
		strbuf_release(&clean);
		return rc;
	}
	strbuf_release(text);
	*text = clean;
	return RC_OK;
}

/* Whether there is anything in the file that is not in the text. */
static bool has_more(const struct outside *outside, size_t limit, const struct strbuf *text)
{
	struct strbuf bytes;
	struct error err;
	strbuf_init(&bytes);
	enum rc rc = file_read(outside->path, limit * 2, &bytes, &err);
	bool same = rc == RC_OK && strcmp(bytes.data, text->data) == 0;
	strbuf_release(&bytes);
	return rc != RC_NOT_FOUND && !same;
}

static enum rc editor_error(const struct outside *outside, struct error *err)
{
	if (outside->failure)
		return error_set(err, RC_IO, _("no se pudo abrir el editor: %s"),
				 strerror(outside->failure));
	if (WIFEXITED(outside->status) && WEXITSTATUS(outside->status) == STATUS_MISSING)
		return error_set(err, RC_NOT_FOUND,
				 _("no existe el editor «%s»; ponga otro en EDITOR"),
				 outside->editor);
	if (!WIFEXITED(outside->status) || WEXITSTATUS(outside->status) != 0)
		return error_set(err, RC_IO, _("el editor «%s» terminó con error"),
				 outside->editor);
	return RC_OK;
}

/* What was written is never lost: where it cannot be taken, it stays in its file. */
static enum rc take_back(const struct outside *outside, size_t limit, struct strbuf *text,
			 struct error *err)
{
	struct error reason;
	enum rc rc = editor_error(outside, &reason);
	if (rc == RC_OK)
		rc = read_file(outside, limit, text, &reason);
	if (rc == RC_OK || !has_more(outside, limit, text)) {
		unlink(outside->path);
		return rc == RC_OK ? rc
				   : error_set(err, rc, _("El texto quedó como estaba: %s."),
					       reason.text);
	}
	return error_set(err, rc, _("El texto quedó como estaba: %s. Lo escrito está en «%s»."),
			 reason.text, outside->path);
}

enum rc ui_edit_outside(struct ui *ui, struct strbuf *text, size_t limit, struct error *err)
{
	struct term *term = ui_term(ui);
	struct outside outside = {0};
	enum rc rc = write_file(&outside, text, err);
	if (rc == RC_OK) {
		term->class->lend(term, run, &outside);
		rc = take_back(&outside, limit, text, err);
	}
	ui->dirty = true;
	free(outside.path);
	return rc;
}
