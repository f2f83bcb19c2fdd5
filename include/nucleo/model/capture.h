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
 *	=		a decision ("= Se aprueba el orden del día")
 *	?		a doubt, a question left open
 *	~		a private note, for whoever writes and no acta
 *	FCD:		who speaks; the words that begin a sentence say it too ("FCD comenta que")
 * Anywhere between blanks (a comma, a full stop or a parenthesis may follow):
 *	@AME  @AME,FCD	who is responsible: the line is an undertaking
 *	!2024-01-31  !31/01/2024  !31-ene  !enero  !enero 2024  !próx-reunión
 *	!+3d  !+2s  !+1m  !"para el próximo año"	by when
 *	#C5  #paga1/C5	the commitment it is about
 *	%C6=38  %C6=38,5	a measurement
 *	\@ \! \# \% \= \? \~	the sign itself
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

	/** It is something somebody is to do: there was an @ or a ! */
	bool has_followup;
	char *responsible; /**< acronyms apart by '\n', never NULL; of an undertaking without an
			        @ the speaker */
	char *unknown;     /**< those of them, and the speaker, the context does not know, apart by
			        '\n', never NULL */
	day_number due;    /**< DATE_NONE: none, or the words allow none */
	char *due_text;    /**< the words it was said in; NULL: no date was said */
	char *commitment;  /**< code as the context spells it; NULL: none */
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
 * Appends what the line amounts to, for a person, in one line: "acción · responsable AME ·
 * vence 31/01/2024 (próximo viernes) · C5", with the first problem behind it. What a note is
 * without anything else is said too ("nota · habla FCD").
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
