/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_mentions.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/utf8.h"

/* Abbreviations of the field that name things, not institutions. */
#define ORDINARY_ACRONYMS                                                                   \
	"paga|ogp|aga|gad|gads|ods|irm|osc|oscs|tic|tics|lotaip|pdf|csv|api|url|usd|ia|id|" \
	"peoi|poa|foda|cv|qr|ee|uu|ii|iii|iv|vi|vii|viii|ix|xi|xii|am|pm|ec|eeuu|faq|html|" \
	"ong|ongs|pagas|sgpr|nro|no|num|art|rrhh|pib|iva|covid|led|wifi|fiti"

/* What names of institutions begin with. */
#define HEADS                                                                                    \
	"alcaldia|prefectura|municipio|municipalidad|ministerio|viceministerio|secretaria|"      \
	"subsecretaria|consejo|concejo|universidad|fundacion|gobierno|direccion|asamblea|"       \
	"defensoria|contraloria|camara|comite|corporacion|federacion|instituto|escuela|colegio|" \
	"asociacion|consorcio|red|observatorio|superintendencia|agencia|servicio|banco|empresa|" \
	"junta|comision|procuraduria|fiscalia|registro|centro|unidad|coordinacion|colectivo|"    \
	"presidencia|vicepresidencia|facultad|gobernacion|tribunal|corte|intendencia|"           \
	"delegacion|"                                                                            \
	"organizacion|plataforma|parlamento|mancomunidad|confederacion|union|vicealcaldia|"      \
	"politecnica|mesa|foro|grupo|gad|cabildo|pontificia|parroquia|sociedad|"                 \
	"veeduria|liga|gadm|gadmc|gadp|gadpr|movimiento|frente"

/* Heads that are common words too: they need a proper name behind them. */
#define WEAK_HEADS                                                                             \
	"red|registro|centro|unidad|servicio|banco|plataforma|mesa|grupo|foro|gobierno|union|" \
	"empresa|sociedad|parroquia|gad|corte|junta|organizacion|agencia|direccion|comision|"  \
	"delegacion|movimiento|frente|liga"

/* Who stands for an institution. */
#define POSTS                                                                         \
	"representante*|delegad*|vocer*|portavoz|director*|subsecretari*|"            \
	"secretari*|president*|coordinador*|tecnic*|equipo|personal|asesor*|titular|" \
	"gerente*|ministr*|alcalde*|prefect*|rector*|vocal*|consejer*|funcionari*|"   \
	"jefe|jefa|lider*|experto|experta|especialista*|doctor*|senor*|autoridades"

#define PARTICLES "de|del|la|el|los|las|y|e|para|en"

static bool is_particle(const char *folded, size_t length)
{
	static const char *const particles[] = {"de", "del", "la", "el", "los", "las", "y", "e"};
	for (size_t i = 0; i < ARRAY_COUNT(particles); i++)
		if (strlen(particles[i]) == length && memcmp(particles[i], folded, length) == 0)
			return true;
	return false;
}

/* Moves past blanks and marks to the next word of a folded name; its length, 0 at the end. */
static size_t next_name_word(const char **name)
{
	size_t length = 0;
	while (**name && !strchr("abcdefghijklmnopqrstuvwxyz0123456789", **name) &&
	       (unsigned char)**name < 0x80)
		(*name)++;
	while ((*name)[length] &&
	       (strchr("abcdefghijklmnopqrstuvwxyz0123456789", (*name)[length]) ||
		(unsigned char)(*name)[length] >= 0x80))
		length++;
	return length;
}

struct name_match {
	size_t to;	/**< word after the last one that matched */
	size_t content; /**< matching words that are no particles */
	bool complete;
};

