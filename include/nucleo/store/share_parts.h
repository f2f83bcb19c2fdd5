/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SHARE_PARTS_H
#define NUCLEO_STORE_SHARE_PARTS_H

#include "nucleo/store/share.h"
#include "nucleo/store/share_place.h"
#include "nucleo/store/worker.h"

/** Private to src/store/share*.c: the program's side of the talk with its worker. */
struct share {
	struct channel channel;
	struct share_place place;
	struct share_options options;
	struct store *store;
	int64_t serial, answered; /* of rounds asked for, and the last that has ended */
	bool is_opened;		  /* the worker has answered */
	struct channel_message opened;
	bool is_upgraded; /* the worker has answered that */
	struct channel_message upgraded;
	bool is_restored; /* likewise */
	struct channel_message restored;
	enum share_condition condition;
	bool has_looked; /* the worker has said something about the drive */
	struct strbuf reason;
	int64_t people;		   /* others who have it open */
	struct strbuf people_text; /* and who they are, as the worker says it */
	struct strbuf person;	   /* who is here, as it was told the worker */
	bool has_moved, is_other_log, has_committed;
	bool is_away; /* a wait was in vain: the next commits of a command do not wait again */
	struct strbuf notice;
	int64_t check, checked; /* serials of checks asked for, and of the last that has ended */
	health_findings findings;
	bool is_repairing; /* asked for, and not answered yet */
	struct channel_message repaired;
};

/* ---- share_talk.c */

/** Waits until `is_done`, taking in what comes; progress prolongs it. False when it is not done. */
bool share_wait_until(struct share *share, bool (*is_done)(const struct share *share),
		      int wait_ms);
/** Asks for something that ends with a round, and waits for that. */
bool share_ask(struct share *share, enum worker_request kind, int wait_ms);
/** Takes in what the worker has said, without waiting. */
void share_take_all(struct share *share);
/** Appends what a person should read once. */
void share_add_notice(struct share *share, const char *text);
/** Has the store refuse what could never be published. */
void share_heed_condition(struct share *share);
/** The drive is away for good, as far as this program goes. */
void share_worker_died(struct share *share);
/** Whether a call to the drive takes so long that people are told. */
bool share_is_stuck(const struct share *share);

/* ---- share.c */

/** Opens the replica of the log that was found at the path last. */
enum rc share_open_current(struct share *share, struct error *err) ATTR_NODISCARD;
/** Goes on with another file where the one that is open has lost its name. */
void share_reopen(struct share *share);

#endif
