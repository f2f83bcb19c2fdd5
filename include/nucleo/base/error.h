/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_ERROR_H
#define NUCLEO_BASE_ERROR_H

#include "nucleo/base/attributes.h"

/** Result of every function that can fail. */
enum rc {
	RC_OK,
	RC_NOT_FOUND, /**< the record, file or name asked for is not there */
	RC_INVALID,   /**< the input breaks a rule; nothing was written */
	RC_REFUSED,   /**< valid, but a rule of the group does not allow it now */
	RC_USAGE,     /**< the command line cannot be understood */
	RC_CONFLICT,  /**< somebody changed the same field meanwhile */
	RC_BUSY,      /**< held by somebody else; trying again later may work */
	RC_IO,        /**< a read or write failed, or a file is damaged */
};

/**
 * One message for a person, in her language: what happened, to what, what to
 * do. Fixed size, so that reporting an error never needs memory; a longer text
 * is cut at a character boundary.
 */
struct error {
	enum rc code;
	char text[1024];
};

/** Sets `err` (may be NULL) and returns `code`, so that callers can write
 *  `return error_set(err, RC_IO, _("..."), ...)`. */
enum rc error_set(struct error *err, enum rc code, const char *format, ...)
	ATTR_PRINTF(3, 4);

/** Puts "context: " before the text already in `err`; returns its code. */
enum rc error_prefix(struct error *err, const char *format, ...) ATTR_PRINTF(2, 3);

/** Exit status of the command line for a result (0 to 5, see nucleo(1)). */
int rc_exit_status(enum rc code);

#endif