/* Follows a folded name through the words; particles may differ. */
static struct name_match match_name(const struct prose_words *words, size_t at, size_t end,
				    const char *name)
{
	struct name_match match = {.to = at};
	size_t length;
	while ((length = next_name_word(&name)) > 0) {
		const char *word = at < end ? word_folded(words, at) : "";
		if (strncmp(word, name, length) == 0 && !word[length]) {
			match.content += !is_particle(word, length);
			match.to = ++at;
			name += length;
		} else if (is_particle(name, length)) {
			name += length;
		} else if (match.content && is_particle(word, strlen(word))) {
			at++;
		} else {
			return match;
		}
	}
	match.complete = match.content > 0;
	return match;
}

/* Whether a name can begin with this word, judged by its plain letters up to the first accent. It
 * spares folding every name of the forum at every word. */
static bool may_begin(const char *name, const char *folded)
{
	for (;; name++, folded++) {
		unsigned char letter = (unsigned char)*name;
		if (letter >= 'A' && letter <= 'Z')
			letter = (unsigned char)(letter + 32);
		if (letter >= 0x80 || !*folded)
			return true;
		if (letter != (unsigned char)*folded)
			return false;
	}
}

static struct name_match match_written(const struct prose_words *words, size_t at, size_t end,
				       const char *name)
{
	struct name_match match = {.to = at};
	struct strbuf folded;
	if (!name || !may_begin(name, word_folded(words, at)))
		return match;
	strbuf_init(&folded);
	utf8_fold(&folded, name);
	match = match_name(words, at, end, folded.data);
	strbuf_release(&folded);
	return match;
}

/* A word of a name. Verbs are not capitalised, unless all the text is. */
static bool is_proper(const struct prose_words *words, size_t at)
{
	unsigned char shape = word_at(words, at)->shape;
	return shape == SHAPE_CAPITAL || (shape == SHAPE_UPPER && !word_is_finite(words, at));
}

/* Whether the name goes on with words of its own: "Defensoría" before "Pública" or "de Quito". */
static bool goes_on(const struct prose_words *words, size_t at, size_t end)
{
	while (at < end && word_matches(words, at, "de|del|la|los|las"))
		at++;
	const struct prose_word *word = word_at(words, at);
	return at < end && word->kind == WORD_TEXT && is_proper(words, at);
}

static bool group_at(const struct prose_context *context, const struct prose_words *words,
		     size_t at, size_t end, size_t *to)
{
	struct name_match match = match_written(words, at, end, context->group);
	if (match.content < 1 || (!match.complete && goes_on(words, match.to, end)))
		return false;
	*to = match.to;
	return true;
}

/* "Presidencia" is an acronym and a common word: what follows must fit the name behind it. */
static bool is_word_of_another(const struct prose_context *context,
			       const struct prose_words *words,
			       const struct prose_institution *institution, size_t to, size_t end)
{
	size_t group_end, at = to;
	if (!institution->name || word_at(words, to - 1)->shape == SHAPE_UPPER ||
	    !goes_on(words, to, end))
		return false;
	while (word_matches(words, at, "de|del|la|los|las"))
		at++;
	return !group_at(context, words, at, end, &group_end);
}

static bool begins_like_another(const struct prose_context *context,
				const struct prose_words *words, size_t at, size_t mine)
{
	for (size_t i = 0; i < context->institution_count; i++) {
		const char *name = context->institutions[i].name;
		if (i != mine && match_written(words, at, at + 1, name).content)
			return true;
	}
	return match_written(words, at, at + 1, context->group).content > 0;
}

/* The words that name institution `i`, from `at`; 0 for none. Longer is surer. */
static size_t match_institution(const struct prose_context *context,
				const struct prose_words *words, size_t i,
				struct word_range place)
{
	const struct prose_institution *institution = &context->institutions[i];
	struct name_match name = match_written(words, place.from, place.to, institution->name);
	struct name_match acronym =
		match_written(words, place.from, place.to, institution->acronym);
	if (name.complete)
		return name.to - place.from;
	if (name.content && goes_on(words, name.to, place.to))
		name.content = 0;
	if (name.content > 1)
		return name.to - place.from;
	if (acronym.complete &&
	    !is_word_of_another(context, words, institution, acronym.to, place.to))
		return acronym.to - place.from;
	if (name.content == 1 && word_matches(words, place.from, HEADS) &&
	    !begins_like_another(context, words, place.from, i))
		return name.to - place.from;
	return 0;
}

