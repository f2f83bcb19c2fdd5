/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_HEALTH_H
#define NUCLEO_MODEL_HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "nucleo/base/error.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/vector.h"

/**
 * How a database is: what was looked at, what was found, and what a person can do about it.
 * Whoever looks gives facts; what they mean, with all thresholds and all advice, is judged
 * here alone, without touching anything.
 */
enum health_group {
	HEALTH_DISK,
	HEALTH_LOG_GROUP,
	HEALTH_MACHINE,
	HEALTH_PROGRAM_GROUP,
	HEALTH_GROUPS,
};

/** What is looked at, in the order people see: name in --json, group, msgid. */
#define HEALTH_TABLE(CHECK)                                                                        \
	CHECK(DRIVE, "drive", HEALTH_DISK, N_("Respuesta"))                                        \
	CHECK(PLACE, "place", HEALTH_DISK, N_("Tipo de disco"))                                    \
	CHECK(ACCESS, "access", HEALTH_DISK, N_("Permisos"))                                       \
	CHECK(PRIMITIVE, "primitive", HEALTH_DISK, N_("Un nombre, un autor"))                      \
	CHECK(SPACE, "space", HEALTH_DISK, N_("Espacio libre"))                                    \
	CHECK(CLOCK, "clock", HEALTH_DISK, N_("Reloj"))                                            \
	CHECK(READ, "read", HEALTH_DISK, N_("Tiempo de leer"))                                     \
	CHECK(WRITE, "write", HEALTH_DISK, N_("Tiempo de guardar"))                                \
	CHECK(LEFTOVERS, "leftovers", HEALTH_DISK, N_("Restos"))                                   \
	CHECK(LOG, "log", HEALTH_LOG_GROUP, N_("Operaciones"))                                     \
	CHECK(HEAD, "head", HEALTH_LOG_GROUP, N_("Última operación"))                              \
	CHECK(BASES, "bases", HEALTH_LOG_GROUP, N_("Bases de partida"))                            \
	CHECK(PUBLISHED, "published", HEALTH_LOG_GROUP, N_("Archivo publicado"))                   \
	CHECK(FOREIGN, "foreign", HEALTH_LOG_GROUP, N_("Archivos apartados"))                      \
	CHECK(REPLICA, "replica", HEALTH_MACHINE, N_("Copia local"))                               \
	CHECK(HISTORY, "history", HEALTH_MACHINE, N_("Historial"))                                 \
	CHECK(REPLAY, "replay", HEALTH_MACHINE, N_("Datos e historial"))                           \
	CHECK(SIZE, "size", HEALTH_MACHINE, N_("Tamaño"))                                          \
	CHECK(QUEUE, "queue", HEALTH_MACHINE, N_("Cola"))                                          \
	CHECK(SEARCH, "search", HEALTH_MACHINE, N_("Índice de búsqueda"))                          \
	CHECK(DRAFTS, "drafts", HEALTH_MACHINE, N_("Borradores"))                                  \
	CHECK(SCHEMA, "schema", HEALTH_PROGRAM_GROUP, N_("Esquema"))                               \
	CHECK(PROGRAMS, "programs", HEALTH_PROGRAM_GROUP, N_("Programas vistos"))

enum health_check {
#define CHECK(id, name, group, label) HEALTH_##id,
	HEALTH_TABLE(CHECK)
#undef CHECK
		HEALTH_CHECKS
};

/** The higher the worse. */
enum health_status {
	HEALTH_OK,
	HEALTH_NOTICE,	/**< works, but somebody should know */
	HEALTH_UNKNOWN, /**< it could not be looked at */
	HEALTH_PROBLEM, /**< damaged, or it will not work */
	HEALTH_STATUSES
};

struct health_finding {
	enum health_check check;
	enum health_status status;
	char *value;  /**< owned; what was found, for a person */
	char *advice; /**< owned; what it means and what to do; NULL: nothing */
};

typedef VECTOR(struct health_finding) health_findings;

const char *health_check_name(enum health_check check);
/** msgid. */
const char *health_check_label(enum health_check check);
enum health_group health_check_group(enum health_check check);
/** msgid. */
const char *health_group_label(enum health_group group);
/** In --json; for people (msgid); and one column wide. */
const char *health_status_name(enum health_status status);
const char *health_status_label(enum health_status status);
const char *health_status_sign(enum health_status status);

/** Adds a finding, in the place of an earlier one of that check; texts are copied, without
 *  controls and bounded. `advice` may be NULL. */
void health_add(health_findings *findings, enum health_check check, enum health_status status,
		const char *value, const char *advice);
/** Adds a problem whose advice begins with what a lower layer said of the damage. */
void health_add_damage(health_findings *findings, enum health_check check, const char *value,
		       const char *damage, const char *advice);
