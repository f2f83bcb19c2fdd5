/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose_mentions.h"
#include "nucleo/model/prose_moments.h"
#include "nucleo/model/prose_paragraph.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"

enum { NAME_WORDS_MAX = 14, PLACE_WORDS_MAX = 8, MEASURE_REACH = 60 };

/* Capitalised words that are no places. */
#define NO_PLACES                                                                                \
	"compromiso|compromisos|acta|articulo|art|guia|ley|resolucion|acuerdo|nro|plan|punto|"   \
	"item|"                                                                                  \
	"anexo|zoom|hotel|fecha|hora|pagina|tabla|figura|total|promedio|meta|media|puntaje|"     \
	"calificacion|nivel|indice|resultado|resultados|indicador|grafico|oficio|fase|etapa|"    \
	"objetivo|eje|hito|version|numeral|decreto|agenda|enero|febrero|marzo|abril|mayo|junio|" \
	"julio|agosto|septiembre|octubre|noviembre|diciembre|participantes|asistentes|miembros|" \
	"hombres|mujeres|avance|porcentaje|talleres|capitulo|norma|iso|seccion|linea|sala|piso|" \
	"telefono|semana|sesion|reunion|ano|edicion"

struct figure {
	size_t at;   /* the number */
	size_t next; /* first word behind figure, unit and parenthesis */
	bool bare;   /* right behind the place */
	bool unit;   /* "puntos", "sobre 100" */
	bool percent;
};

struct finder {
	const struct prose_context *context;
	const struct prose_words *words;
	const word_ranges *sentences;
	struct word_range said; /* the sentence at hand and the one before it */
	size_t read;	    /* sentences whose speaker and measure are known */
	char *organization; /* who spoke last in those, owned */
	char *name;	    /* what they last said they measure, owned */
	day_number as_of;
};

/* The end of a proper name that begins at `at`; `at` when there is none. */
static size_t place_end(const struct prose_words *words, size_t at, size_t end)
{
	size_t to = at;
	for (size_t next = at; next < end && next < at + PLACE_WORDS_MAX; next++) {
		const struct prose_word *word = word_at(words, next);
		if (word->kind != WORD_TEXT)
			break;
		if (word->shape == SHAPE_CAPITAL)
			to = next + 1;
		else if (to == at || !word_matches(words, next, "de|del|la|los|las|el"))
			break;
	}
	return to;
}

/* "Municipio de Loja" is about Loja, "La Loja" at a sentence's start as well. */
static size_t skip_kind_of_place(const struct prose_words *words, size_t from, size_t to)
{
	size_t at = from + words_match(words, from, to, "el|la");
	size_t kind =
		words_match(words, at, to,
			    "municipio|canton|provincia|gobierno|alcaldia|prefectura|ciudad|"
			    "parroquia|municipalidad");
	if (!kind)
		return from;
	at += kind;
	at += words_match(words, at, to, "autonomo descentralizado");
	at += words_match(words, at, to, "municipal|provincial|parroquial|local");
	at += words_match(words, at, to, "de|del|la|los|las");
	return at < to ? at : from;
}

/* The words that may lead from a place to its figure, the figure last. */
static size_t figure_behind(const struct prose_words *words, size_t at, size_t end)
{
	static const char *const links[] = {
		"#",
		"( #",
		": #",
		",? "
		"obtuvo|obtiene|alcanza|alcanzo|registra|registro|logra|logro|tiene|suma|llega|"
		"llego|con|presenta|reporta|marca|obtiene|consiguio a|al? un|una|el|los? "
		"puntaje|puntuacion|calificacion|indice|valor|promedio|nota|total? de? #",
		",? sube|subio|pasa|paso|mejora|mejoro|baja|bajo|crece|crecio|asciende|ascendio|"
		"desciende de|desde # puntos|%? a|hasta #",
		",? sube|subio|pasa|paso|mejora|mejoro|baja|bajo|crece|crecio|asciende|ascendio|"
		"desciende a|hasta #",
		"es|fue|son de? un? #",
		",? lidera|encabeza|destaca|sigue|cierra con #",
	};
	size_t longest = 0;
	for (size_t i = 0; i < ARRAY_COUNT(links); i++) {
		size_t used = words_match(words, at, end, links[i]);
		if (used > longest)
			longest = used;
	}
	return longest ? at + longest - 1 : end;
}