static bool known_at(const struct prose_context *context, const struct prose_words *words,
		     struct word_range place, struct prose_mention *mention)
{
	size_t best = 0, group_end;
	for (size_t i = 0; i < context->institution_count; i++) {
		size_t length = match_institution(context, words, i, place);
		if (length > best) {
			best = length;
			mention->institution = (int)i;
		}
	}
	if (group_at(context, words, place.from, place.to, &group_end) &&
	    group_end - place.from > best) {
		best = group_end - place.from;
		mention->institution = MENTION_GROUP;
	}
	mention->name = (struct word_range){place.from, place.from + best};
	return best > 0;
}

static bool is_unknown_acronym(const struct prose_words *words, size_t at)
{
	const struct prose_word *word = word_at(words, at);
	const char *folded = word_folded(words, at);
	return word->kind == WORD_TEXT && word->shape == SHAPE_UPPER &&
	       strcspn(folded, "0123456789") == strlen(folded) && strlen(folded) <= 12 &&
	       !word_is(words, at + 1, "-") && !word_matches(words, at, ORDINARY_ACRONYMS);
}

/* The end of a proper name that begins at `at`: capitals, linked by particles. */
static size_t name_end(const struct prose_context *context, const struct prose_words *words,
		       size_t at, size_t end)
{
	size_t to = at + 1;
	for (size_t next = to; next < end && next < at + 24; next++) {
		const struct prose_word *word = word_at(words, next);
		struct prose_mention other;
		if (word->kind != WORD_TEXT)
			break;
		if (is_proper(words, next))
			to = next + 1;
		else if (!word_matches(words, next, PARTICLES))
			break;
		else if (word_matches(words, next, "y|e") &&
			 (known_at(context, words, (struct word_range){next + 1, end}, &other) ||
			  word_matches(words, next + 1, "el|la|los|las|al|a|de|del")))
			break;
	}
	return to;
}

/* Whether the initials of a name spell an acronym; of a body of the state "Ecuador" may be left
 * out: "Defensoría del Pueblo", DPE. */
static bool spells(const struct prose_words *words, struct word_range name, const char *acronym)
{
	size_t letters = 0;
	for (size_t at = name.from; at < name.to; at++) {
		if (word_matches(words, at, PARTICLES))
			continue;
		char initial = word_folded(words, at)[0];
		if (initial < 'a' || initial > 'z' || acronym[letters] != initial - 'a' + 'A')
			return false;
		letters++;
	}
	bool of_state = word_matches(words, name.from,
				     "defensoria|ministerio|secretaria|consejo|asamblea|"
				     "contraloria|procuraduria|fiscalia|superintendencia");
	return letters >= 2 &&
	       (!acronym[letters] || (of_state && strcmp(acronym + letters, "E") == 0));
}

/* The only institution, of those whose name nobody told us, that a name may be the name of. */
static int spelt_institution(const struct prose_context *context,
			     const struct prose_words *words, struct word_range name)
{
	int found = MENTION_UNKNOWN;
	for (size_t i = 0; i < context->institution_count; i++) {
		const struct prose_institution *each = &context->institutions[i];
		if (each->name || !spells(words, name, each->acronym))
			continue;
		if (found >= 0 && strcmp(context->institutions[found].acronym, each->acronym))
			return MENTION_UNKNOWN;
		found = (int)i;
	}
	return found;
}