/** NULL: not looked at. */
const struct health_finding *health_find(const health_findings *findings, enum health_check check);
void health_findings_release(health_findings *findings);
enum health_status health_worst(const health_findings *findings);
/** What a command gives: RC_IO when something is damaged or does not work, RC_BUSY when the drive
 *  does not answer. */
enum rc health_outcome(const health_findings *findings);

/* ---- facts about the drive, and what they mean. Each adds one finding. */

/** What the drive is not: `reason` says how it fails to answer. */
void health_judge_away(health_findings *findings, const char *reason);
void health_judge_answers(health_findings *findings);

struct health_place {
	const char *words;   /**< what it is, for people */
	const char *type;    /**< of the file system; "" when not known */
	const char *options; /**< of the mount; "" when not known */
	const char *refusal; /**< why no log may lie there; NULL: it may */
};
void health_judge_place(health_findings *findings, const struct health_place *place);

struct health_access {
	unsigned bits; /**< permissions of the log's folder */
	bool can_write;
	bool is_asked; /**< the person asked for reading alone */
};
void health_judge_access(health_findings *findings, const struct health_access *access);

/** How the self-test ended, with its reason; `word` is what is used; NULL: nothing. */
void health_judge_primitive(health_findings *findings, const char *word, enum rc rc,
			    const char *reason);
/** Bytes; -1: not known. */
void health_judge_space(health_findings *findings, int64_t available, int64_t total);
/** Seconds by which the clock of this machine is ahead of the drive's. */
void health_judge_clock(health_findings *findings, bool is_known, int64_t ahead);

/** Microseconds that as many tries took; sorted by what judges them. */
#define HEALTH_TRIES 7
struct health_times {
	int64_t took[HEALTH_TRIES];
	size_t count;
};
void health_judge_reads(health_findings *findings, struct health_times *times);
/** `reason` says why nothing could be written; NULL: it was, and read again. */
void health_judge_write(health_findings *findings, int64_t took, const char *reason);
/** Files that programs left: temporaries, of them older than a day, and turns. */
void health_judge_leftovers(health_findings *findings, int64_t temporaries, int64_t old,
			    int64_t turns);

/* ---- about the log */

/** What was found of the operations `first` to `last`, of which the highest seen is `highest`. */
struct health_log {
	int64_t first, last, highest;
	const char *damage; /**< what is wrong with the one after `last`; NULL: nothing */
};
void health_judge_log(health_findings *findings, const struct health_log *log);

enum health_heads { HEADS_SAME, HEADS_BEHIND, HEADS_AHEAD, HEADS_FORKED, HEADS_UNREADABLE };
/** Where the drive and this machine are. */
void health_judge_heads(health_findings *findings, enum health_heads heads, int64_t drive,
			int64_t machine);
/** How many there are, the number of the newest, and what is wrong with it; NULL: nothing. */
void health_judge_bases(health_findings *findings, int64_t count, int64_t newest,
			const char *damage);

enum health_published {
	PUBLISHED_FINE,
	PUBLISHED_ABSENT,
	PUBLISHED_FOREIGN, /**< another program wrote into it */
	PUBLISHED_DAMAGED,
};
/** `number` is its last operation, `head` that of the log; `damage` may be NULL. */
void health_judge_published(health_findings *findings, enum health_published published,
			    int64_t number, int64_t head, const char *damage);
/** How many files of other programs were set aside, and the name of the last. */
void health_judge_foreign(health_findings *findings, int64_t count, const char *last);
/** `seen` names versions and how many have each; "" when nobody else is there. */
void health_judge_programs(health_findings *findings, const char *own, const char *seen);

/* ---- about this machine */

/** `damage` is the first thing that is wrong; NULL: nothing. */
void health_judge_replica(health_findings *findings, const char *damage);
/** Operations whose hashes follow each other; `damage` as above. */
void health_judge_history(health_findings *findings, int64_t count, const char *damage);
/** Whether the tables are what the history says; `damage` as above. */
void health_judge_replay(health_findings *findings, const char *damage);
/** Bytes of the replica and of what is not yet brought into it. */
void health_judge_size(health_findings *findings, int64_t file, int64_t wal);
/** How much waits, since when (local time; "" when nothing does), and how many seconds that is. */
void health_judge_queue(health_findings *findings, int64_t waiting, int64_t parked,
			const char *since, int64_t seconds);
/** How many operations the index is behind; -1: there is none. */
void health_judge_search(health_findings *findings, int64_t behind, const char *damage);
void health_judge_drafts(health_findings *findings, bool is_there, const char *damage);
/** `outdated` names who could only read after an upgrade, or already; "" for nobody. */
void health_judge_schema(health_findings *findings, int64_t schema, int64_t newest,
			 const char *outdated);

#endif
