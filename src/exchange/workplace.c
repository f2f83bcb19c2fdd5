/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/workplace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/exchange/demo.h"

static struct store_options options_of(const struct config *config, const char *path)
{
	return (struct store_options){
		.path = path,
		.actor = config->actor,
		.post = config->post,
		.mode = config->read_only ? STORE_READ_ONLY : STORE_READ_WRITE,
		.wait_ms = config->wait_ms,
		.today = clock_today(),
	};
}

enum rc workplace_start(struct workplace *workplace, struct error *err)
{
	enum rc rc = share_start(&workplace->share, err);
	workplace->on_screen = rc == RC_OK;
	return rc;
}

static struct share_options share_options_of(const struct workplace *workplace,
					     const struct config *config)
{
	struct share_options options = {.store = options_of(config, config->db),
					.on_screen = workplace->on_screen,
					.wait_ms = config->wait_ms};
	options.store.any_schema = workplace->any_schema;
	return options;
}

static enum rc open_shared(struct workplace *workplace, const struct config *config, bool create,
			   struct error *err)
{
	struct share_options options = share_options_of(workplace, config);
	options.create = create;
	enum rc rc = workplace->share ? RC_OK : share_start(&workplace->share, err);
	return rc == RC_OK ? share_open(workplace->share, &options, &workplace->store, err) : rc;
}

enum rc workplace_open(struct workplace *workplace, const struct config *config,
		       struct error *err)
{
	return config->demo ? workplace_open_demo(workplace, config, err)
			    : open_shared(workplace, config, false, err);
}

enum rc workplace_create(struct workplace *workplace, const struct config *config,
			 struct error *err)
{
	return open_shared(workplace, config, true, err);
}

enum rc workplace_restore(struct workplace *workplace, const struct config *config,
			  const char *name, struct share_restored *restored, struct error *err)
{
	const struct share_options options = share_options_of(workplace, config);
	enum rc rc = workplace->share ? RC_OK : share_start(&workplace->share, err);
	if (rc == RC_OK)
		rc = share_restore(workplace->share, &options, name, restored, err);
	if (rc == RC_OK)
		workplace->store = restored->store;
	return rc;
}

static char *make_folder(struct error *err)
{
	struct strbuf path;
	const char *base = getenv("TMPDIR");
	strbuf_init(&path);
	strbuf_addf(&path, "%s/nucleo-demo-XXXXXX", base && base[0] == '/' ? base : "/tmp");
	char *folder = strbuf_detach(&path);
	if (mkdtemp(folder))
		return folder;
	error_set(err, RC_IO, _("no se puede crear una carpeta temporal «%s»: %s"), folder,
		  strerror(errno));
	free(folder);
	return NULL;
}

static char *demo_path(const char *folder)
{
	struct strbuf path;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/demo.db", folder);
	return strbuf_detach(&path);
}

/* The copy is filled as any database would be, then opened as it was asked for. */
static enum rc fill_demo(struct workplace *workplace, const struct config *config,
			 const char *path, struct error *err)
{
	struct store_options options = options_of(config, path);
	struct store_options filling = options;
	filling.mode = STORE_READ_WRITE;
	filling.actor = "Presidencia";
	filling.throw_away = options.throw_away = true;
	enum rc rc = store_create(&filling, &workplace->store, err);
	if (rc == RC_OK)
		rc = demo_fill(workplace->store, err);
	store_close(workplace->store);
	workplace->store = NULL;
	return rc == RC_OK ? store_open(&options, &workplace->store, err) : rc;
}

static void remove_demo(struct workplace *workplace)
{
	if (!workplace->folder)
		return;
	char *path = demo_path(workplace->folder);
	store_close(workplace->store);
	workplace->store = NULL;
	unlink(path);
	rmdir(workplace->folder);
	free(path);
	free(workplace->folder);
	workplace->folder = NULL;
}

enum rc workplace_open_demo(struct workplace *workplace, const struct config *config,
			    struct error *err)
{
	workplace->folder = make_folder(err);
	if (!workplace->folder)
		return RC_IO;
	char *path = demo_path(workplace->folder);
	enum rc rc = fill_demo(workplace, config, path, err);
	free(path);
	if (rc != RC_OK) {
		remove_demo(workplace);
		return rc;
	}
	/* Nobody shares it: the worker that was ready for another is not needed. */
	share_close(workplace->share);
	workplace->share = NULL;
	return RC_OK;
}

void workplace_close(struct workplace *workplace)
{
	remove_demo(workplace);
	/* Which of the two it belongs to; without either it is somebody else's own file. */
	if (!workplace->share)
		store_close(workplace->store);
	share_close(workplace->share);
	*workplace = (struct workplace){0};
}
