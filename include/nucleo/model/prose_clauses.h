/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_CLAUSES_H
#define NUCLEO_MODEL_PROSE_CLAUSES_H

#include "nucleo/model/prose_mentions.h"

/** What surrounds a verb in its sentence. Private to prose_*.c. */
enum subject_kind {
	SUBJECT_NONE,	 /**< left out, or impersonal */
	SUBJECT_MEMBERS, /**< "los miembros", "las instituciones": the forum as a whole */
	SUBJECT_OFFICE,	 /**< "la secretaría", "el equipo técnico": somebody who acts for the
			    speaker */
	SUBJECT_OTHERS,	 /**< "los municipios", "las autoridades": their plans are not ours */
	SUBJECT_THING,
	SUBJECT_NOBODY, /**< "ningún miembro" */
};

struct verb_group {
	size_t from; /**< first of the pronouns and the negation before the verb */
	size_t verb;
	bool reflexive; /**< "se" */
	bool negated;
};

/** The verb at `at` with what belongs to it on the left. */
struct verb_group verb_group_at(const struct prose_words *words, size_t at, size_t from);

/** The subject written in words before a verb group, within its clause. Institutions count as
 *  SUBJECT_NONE: who walks the sentence has seen them. */
enum subject_kind subject_before(const struct prose_words *words, const struct verb_group *group,
				 size_t from);

/** "los miembros", "todas las instituciones" at `at`; words used, 0 for none. */
size_t members_at(const struct prose_words *words, size_t at, size_t end);

/** Kind of clause that a word opens, if it opens one. */
enum clause {
	CLAUSE_SAME,	    /**< opens none */
	CLAUSE_MAIN,	    /**< "indica que", "por lo que", a semicolon */
	CLAUSE_SUBORDINATE, /**< "los talleres que", "cuando", "si": what it says is nobody's
			       promise */
};
enum clause clause_opened_by(const struct prose_words *words, size_t at, size_t from);

/** The institution a request is addressed to, behind the verb that ends before `range.from`. */
bool addressee_in(const struct prose_context *context, const struct prose_words *words,
		  struct word_range range, struct prose_mentions *list, bool *members);
/** "por la AME", "por parte de la AME", "desde el Grupo": who does what a passive says. */
bool doer_in(const struct prose_context *context, const struct prose_words *words,
	     struct word_range range, struct prose_mentions *list);

#endif