/* What stands behind the number: its unit and the end of the figure. False when it counts things.
 */
static bool read_unit(const struct prose_words *words, size_t open, size_t end,
		      struct figure *figure)
{
	size_t at = figure->at + 1;
	size_t unit = words_match(words, at, end, "puntos|punto|pts .?");
	if (!unit)
		unit = words_match(words, at, end, "sobre|/ #");
	else
		unit += words_match(words, at + unit, end, "sobre|/ #");
	figure->unit = unit > 0;
	figure->percent = words_match(words, at, end, "%") > 0;
	at += unit + figure->percent;
	figure->next = at;
	if (word_is(words, open, "(")) {
		figure->next++;
		return word_is(words, at, ")");
	}
	return at >= end ||
	       (word_at(words, at)->kind == WORD_MARK && !word_matches(words, at, "-|:|/|$")) ||
	       word_matches(words, at,
			    "y|e|con|en|mientras|frente|seguido|seguida|lo|al|segun|"
			    "dentro|sobre");
}

static bool has_decimals(const struct prose_words *words, size_t at, double value)
{
	return value != (double)(long long)value || strpbrk(word_folded(words, at), ".,") != NULL;
}

/* How sure a number is a figure about a place; -1: it is none. */
static int certainty_of(const struct prose_words *words, const struct figure *figure,
			double value, bool measured)
{
	bool decimals = has_decimals(words, figure->at, value);
	if ((figure->percent || (figure->bare && !figure->unit)) && !measured)
		return -1;
	if (figure->bare && !decimals && !figure->unit && !figure->percent)
		return -1;
	if (decimals)
		return measured ? CERTAINTY_SURE : CERTAINTY_LIKELY;
	if (figure->unit)
		return CERTAINTY_LIKELY;
	return measured && value <= 100 ? CERTAINTY_DOUBTFUL : -1;
}

#define SCORES                                                                   \
	"indice|indices|indicador|indicadores|puntaje|puntajes|puntuacion|"      \
	"puntuaciones|calificacion|calificaciones|madurez|ranking|puntos"
#define SHARES "|porcentaje|porcentajes|tasa|tasas|cumplimiento|nivel|niveles|desempeno"

/* Whether the text speaks of scores near a figure, so that a whole number may be one. */
static bool is_measuring(const struct prose_words *words, struct word_range text,
			 const struct figure *figure)
{
	size_t at = figure->at;
	size_t from = at > text.from + MEASURE_REACH ? at - MEASURE_REACH : text.from;
	size_t to = at + MEASURE_REACH < text.to ? at + MEASURE_REACH : text.to;
	return words_find(words, from, to, figure->percent ? SCORES SHARES : SCORES) < to;
}

static void add_indicator(const struct finder *finder, struct word_range place,
			  const struct figure *figure, double value, prose_indicators *out)
{
	struct strbuf text;
	struct prose_indicator *indicator = vector_add(out);
	size_t from = skip_kind_of_place(finder->words, place.from, place.to);
	strbuf_init(&text);
	range_append(&text, finder->words, from, place.to);
	indicator->place = strbuf_detach(&text);
	indicator->value = value;
	indicator->as_of = finder->as_of;
	indicator->where =
		(struct prose_span){range_start(finder->words, place.from),
				    range_length(finder->words, place.from, figure->next)};
}

static bool is_place(const struct finder *finder, size_t at, size_t to)
{
	struct prose_mentions known;
	size_t noun = at + words_match(finder->words, at, to, "el|la|los|las");
	bool verb = word_at(finder->words, at)->verb && word_is_finite(finder->words, at);
	if (verb || word_matches(finder->words, noun, NO_PLACES))
		return false;
	return !mentions_known_at(finder->context, finder->words, at, to, &known);
}

