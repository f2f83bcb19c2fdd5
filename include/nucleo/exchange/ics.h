/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_ICS_H
#define NUCLEO_EXCHANGE_ICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"

/** A calendar file of one event (RFC 5545). The library that writes it lies in a module that is
 *  loaded for it alone. */

/** Text is UTF-8 without control characters but line ends; NULL: not said. */
struct ics_event {
	const char *product;     /**< PRODID */
	const char *uid;         /**< what makes a later file the same event */
	const char *summary, *location, *description;
	const char *url;         /**< ASCII, without blanks */
	bool is_tentative;
	bool is_whole_day;       /**< the times below are midnights of days, in no time zone */
	int64_t starts;          /**< seconds of the epoch */
	int64_t ends;            /**< behind `starts`; the same: not known */
	int64_t stamp;           /**< when this was said */
	int sequence;            /**< a later file has a larger one */
};

/** Appends the file. RC_IO when the module or its library is not there, naming the package, or
 *  there is no memory; `out` is then as it was. */
enum rc ics_write(const struct ics_event *event, struct strbuf *out, struct error *err)
	ATTR_NODISCARD;

/* ---- between the program and its module, which are built together */

/** Grows with every change of what follows, or of the struct above. */
enum { ICS_INTERFACE = 1 };

struct ics_module {
	int interface; /**< ICS_INTERFACE of its build */
	/** Calls `add` with the bytes of the file; false: it failed, and did not call it. */
	bool (*write)(const struct ics_event *event,
		      void (*add)(void *context, const char *bytes, size_t length), void *context);
};

#define ICS_MODULE_FILE "nucleo-ics.so"
/** The symbol of its struct. */
#define ICS_MODULE_SYMBOL "nucleo_ics_module"

#endif
