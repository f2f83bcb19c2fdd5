/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_SYNC_LOG_H
#define NUCLEO_SYNC_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/digest.h"
#include "nucleo/sync/drive.h"

/**
 * The chain of operations of a group on its drive. Operation N is one file,
 * created only if its number is free and never changed or removed after:
 * "00000/000000000042.json", 4096 to a folder. It holds the text of the
 * operation and a line that seals it,
 *
 *   {"op":"<32 digits>","parent":"<hash of the one before>", ...}
 *   {"number":42,"length":1234,"hash":"<SHA-256 of the text>"}
 *
 * so that a file cut short, put at another number or changed in one bit is
 * seen without knowing what an operation is. That the text begins with its id
 * and parent, in this order and without spaces, is part of the format; the rest
 * of it is read by the store.
 */

/** The longest text of an operation (64 MiB): a longer one is never written and never read. */
#define LOG_TEXT_LIMIT ((size_t)64 << 20)

/** A place in the chain: an operation that a machine has. */
struct log_head {
	int64_t number;	    /**< 0: none yet */
	struct digest hash; /**< of its text; zeros when there is none */
};

/** The head of an empty log. */
struct log_head log_head_none(void);

/** Writes `parent` into the text of an operation, in place; false when it does not begin as one. */
bool log_set_parent(char *text, size_t length, const struct digest *parent) ATTR_NODISCARD;

/** One operation as it came from the drive, checked; borrowed. */
struct log_operation {
	struct log_head at;
	struct random_id id;
	const char *text;
	size_t length;
};

/** The error has a message for all but DONE and LOST. */
enum log_result {
	LOG_DONE,
	LOG_LOST,    /**< somebody else's operation has the number: pull, and publish after it */
	LOG_UNKNOWN, /**< the drive does not say: try again later, the same operation */
	LOG_GONE,    /**< the drive has lost the operation that ours should follow */
	LOG_FORKED,  /**< the drive has another operation where we have ours */
	LOG_DAMAGED, /**< a file that is no operation; the message says which and where */
	LOG_INVALID, /**< the text is too long, or does not begin as one that follows the head */
	LOG_STOPPED, /**< the receiver did not want to go on */
};

/**
 * Publishes the text of an operation as the one after `head`. DONE: it is on
 * the drive under that number. After UNKNOWN it may be there, or appear there
 * later: pull, look for its id in what comes, and only when another operation
 * has taken the number publish it under the next. GONE: the operation at `head` is
 * missing, or the one after it, which another follows already: whoever has the missing
 * one publishes its text again, which puts it back at its number.
 */
enum log_result log_append(struct drive *drive, const struct log_head *head, const char *text,
			   size_t length, struct error *err) ATTR_NODISCARD;

/** Gets the operations one by one; anything but RC_OK stops, with its error set. */
typedef enum rc log_receive(void *context, const struct log_operation *operation,
			    struct error *err);

/**
 * Hands over the operations after `head`, in order, until there is none;
 * `head` moves with each that was received. DONE, UNKNOWN, FORKED, DAMAGED, STOPPED.
 */
enum log_result log_pull(struct drive *drive, struct log_head *head, log_receive *receive,
			 void *context, struct error *err) ATTR_NODISCARD;

/** Whether the drive still has the operation at `head`: DONE, UNKNOWN, GONE, FORKED, DAMAGED. */
enum log_result log_check_head(struct drive *drive, const struct log_head *head, struct error *err)
	ATTR_NODISCARD;

/** The end of a log, as it was looked through. */
struct log_audit {
	int64_t first;	      /**< the first operation that was looked at */
	struct log_head last; /**< of those that follow each other, whole and unchanged */
	int64_t highest;      /**< the highest number there is a file for; 0: none */
};

/**
 * Looks through the last `count` operations (0: all) without knowing any: each must be whole and
 * follow the one before. DONE: `last` is where that ends, below `highest` where there is a hole.
 * DAMAGED or FORKED: the one after `last` is damaged, or does not follow it. UNKNOWN.
 */
enum log_result log_look_through(struct drive *drive, int64_t count, struct log_audit *audit,
				 struct error *err) ATTR_NODISCARD;

/** Which log it is; written once, as the file FORMAT, and the same for ever. */
struct log_format {
	struct random_id uuid;
	int schema; /**< number of the one its first operation is run on, 1 or more */
};

/**
 * The format of the log, made with a new uuid and this schema where there is none; of machines
 * that do so at once all get the same. As log_read_format() but RC_NOT_FOUND.
 */
enum rc log_create_format(struct drive *drive, int schema, struct log_format *format,
			  struct error *err) ATTR_NODISCARD;

/** RC_NOT_FOUND when there is no log, RC_REFUSED when a newer program made it, RC_INVALID when
 *  the file is damaged, RC_BUSY when the drive does not say. */
enum rc log_read_format(struct drive *drive, struct log_format *format, struct error *err)
	ATTR_NODISCARD;

#endif