/* The indicator whose place begins at `at`; returns the word to go on with. */
static size_t read_indicator(const struct finder *finder, size_t at, struct word_range sentence,
			     prose_indicators *out)
{
	const struct prose_words *words = finder->words;
	struct figure figure = {0};
	double value;
	size_t to = place_end(words, at, sentence.to);
	if (to == at)
		return at + 1;
	figure.at = figure_behind(words, to, sentence.to);
	if (figure.at >= sentence.to || !is_place(finder, at, to) ||
	    !word_figure(words, figure.at, &value) || !read_unit(words, to, sentence.to, &figure))
		return to;
	figure.bare = figure.at == to;
	int certainty = certainty_of(words, &figure, value,
				     is_measuring(words, finder->said, &figure));
	if (certainty < 0)
		return to;
	add_indicator(finder, (struct word_range){at, to}, &figure, value, out);
	out->items[out->count - 1].certainty = (enum certainty)certainty;
	return figure.next;
}

/* Words that name a measure, and how well; `strip`: the name is what comes behind "de". */
static const struct measure_word {
	const char *words;
	int weight;
	bool strip;
} measure_words[] = {
	{"indice|indices|madurez", 5, false},
	{"puntaje|puntajes|puntuacion|calificacion|calificaciones|desempeno|tasa", 4, false},
	{"nivel|niveles|grado", 4, true},
	{"indicador|indicadores|ranking|cumplimiento|porcentaje|porcentajes", 3, false},
	{"resultado|resultados|evaluacion|medicion", 1, true},
};

static const struct measure_word *measure_word_at(const struct prose_words *words, size_t at)
{
	for (size_t i = 0; i < ARRAY_COUNT(measure_words); i++)
		if (word_matches(words, at, measure_words[i].words))
			return &measure_words[i];
	return NULL;
}

/* Where the phrase that names a measure ends: at a mark, a verb, or where it turns to the places.
 */
static size_t name_phrase_end(const struct prose_words *words, size_t at, size_t end)
{
	static const char places[] = "municipio*|canton*|gad|gads|provincia*|ciudad*|prefectura*|"
				     "alcaldia*|localidad*|parroquia*|gobiernos";
	size_t to = at + 1;
	for (size_t next = at + 1; next < end && next < at + NAME_WORDS_MAX; next++) {
		bool of = words_match(words, next, end, "de|del|en|por los|las|el|la|cada?") > 0;
		size_t behind =
			next + words_match(words, next, end, "de|del|en|por los|las|el|la|cada?");
		if (word_at(words, next)->kind == WORD_MARK || word_is_finite(words, next) ||
		    word_matches(words, next,
				 "que|para|son|con|como|segun|cuyo|cuyos|entre|donde") ||
		    (of && word_matches(words, behind, places)) ||
		    words_match(words, next, end, "sobre|al #") ||
		    (word_matches(words, next, "y|e") &&
		     (word_matches(words, next + 1, "como|se|que|los|las|en|por") ||
		      word_is_finite(words, next + 1))))
			break;
		if (!word_matches(words, next, "de|del|la|el|los|las|y|e|en|a|al|por"))
			to = next + 1;
	}
	return to;
}

/* Keeps the best name of a measure said before `end`; the later of two equally good ones. */
static void read_name(struct finder *finder, size_t from, size_t end)
{
	const struct prose_words *words = finder->words;
	struct strbuf name;
	int best = 0;
	for (size_t at = from; at < end; at++) {
		const struct measure_word *measure = measure_word_at(words, at);
		if (!measure || measure->weight < best)
			continue;
		size_t start = at;
		if (measure->strip && words_match(words, at + 1, end, "de|del"))
			start = at + 2 + words_match(words, at + 2, end, "la|el|los|las");
		size_t to = name_phrase_end(words, start, end);
		/* A measure word alone says less than any phrase. */
		int weight = to > at + 1 ? measure->weight : 0;
		if (to <= start || weight < best)
			continue;
		best = weight;
		strbuf_init(&name);
		range_append(&name, words, start, to);
		free(finder->name);
		finder->name = strbuf_detach(&name);
	}
}

/* The last day of the stated moment, not after the meeting. */
static day_number not_after_meeting(const struct prose_context *context, day_number date)
{
	if (date == DATE_NONE || context->meeting_date == DATE_NONE ||
	    date <= context->meeting_date)
		return date;
	struct civil_date c = date_to_civil(date);
	day_number earlier = date_from_civil(c.year - 1, c.month, c.day);
	return earlier == DATE_NONE ? date_month_end(c.year - 1, c.month) : earlier;
}

