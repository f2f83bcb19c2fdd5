/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/cli.h"

#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/cli/command.h"
#include "nucleo/exchange/return_words.h"
#include "nucleo/store/list.h"
#include "nucleo/exchange/acting.h"

enum rc cli_load_config(struct cli *cli, struct error *err)
{
	struct strbuf notices;
	strbuf_init(&notices);
	enum rc rc = config_load(&cli->config, &notices, err);
	strbuf_trim(&notices);
	if (notices.length)
		cli_notice(notices.data);
	strbuf_release(&notices);
	return rc;
}

/* Names are on trust, but a misspelt one would stay in the history for ever. */
void cli_notice_unknown_institution(const char *acronym)
{
	struct strbuf notice;
	strbuf_init(&notice);
	strbuf_addf(&notice, _("aviso: la base no conoce la institución «%s»; queda como se dio"),
		    acronym);
	cli_notice(notice.data);
	strbuf_release(&notice);
}

static enum rc check_actor(struct store *store, struct error *err)
{
	struct strbuf acronym;
	bool is_known = true;
	enum rc rc = RC_OK;
	strbuf_init(&acronym);
	if (*store_actor(store))
		rc = acting_find(store, store_actor(store), &is_known, &acronym, err);
	if (!is_known)
		cli_notice_unknown_institution(store_actor(store));
	strbuf_release(&acronym);
	return rc;
}

/* Before anything is read for it: an observer says so once, in the command. */
static enum rc check_may_write(struct cli *cli, struct error *err)
{
	const struct acting_terms terms = {.confirms = cli->config.as_observer};
	enum acting acting;
	if (!cli_will_write(cli))
		return RC_OK;
	enum rc rc = acting_settle(cli->workplace.store, &terms, &acting, err);
	if (rc != RC_OK || acting != ACTING_OBSERVING)
		return rc;
	struct strbuf reason;
	strbuf_init(&reason);
	store_add_read_only_reason(cli->workplace.store, &reason);
	error_set(err, RC_REFUSED, _("%s; nada se guardó"), reason.data);
	strbuf_release(&reason);
	return RC_REFUSED;
}

static void add_reason(struct strbuf *out, const struct share_status *status)
{
	strbuf_adds(out, status->reason[0] ? status->reason : _("el disco no responde"));
	if (status->condition == SHARE_LOST_TAIL)
		strbuf_adds(out, _("; si no vuelve, publíquela otra vez con «nucleo republish»"));
}

/* What is shown may be behind, and why. */
static void tell_condition(const struct share_status *status)
{
	struct strbuf reason, notice;
	if (status->condition == SHARE_FINE || status->condition == SHARE_READ_ONLY)
		return;
	strbuf_init(&reason);
	strbuf_init(&notice);
	add_reason(&reason, status);
	strbuf_addf(&notice, _("aviso: %s; se usa la copia de esta máquina"), reason.data);
	cli_notice(notice.data);
	strbuf_release(&notice);
	strbuf_release(&reason);
}

/* Each time, until it is decided: what was parked has no effect on anything else. */
static void tell_parked(const struct share_status *status)
{
	struct strbuf notice;
	if (!status->parked)
		return;
	strbuf_init(&notice);
	strbuf_addf(&notice,
		    ngettext("aviso: %lld cambio suyo no se publicó porque otra persona cambió lo "
			     "mismo: queda guardado en esta máquina y espera su decisión (nucleo "
			     "conflicts)",
			     "aviso: %lld cambios suyos no se publicaron porque otras personas "
			     "cambiaron lo mismo: quedan guardados en esta máquina y esperan su "
			     "decisión (nucleo conflicts)",
			     (unsigned long)status->parked),
		    (long long)status->parked);
	cli_notice(notice.data);
	strbuf_release(&notice);
}

/* Once; it stays to be read with «nucleo conflicts report». */
static void tell_return(struct store *store)
{
	struct return_report report;
	struct strbuf sentence;
	if (!return_report_is_new(store))
		return;
	return_report_init(&report);
	strbuf_init(&sentence);
	if (return_report_load(store, &report, NULL) == RC_OK &&
	    return_report_told(store, NULL) == RC_OK)
		return_add_sentence(&sentence, &report);
	if (sentence.length)
		cli_notice(sentence.data);
	strbuf_release(&sentence);
	return_report_release(&report);
}

static void tell_notices(struct share *share)
{
	struct strbuf notice;
	strbuf_init(&notice);
	share_take_notice(share, &notice);
	if (notice.length)
		cli_notice(notice.data);
	strbuf_release(&notice);
}

static enum rc tell_queued(const struct share_status *status, struct error *err)
{
	struct strbuf since, reason;
	strbuf_init(&since);
	strbuf_init(&reason);
	clock_add_local(&since, status->since);
	add_reason(&reason, status);
	const char *format = status->condition == SHARE_AWAY || status->condition == SHARE_FINE
				     ? _("guardado solo en esta máquina: %lld en cola desde %s; se "
					 "publicará cuando el disco responda (%s)")
				     : _("guardado solo en esta máquina: %lld en cola desde %s; no "
					 "se puede publicar todavía: %s");
	enum rc rc = error_set(err, RC_BUSY, format, (long long)status->waiting, since.data,
			       reason.data);
	strbuf_release(&reason);
	strbuf_release(&since);
	return rc;
}

/* Nothing is called saved that is not on the drive. */
enum rc cli_settle(struct cli *cli, struct error *err)
{
	struct share *share = cli->workplace.share;
	struct share_status status;
	if (!share || !cli->workplace.store)
		return RC_OK;
	tell_notices(share);
	tell_return(cli->workplace.store);
	share_status(share, &status);
	if (cli_will_write(cli) && status.parked > cli->parked) {
		if (cli->is_given[CLI_JSON])
			cli_print_conflict(cli);
		return error_set(err, RC_CONFLICT,
				 _("otra persona cambió lo mismo entretanto: lo suyo no se "
				   "publicó, queda guardado en esta máquina y espera su decisión: "
				   "vea «nucleo conflicts»"));
	}
	return cli_will_write(cli) && status.waiting ? tell_queued(&status, err) : RC_OK;
}

static void note_condition(struct cli *cli)
{
	struct share_status status;
	if (!cli->workplace.share)
		return;
	share_status(cli->workplace.share, &status);
	cli->parked = status.parked;
	tell_condition(&status);
	tell_parked(&status);
	tell_notices(cli->workplace.share);
	tell_return(cli->workplace.store);
}

enum rc cli_open_store(struct cli *cli, struct store **store, struct error *err)
{
	enum rc rc = cli_load_config(cli, err);
	if (rc == RC_OK)
		rc = workplace_open(&cli->workplace, &cli->config, err);
	if (rc == RC_NOT_FOUND)
		return error_set(err, rc,
				 _("no existe la base «%s»; créela con «nucleo init» o diga otra "
				   "con --db"),
				 cli->config.db);
	if (rc == RC_OK && cli->config.demo && cli_will_write(cli))
		cli_notice(_("es la demostración: lo que guarde se borra al terminar"));
	if (rc == RC_OK)
		note_condition(cli);
	if (rc == RC_OK)
		rc = check_actor(cli->workplace.store, err);
	if (rc == RC_OK)
		rc = check_may_write(cli, err);
	if (rc == RC_OK)
		*store = cli->workplace.store;
	return rc;
}
