/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_MODEL_PROSE_MENTIONS_H
#define NUCLEO_MODEL_PROSE_MENTIONS_H

#include "nucleo/model/prose.h"
#include "nucleo/model/prose_words.h"

/**
 * Institutions named in a text: by acronym in any case, by full or shortened
 * name, or, unknown to the context, by an acronym of their own or a name that
 * begins as institutions do ("Secretaría de …"). Private to prose_*.c.
 */
enum { MENTION_UNKNOWN = -1, MENTION_GROUP = -2, MENTION_LIST_MAX = 16 };

struct prose_mention {
	int institution;	/**< index in the context, or MENTION_UNKNOWN or MENTION_GROUP */
	struct word_range name; /**< the words of the name, without article */
};

/** "FCD, la DATALAT y el CNE". */
struct prose_mentions {
	struct prose_mention items[MENTION_LIST_MAX];
	size_t count;
	size_t next; /**< first word after the list */
};

/** An institution whose name begins at this very word. `mention->name.to` is the word after it.
 */
bool mention_at(const struct prose_context *context, const struct prose_words *words, size_t at,
		size_t end, struct prose_mention *mention);

/** The only institution of the context whose acronym or name begins with a folded word
 *  ("alcaldia"); MENTION_UNKNOWN for none or several. */
int mention_beginning(const struct prose_context *context, const char *folded);

/** Whether an institution may begin with this word, whatever the context: "REDAM", "Consejo". */
bool mention_begins(const struct prose_words *words, size_t at);

/** One or more institutions from `at`, each with or without article, preposition "a" or "de",
 *  "representante de", and acronym in parentheses behind it. False when there is none. */
bool mentions_at(const struct prose_context *context, const struct prose_words *words, size_t at,
		 size_t end, struct prose_mentions *list);

/** As mentions_at(), taking only what the context knows. */
bool mentions_known_at(const struct prose_context *context, const struct prose_words *words,
		       size_t at, size_t end, struct prose_mentions *list);

/** Appends what a record calls it: acronym, group name, or the words as written. */
void mention_append(struct strbuf *out, const struct prose_context *context,
		    const struct prose_words *words, const struct prose_mention *mention);
/** Appends all of the list, separated by '\n', each once. */
void mentions_append(struct strbuf *out, const struct prose_context *context,
		     const struct prose_words *words, const struct prose_mentions *list);

/** The conjugated verb of a subject that ends before `at`, or NO_VERB. */
#define NO_VERB ((size_t)-1)
size_t subject_verb(const struct prose_words *words, size_t at, size_t end);

/** Who speaks a sentence; false when it names nobody. `list->next` is the word after them. */
bool speakers_of(const struct prose_context *context, const struct prose_words *words,
		 struct word_range sentence, struct prose_mentions *list);

#endif