/* "Cumplimiento al 30 de junio:": the day behind "al", unless it ends a stretch of days. */
static day_number find_day_stated(const struct finder *finder, const struct moment_reader *reader)
{
	const struct prose_words *words = finder->words;
	for (size_t at = 1; at < words->list.count; at++) {
		if (!word_is(words, at, "al") || word_matches(words, at - 1, "#|hasta|tardar"))
			continue;
		struct moment moment = moment_at(reader, at + 1);
		if (moment.next && moment.first == DATE_NONE &&
		    word_matches(words, moment.next, ":|,|)"))
			return not_after_meeting(finder->context, moment.date);
	}
	return DATE_NONE;
}

/* "con corte al 30 de septiembre de 2023", "al 30/09/2023". */
static day_number find_cut_off(const struct finder *finder)
{
	const struct prose_words *words = finder->words;
	size_t end = words->list.count;
	struct moment_reader reader = moment_reader(finder->context, words, end);
	size_t at = words_find(words, 0, end, "corte");
	if (at < end) {
		at += 1 + words_match(words, at + 1, end, ": ");
		at += words_match(words, at, end, "a|al|de|del|en|hasta|es");
		struct moment moment = moment_at(&reader, at);
		return moment.next ? not_after_meeting(finder->context, moment.date) : DATE_NONE;
	}
	return find_day_stated(finder, &reader);
}

/* Who speaks and what is measured up to a sentence; only asked where there are figures. */
static void read_up_to(struct finder *finder, size_t last)
{
	for (; finder->read <= last; finder->read++) {
		struct word_range sentence = finder->sentences->items[finder->read];
		struct prose_mentions speakers;
		struct strbuf name;
		read_name(finder, sentence.from, sentence.to);
		if (!speakers_of(finder->context, finder->words, sentence, &speakers))
			continue;
		strbuf_init(&name);
		mention_append(&name, finder->context, finder->words, &speakers.items[0]);
		free(finder->organization);
		finder->organization = strbuf_detach(&name);
	}
}

/* First word of the sentence at or behind a place in the text. */
static size_t word_at_byte(const struct finder *finder, struct word_range sentence, size_t start)
{
	size_t at = sentence.from;
	while (at < sentence.to && range_start(finder->words, at) < start)
		at++;
	return at;
}

static void read_sentence(struct finder *finder, size_t index, prose_indicators *out)
{
	struct word_range sentence = finder->sentences->items[index];
	size_t first = out->count;
	finder->said = sentence;
	if (index)
		finder->said.from = finder->sentences->items[index - 1].from;
	for (size_t at = sentence.from; at < sentence.to;)
		at = read_indicator(finder, at, sentence, out);
	if (out->count == first)
		return;
	read_up_to(finder, index);
	/* What is named before the first figure counts more than what comes behind it. */
	read_name(finder, sentence.from,
		  word_at_byte(finder, sentence, out->items[first].where.start));
	for (size_t i = first; i < out->count; i++) {
		out->items[i].name = mem_strdup(finder->name);
		out->items[i].organization = mem_strdup(finder->organization);
	}
}

void paragraph_indicators(const struct prose_paragraph *paragraph, const char *speaker,
			  prose_indicators *out)
{
	const struct prose_words *words = &paragraph->words;
	if (!strpbrk(words->text, "0123456789"))
		return;
	struct finder finder = {
		.context = paragraph->context,
		.words = words,
		.sentences = &paragraph->sentences,
		.organization = mem_strdup(speaker ? speaker : ""),
		.name = mem_strdup(""),
	};
	finder.as_of = find_cut_off(&finder);
	for (size_t i = 0; i < finder.sentences->count; i++)
		read_sentence(&finder, i, out);
	free(finder.organization);
	free(finder.name);
}

void prose_find_indicators(const struct prose_context *context, const char *text,
			   const char *speaker, prose_indicators *out)
{
	struct prose_paragraph paragraph;
	paragraph_cut(&paragraph, context, text);
	paragraph_indicators(&paragraph, speaker, out);
	paragraph_release(&paragraph);
}

void prose_indicators_release(prose_indicators *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->items[i].place);
		free(list->items[i].name);
		free(list->items[i].organization);
	}
	vector_release(list);
}