/* "Dirección de Transparencia de la DPE": the known institution a part of it stands for. */
static bool owner_in(const struct prose_context *context, const struct prose_words *words,
		     struct word_range name, struct prose_mention *mention)
{
	for (size_t at = name.from + 2; at < name.to; at++)
		if (word_matches(words, at - 1, "de|del|la|el") && is_proper(words, at) &&
		    known_at(context, words, (struct word_range){at, name.to}, mention) &&
		    mention->name.to == name.to)
			return true;
	return false;
}

/* A name that begins with a word that names of institutions begin with. */
static bool name_at(const struct prose_context *context, const struct prose_words *words,
		    struct word_range place, struct prose_mention *mention)
{
	struct word_range name = {place.from, name_end(context, words, place.from, place.to)};
	if (owner_in(context, words, name, mention))
		return true;
	mention->institution = spelt_institution(context, words, name);
	mention->name = name;
	if (mention->institution >= 0)
		return true;
	/* "Corporación X (CX)": the acronym is what a record would call it. */
	if (words_match(words, name.to, place.to, "(") &&
	    is_unknown_acronym(words, name.to + 1) && word_is(words, name.to + 2, ")"))
		mention->name = (struct word_range){name.to + 1, name.to + 2};
	return name.to > name.from + 1 || !word_matches(words, name.from, WEAK_HEADS);
}

static bool unknown_at(const struct prose_context *context, const struct prose_words *words,
		       struct word_range place, struct prose_mention *mention)
{
	if (word_at(words, place.from)->shape != SHAPE_LOWER &&
	    word_matches(words, place.from, HEADS))
		return name_at(context, words, place, mention);
	mention->institution = MENTION_UNKNOWN;
	mention->name = (struct word_range){place.from, place.from + 1};
	return is_unknown_acronym(words, place.from);
}

static bool begins_with(const char *name, const char *folded)
{
	struct strbuf key;
	size_t length = strlen(folded);
	if (!name || !may_begin(name, folded))
		return false;
	strbuf_init(&key);
	utf8_fold(&key, name);
	bool begins = strncmp(key.data, folded, length) == 0 &&
		      (!key.data[length] || key.data[length] == ' ');
	strbuf_release(&key);
	return begins;
}

int mention_beginning(const struct prose_context *context, const char *folded)
{
	int found = MENTION_UNKNOWN;
	for (size_t i = 0; i < context->institution_count; i++) {
		if (!begins_with(context->institutions[i].acronym, folded) &&
		    !begins_with(context->institutions[i].name, folded))
			continue;
		if (found != MENTION_UNKNOWN)
			return MENTION_UNKNOWN;
		found = (int)i;
	}
	return found;
}

bool mention_begins(const struct prose_words *words, size_t at)
{
	if (is_unknown_acronym(words, at))
		return true;
	return word_at(words, at)->shape != SHAPE_LOWER && word_matches(words, at, HEADS) &&
	       (!word_matches(words, at, WEAK_HEADS) || goes_on(words, at + 1, at + 4));
}

bool mention_at(const struct prose_context *context, const struct prose_words *words, size_t at,
		size_t end, struct prose_mention *mention)
{
	struct word_range place = {at, end};
	const struct prose_word *word = word_at(words, at);
	if (at >= end || word->kind != WORD_TEXT || word->shape == SHAPE_LOWER)
		return false;
	return known_at(context, words, place, mention) ||
	       unknown_at(context, words, place, mention);
}

/* "el representante de la", "los delegados del", "el equipo técnico de": who stands for whom. */
static size_t skip_post(const struct prose_words *words, size_t at, size_t end)
{
	size_t from = at;
	at += words_match(words, at, end, "el|la|los|las");
	if (word_at(words, at)->shape == SHAPE_UPPER || !words_match(words, at, end, POSTS) ||
	    word_matches(words, at, HEADS))
		return from;
	for (size_t to = at + 1; to < end && to < at + 8; to++) {
		if (word_at(words, to)->kind != WORD_TEXT || word_is_finite(words, to))
			return from;
		if (word_matches(words, to, "de|del|por")) {
			size_t next = to + 1 + words_match(words, to + 1, end, "el|la|los|las");
			if (word_at(words, next)->shape != SHAPE_LOWER)
				return next;
		}
	}
	return from;
}

