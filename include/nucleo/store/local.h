/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_LOCAL_H
#define NUCLEO_STORE_LOCAL_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"

/**
 * What a person keeps on this machine beside her replica, and that must outlive it:
 * drafts, what she has typed and not saved yet. A file of its own (local.db), so that a
 * replica that is damaged or replaced takes nothing of it along.
 *
 * Several programs of one user have it open at once. A draft that one of them still
 * writes is not offered by another; when that one ends, however it ends, it is.
 */
struct local;

/** Opens the file, made where missing. One that is damaged or not ours is set aside, and
 *  another one made: see local_take_notice(). RC_IO, RC_BUSY. */
enum rc local_open(const char *path, struct local **local, struct error *err) ATTR_NODISCARD;
/** NULL is ignored. Drafts stay, and are offered from now on. */
void local_close(struct local *local);
/** Appends what a person should read once; nothing when there is nothing new. */
void local_take_notice(struct local *local, struct strbuf *out);

/** What a field had when the person began, and what she made of it. Valid UTF-8, no controls
 *  but line ends and tabs. */
struct draft_text {
	char *name, *was, *text; /**< owned */
};

/** Most texts of one draft, and bytes of them all; most drafts there can be. */
#define DRAFT_TEXTS_MAX 64
#define DRAFT_BYTES_MAX (1 << 20)
#define DRAFTS_MAX 64

/** A form that was being filled in. */
struct draft {
	int64_t id;    /**< 0: not saved yet */
	char *kind;    /**< name of the kind of record, owned */
	int64_t key;   /**< of the record; 0: a new one */
	char *title;   /**< what the person was at, to tell it from others; owned */
	char at[32];   /**< when it was last saved, in UTC */
	VECTOR(struct draft_text) texts;
};

void draft_init(struct draft *draft, const char *kind, int64_t key, const char *title);
void draft_release(struct draft *draft);
/** Forgets the texts. */
void draft_clear(struct draft *draft);
void draft_add(struct draft *draft, const char *name, const char *was, const char *text);
/** The text of that name; NULL. */
const struct draft_text *draft_text_named(const struct draft *draft, const char *name);

/**
 * Keeps the draft in place of what was kept of it before; once it returns RC_OK a power
 * cut does not take it. From now on this program writes it. Sets `id` and `at`. RC_INVALID
 * when it is too large, RC_REFUSED when there are too many, RC_IO, RC_BUSY.
 */
enum rc local_save_draft(struct local *local, struct draft *draft, struct error *err)
	ATTR_NODISCARD;
/** Takes over one that was offered; RC_NOT_FOUND when another program was first. */
enum rc local_take_draft(struct local *local, int64_t id, struct error *err) ATTR_NODISCARD;
/** Leaves it to be offered again: nobody writes it any more. */
enum rc local_leave_draft(struct local *local, int64_t id, struct error *err) ATTR_NODISCARD;
/** Removes it: it was saved as a record, or is not wanted. */
enum rc local_remove_draft(struct local *local, int64_t id, struct error *err) ATTR_NODISCARD;

struct draft_list {
	VECTOR(struct draft) drafts;
};

/** Appends the drafts nobody is writing, the latest first. What is damaged of them is left
 *  out. */
enum rc local_list_drafts(struct local *local, struct draft_list *list, struct error *err)
	ATTR_NODISCARD;
void draft_list_release(struct draft_list *list);

#endif
