/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/ics.h"

#include <dlfcn.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "nucleo/base/i18n.h"

/* Beside the program where it was built, else where it was installed. The library stays loaded: it
 * has state of its own that would otherwise be torn down under its feet. */
static void *open_module(void)
{
	char path[PATH_MAX + sizeof(ICS_MODULE_FILE)];
	void *module = NULL;
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
	while (length > 0 && path[length - 1] != '/')
		length--;
	if (length > 0) {
		memcpy(path + length, ICS_MODULE_FILE, sizeof(ICS_MODULE_FILE));
		module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	}
	return module ? module
		      : dlopen(PKGLIBDIR "/" ICS_MODULE_FILE,
			       RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

/* The file is there and does not load: what it needs is missing. */
static enum rc missing(struct error *err)
{
	if (access(PKGLIBDIR "/" ICS_MODULE_FILE, R_OK) == 0)
		return error_set(err, RC_IO,
				 _("no se puede hacer un calendario: falta libical; instale el "
				   "paquete libical3, o exporte como texto"));
	return error_set(err, RC_IO,
			 _("no se puede hacer un calendario: la instalación está incompleta, falta "
			   "«%s/%s»; instale nucleo de nuevo, o exporte como texto"),
			 PKGLIBDIR, ICS_MODULE_FILE);
}

static void add_bytes(void *context, const char *bytes, size_t length)
{
	strbuf_add(context, bytes, length);
}

enum rc ics_write(const struct ics_event *event, struct strbuf *out, struct error *err)
{
	void *handle = open_module();
	if (!handle)
		return missing(err);
	const struct ics_module *module = dlsym(handle, ICS_MODULE_SYMBOL);
	enum rc rc = RC_OK;
	if (!module || module->interface != ICS_INTERFACE)
		rc = error_set(err, RC_IO,
			       _("no se puede hacer un calendario: «%s» es de otra versión de "
				 "nucleo; instale nucleo de nuevo"),
			       ICS_MODULE_FILE);
	else if (!module->write(event, add_bytes, out))
		rc = error_set(err, RC_IO, _("libical no pudo escribir el calendario"));
	dlclose(handle);
	return rc;
}
