/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_CAPTURE_H
#define NUCLEO_MODEL_CAPTURE_H

#include "nucleo/model/prose.h"

/**
 * The line somebody types into the record of a meeting while others speak, and
 * what it amounts to. Plain text is a note of the current item; a few tokens in it
 * say more. Nothing that is typed is ever an error: a token that cannot be
 * understood stays in the text as it was typed, with the reason beside it.
 *
 * At the beginning of the line, in any order, each once:
 *	=		a decision ("= Se aprueba el orden del día"), by consensus unless its
 *			words say otherwise (reservations, a vote, taken note of)
 *	?		a doubt, a question left open
 *	~		a private note, for whoever writes and no acta
 *	FCD:  El CEE:	who speaks: an institution the context knows, in any case, or what is
 *			written as an acronym ("REDAM:") and is no label ("NB:"); it leaves the
 *			text. Words that begin a sentence say it too ("FCD comenta que") and stay
 * Anywhere between blanks (a comma, a full stop or brackets may stand around them):
 *	@AME  @AME,FCD  @"Asamblea Nacional"	who is responsible, by acronym or whole name,
 *			any case; of those not known only what begins with a capital letter
 *	!2024-01-31  !31/01/2024  !31/1  !31-ene  !enero  !enero 2024  !hoy  !viernes
 *	!15 de marzo  !fin de mes  !próx-reunión  !+3d  !+2s  !+1m  !+1a
 *	!"para el próximo año"	by when; one for each line
 *	#C5  #5  #paga1/C5	the commitment it is about; one for each line
 *	%C6=38  %C6=38,5%	a measurement
 *	\@ \! \# \% \= \? \~	the sign itself
 *
 * The text keeps a token within the sentence as the words it stands for ("AME", "C5", "C6 (38 %)",
 * a date only in quotes or behind a word such as "hasta"). The tokens a line ends with leave it,
 * except those in quotes and the first behind a word that asks for it ("apoyo a la @AME"). A
 * line of measurements alone says them: "C6: 38 %; C7: 20 %.".
 */

/** A commitment a line may name. Borrowed. */
struct capture_commitment {
	const char *code;   /**< as people write it, with its plan where that is needed */
	const char *title;  /**< NULL: not known */
	percent_hundredths percent; /**< the last measurement, PERCENT_NONE */
};

/** What the reader of a line knows beforehand. Everything borrowed. */
struct capture_context {
	struct prose_context prose; /**< institutions, the meeting's date and the next one's */
	const struct capture_commitment *commitments;
	size_t commitment_count;
};

enum capture_token_kind {
	CAPTURE_SPEAKER,
	CAPTURE_DECISION,
	CAPTURE_DOUBT,
	CAPTURE_PRIVATE,
	CAPTURE_RESPONSIBLE,
	CAPTURE_DUE,
	CAPTURE_COMMITMENT,
	CAPTURE_MEASUREMENT,
};

/** A stretch of the line that means something, or was meant to. */
struct capture_token {
	enum capture_token_kind kind;
	struct prose_span where; /**< in the line as typed */
	/** Why it could not be understood, one translated sentence, owned: it stayed in the text
	 *  as it was typed. NULL: it was understood. */
	char *problem;
};

struct capture_measurement {
	char *code; /**< as the context spells it, owned */
	percent_hundredths percent;
};

struct capture {
	char *text;    /**< of the entry: one paragraph, single blanks, never NULL; "" for a line
			    that says nothing */
	char *speaker; /**< acronym as the context spells it, else as written; NULL: nobody */
	bool speaker_is_known;
	bool is_private, is_doubt;
	int kind;          /**< enum entry_kind */
	int decision_kind; /**< enum decision_kind; ENUM_NONE when kind is no decision */
	char *objections, *tally; /**< of a decision, as prose_resolution has them; else NULL */

	/** It is something somebody is to do: there was an @ or a ! */
	bool has_followup;
	int followup_kind; /**< enum followup_kind: request or invitation when its words ask, else
			        undertaking; ENUM_NONE when there is none */
	char *responsible; /**< acronyms apart by '\n', never NULL; without an @ whom its words
			        ask, else the speaker, else nobody */
	char *unknown;     /**< those of them, and the speaker, the context does not know, apart by
			        '\n', never NULL */
	day_number due;    /**< DATE_NONE: none, or the words allow none */
	bool due_is_past;  /**< before the day of the meeting */
	char *due_text;    /**< the words it was said in, a day as "31/01/2024"; NULL: none said */
	char *commitment;  /**< code as the context spells it, of a # or, of a follow-up, of its
			        words; NULL: none */
	VECTOR(struct capture_measurement) measurements; /**< of %C6=38 */
	/** Those its words say, to be confirmed first: "C1 (20%), C2, C3 y C4 (0%)". */
	prose_measures said;
	VECTOR(struct capture_token) tokens; /**< in the order of the line */
};

/** Reads a line, valid UTF-8 of any length; line ends and tabs are blanks. Release it. */
void capture_read(const struct capture_context *context, const char *line,
		  struct capture *capture);
void capture_release(struct capture *capture);

/**
 * Appends what the line amounts to, for a person, in one line, the most telling first: "acción de
 * AME · vence 24/11/2023 (viernes) · C5 · habla FCD", with the first problem right behind the
 * date. What a note is without anything else is said too; nothing of a line that says nothing.
 */
void capture_add_preview(const struct capture *capture, struct strbuf *out);

/** Something that could stand where one is typing. Texts owned by the list. */
struct capture_choice {
	char *text;   /**< what takes the place of the stretch: "@AME " */
	char *detail; /**< for a person: the name, the title with its percentage, the date */
};

struct capture_choices {
	VECTOR(struct capture_choice) items;
	struct prose_span where; /**< the stretch of the line they take the place of */
};

/**
 * What the token or the beginning of a line at `cursor` (a byte of it) could become: acronyms
 * behind @ or as a speaker, commitments behind # and %, ways to say a date behind !. Those that
 * begin as typed come first, then those that have it anywhere, accents and case apart. Empty
 * where nothing is being completed.
 */
void capture_complete(const struct capture_context *context, const char *line, size_t cursor,
		      struct capture_choices *choices);
void capture_choices_release(struct capture_choices *choices);

/**
 * The stretch of `text` (of an entry that stands) that the detector marks: the sentence that says
 * something is to be done; length 0 for none. `from` is where to look from, a byte.
 */
struct prose_span capture_detect(const struct capture_context *context, const char *text,
				 const char *speaker, size_t from);

#endif