/* "(CNE)" or "(por Zoom)" behind a name, a few words long. */
static size_t skip_parenthesis(const struct prose_words *words, size_t at, size_t end)
{
	if (!words_match(words, at, end, "("))
		return at;
	for (size_t to = at + 1; to < end && to < at + 10; to++)
		if (word_is(words, to, ")"))
			return to + 1;
	return at;
}

typedef bool find_mention(const struct prose_context *, const struct prose_words *, size_t,
			  size_t, struct prose_mention *);

static bool find_known(const struct prose_context *context, const struct prose_words *words,
		       size_t at, size_t end, struct prose_mention *mention)
{
	const struct prose_word *word = word_at(words, at);
	return at < end && word->kind == WORD_TEXT && word->shape != SHAPE_LOWER &&
	       known_at(context, words, (struct word_range){at, end}, mention);
}

static bool read_one(const struct prose_context *context, const struct prose_words *words,
		     struct word_range place, find_mention *find, struct prose_mentions *list)
{
	struct prose_mention *mention = &list->items[list->count];
	size_t at = place.from;
	at += words_match(words, at, place.to, "a|al|de|del|con");
	at += words_match(words, at, place.to, "todos|tanto|tambien");
	size_t after_post = skip_post(words, at, place.to);
	if (after_post == at)
		at += words_match(words, at, place.to, "el|la|los|las|al|del");
	else
		at = after_post;
	if (!find(context, words, at, place.to, mention))
		return false;
	size_t behind = mention->name.to;
	if (word_is(words, behind, ")") && behind > at + 1)
		behind++;
	list->next = skip_parenthesis(words, behind, place.to);
	list->count++;
	return true;
}

static bool read_list(const struct prose_context *context, const struct prose_words *words,
		      struct word_range place, find_mention *find, struct prose_mentions *list)
{
	list->count = 0;
	list->next = place.from;
	if (!read_one(context, words, place, find, list))
		return false;
	while (list->count < MENTION_LIST_MAX) {
		size_t behind = list->next;
		size_t at = behind + words_match(words, behind, place.to, ",? y|e");
		if (at == behind)
			at += words_match(words, at, place.to, ",|/");
		if (at == behind ||
		    !read_one(context, words, (struct word_range){at, place.to}, find, list)) {
			list->next = behind;
			break;
		}
	}
	return true;
}

bool mentions_at(const struct prose_context *context, const struct prose_words *words, size_t at,
		 size_t end, struct prose_mentions *list)
{
	return read_list(context, words, (struct word_range){at, end}, mention_at, list);
}

bool mentions_known_at(const struct prose_context *context, const struct prose_words *words,
		       size_t at, size_t end, struct prose_mentions *list)
{
	return read_list(context, words, (struct word_range){at, end}, find_known, list);
}

void mention_append(struct strbuf *out, const struct prose_context *context,
		    const struct prose_words *words, const struct prose_mention *mention)
{
	if (mention->institution == MENTION_GROUP)
		strbuf_adds(out, context->group);
	else if (mention->institution >= 0)
		strbuf_adds(out, context->institutions[mention->institution].acronym);
	else
		range_append(out, words, mention->name.from, mention->name.to);
}

void mentions_append(struct strbuf *out, const struct prose_context *context,
		     const struct prose_words *words, const struct prose_mentions *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct prose_mention *mention = &list->items[i];
		bool repeated = false;
		for (size_t j = 0; j < i; j++)
			repeated |= mention->institution == list->items[j].institution &&
				    mention->institution != MENTION_UNKNOWN;
		if (repeated)
			continue;
		if (i)
			strbuf_addch(out, '\n');
		mention_append(out, context, words, mention);
	}
}
