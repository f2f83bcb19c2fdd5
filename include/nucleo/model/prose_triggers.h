/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_TRIGGERS_H
#define NUCLEO_MODEL_PROSE_TRIGGERS_H

#include "nucleo/model/prose_clauses.h"

/** What is done by the very decision: nobody has to do it afterwards. Items of a pattern. */
#define DONE_BY_DECIDING                                                                       \
	"aprobar|ratificar|acoger|rechazar|negar|conocer|archivar|postergar|aplazar|diferir|"  \
	"ampliar|prorrogar|extender|suspender|incorporar|designar|nombrar|elegir|admitir|"     \
	"mantener|adoptar|reconocer|declarar|dar|tomar|fijar"

/** Who has to do what a trigger announces. */
enum who {
	WHO_AGENT,	    /**< who acts in the sentence */
	WHO_ADDRESSEE,	    /**< who is asked; else the agent */
	WHO_ADDRESSEE_ONLY, /**< who is asked; nothing without one */
	WHO_CHARGED, /**< who is named right behind ("a cargo de la AME"); else the agent */
	WHO_DOER,    /**< "por la AME"; else the agent */
};

/** A word that says something is to be done. Private to prose_*.c. */
struct trigger {
	size_t verb; /**< the conjugated verb */
	size_t next; /**< first word after what was recognised */
	int kind;    /**< enum followup_kind */
	enum certainty certainty;
	enum who who;
	enum subject_kind subject;
	bool needs_agent;   /**< counts only with an institution as its written subject */
	bool needs_due;	    /**< counts only when the sentence has a due date */
	bool needs_process; /**< counts only when it names a process one can take part in */
};

/** The trigger at this very word; what is negated, past or said of things is none. `named`: an
 *  institution is the subject of the verb at this word. */
bool trigger_at(const struct prose_words *words, size_t at, struct word_range sentence,
		bool named, struct trigger *trigger);

#endif
