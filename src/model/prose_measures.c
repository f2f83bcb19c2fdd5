/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/prose.h"

#include <string.h>

#include "nucleo/model/prose_codes.h"
#include "nucleo/model/prose_paragraph.h"

enum {
	REACH = 40,    /* words a title between a commitment and its figure may have */
	CUE_REACH = 6, /* words between "avance" or "alcanza" and the figure */
	NO_REACH = 4,  /* words between "no" and the figure it denies */
	SEQUENCE_MAX = 32
};

/* Words that say a figure is progress. */
#define CUES                                                                                   \
	"avance|avances|avanza|avanzo|alcanza|alcanzo|alcanzan|registra|registro|registran|"   \
	"llega|llego|llegan|sube|subio|suben|pasa|paso|pasan|cumplimiento|ejecucion|progreso|" \
	"esta|estan|va|van|tiene|tienen|presenta|presentan|reporta|reporto|reportan|muestra|"  \
	"muestran|suma|suman|baja|bajo|desciende|permanece|permanecen|mantiene|mantienen|"     \
	"aumenta|aumento|incrementa|cierra|cerro|queda|quedan|porcentaje|avanzan|encuentra|"   \
	"encuentran|implementacion|crece|crecio|asciende|logra|logro|es|son|bordea|supera|" \
	"cumple|cumplio|cumplen|cumplieron"

/* Nouns whose share is something else. */
#define OTHER_SHARES                                                                             \
	"participacion|asistencia|presupuesto|mujeres|hombres|encuestados|ciudadania|poblacion|" \
	"aprobacion|satisfaccion|respuesta|respuestas|votos|jovenes|municipios|inversion|"       \
	"descuento|mesas|talleres|asistentes|participantes|funcionarios|instituciones"

struct share {
	size_t from, to; /* words, the sign included */
	percent_hundredths value;
};

/* "cero por ciento" */
static bool spelt_share_at(const struct prose_words *words, size_t at, size_t end,
			   struct share *share)
{
	int value;
	size_t used = words_number(words, at, end, &value);
	if (!used || !words_match(words, at + used, end, "por ciento"))
		return false;
	*share = (struct share){at, at + used + 2, value <= 100 ? 100 * value : PERCENT_NONE};
	return true;
}

/* "38,5 %", "38 por ciento". */
static bool share_at(const struct prose_words *words, size_t at, size_t end, struct share *share)
{
	if (at < end && word_at(words, at)->kind == WORD_TEXT)
		return spelt_share_at(words, at, end, share);
	if (at >= end || word_at(words, at)->kind != WORD_NUMBER)
		return false;
	size_t sign = words_match(words, at + 1, end, "%");
	if (!sign)
		sign = words_match(words, at + 1, end, "por ciento");
	if (!sign)
		return false;
	*share = (struct share){at, at + 1 + sign, percent_parse(word_folded(words, at))};
	return true;
}

/* The figure it ends at, in "de 38 % a 44 %" and "sube al 38 % y llega al 44 %". Without a sign
 * at the first ("de 38,5 a 44 %") the loop over the words finds the second by itself. */
static struct share follow_rise(const struct prose_words *words, size_t end, struct share share)
{
	static const char *const joints[] = {
		"a|al|hasta el|un?",
		"hasta llegar|alcanzar a|al|el? el?",
		", y|e? llega|alcanza* a|al|el? el?",
		"y|e llega|llegando|alcanza* a|al|el? el?",
		"para llegar|alcanzar a|al|el? el?",
	};
	for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++) {
		struct share next;
		size_t length = words_match(words, share.to, end, joints[i]);
		if (length && share_at(words, share.to + length, end, &next))
			return next;
	}
	return share;
}

/* "el 40 % de las mesas" is a share of mesas; "de avance", "de lo previsto" is progress. */
static bool counts_things(const struct prose_words *words, size_t at, size_t end)
{
	size_t of = words_match(words, at, end, "de|del");
	if (!of)
		return false;
	at += of + words_match(words, at + of, end, "su|sus|lo|la|las|los|el");
	return at < end && word_at(words, at)->kind == WORD_TEXT &&
	       !word_matches(words, at,
			     CUES "|planificado|previsto|programado|meta|metas|hitos|"
				  "actividades|desarrollo|total|cronograma|ello|"
				  "compromiso|cumplido|acuerdo|hito|noviembre") &&
	       word_at(words, at - 1)->tense == TENSE_NONE;
}

/* Past "(Justicia abierta)" behind a commitment. */
static size_t skip_title(const struct prose_words *words, size_t from, size_t end)
{
	if (!word_is(words, from, "(") || word_at(words, from + 1)->kind != WORD_TEXT)
		return from;
	size_t close = words_find(words, from, end, ")");
	return close < end ? close + 1 : from;
}

/* How sure a figure at `at` is about the list that ended before `from`; -1: it is not. */
static int certainty_of(const struct prose_words *words, size_t from, size_t at)
{
	from = skip_title(words, from, at);
	static const char links[] = "(|:|-|=|,|con|al|a|en|es|un|el|de|del|avance|se|ubica|" CUES;
	size_t plain = from;
	while (plain < at && word_matches(words, plain, links))
		plain++;
	if (plain == at)
		return CERTAINTY_SURE;
	/* "C5 Participación de mujeres: 20 %": what stands between is the title. */
	bool titled = word_at(words, from)->shape == SHAPE_CAPITAL &&
		      word_matches(words, at - 1, "(|:");
	bool cued = false;
	size_t first = at > from + CUE_REACH ? at - CUE_REACH : from;
	for (size_t back = at; back-- > first;) {
		if (word_matches(words, back, OTHER_SHARES))
			return titled ? CERTAINTY_LIKELY : -1;
		cued |= word_matches(words, back, CUES) > 0;
	}
	if (cued)
		return CERTAINTY_LIKELY;
	return word_matches(words, at - 1, "(|:|-|=|ahora|hoy|actualmente|actual") ||
			       (word_matches(words, at - 1, "con|al|en") && at - from <= 12)
		       ? CERTAINTY_LIKELY
		       : -1;
}

/* "antes 20 %", "frente al 38 % anterior": what it was, not what it is. */
static bool is_earlier(const struct prose_words *words, struct share share, size_t from)
{
	return words_match_before(words, share.from, from, "antes|previo|anterior|era") ||
	       words_match_before(words, share.from, from,
				  "antes|frente|respecto|contra al|el|del") ||
	       word_matches(words, share.to, "anterior|previo|inicial");
}

/* "no llegó al 50 %", "debería llegar al 60 %", "la meta del C6 es 80 %": not what it has. */
static bool is_missed(const struct prose_words *words, const struct code_list *list, size_t at)
{
	static const char aims[] = "meta|metas|objetivo|deberia|deberian|debe|deben|debera|deberan|"
				   "espera|esperaba|preve|aspira|proyecta";
	size_t near = at > list->next + NO_REACH ? at - NO_REACH : list->next;
	/* "no varía (48 %)" shows what it has. */
	bool denied = !word_is(words, at - 1, "(") && words_find(words, near, at, "no") < at;
	if (denied || words_find(words, list->next, at, aims) < at)
		return true;
	return words_match_before(words, list->first, 0, "meta|metas|objetivo de|del|para") ||
	       words_match_before(words, list->first, 0, "meta|metas|objetivo de|para el|la|los");
}

struct binding {
	struct share share;
	int certainty;
};

/* The figure said of the list, in what follows it. */
static bool find_share(const struct prose_words *words, const struct code_list *list, size_t end,
		       struct binding *binding)
{
	struct code_list other;
	size_t last = list->next + REACH < end ? list->next + REACH : end;
	for (size_t at = list->next; at < last; at++) {
		struct share share;
		bool same = codes_at(words, at, end, &other);
		if (same && (other.count != list->count || other.numbers[0] != list->numbers[0]))
			return false;
		if (word_is(words, at, ";"))
			return false;
		if (!share_at(words, at, end, &share))
			continue;
		int certainty = certainty_of(words, list->next, at);
		share = follow_rise(words, end, share);
		if (is_earlier(words, share, list->next)) {
			at = share.to;
			continue;
		}
		if (certainty < 0 || share.value == PERCENT_NONE || is_missed(words, list, at) ||
		    counts_things(words, share.to, end))
			return false;
		*binding = (struct binding){share, certainty};
		return true;
	}
	return false;
}

static void add_measure(const struct prose_words *words, unsigned number,
			const struct binding *binding, struct word_range where,
			prose_measures *out)
{
	struct prose_measure *measure = vector_add(out);
	code_print(measure->code, number);
	measure->percent = binding->share.value;
	measure->certainty = (enum certainty)binding->certainty;
	measure->where = (struct prose_span){range_start(words, where.from),
					     range_length(words, where.from, where.to)};
}

/* "C5 y C6 con 20 % y 30 %, respectivamente": as many figures as commitments, one each.
 * Returns the figures read; they count only when they are exactly as many. */
static size_t read_sequence(const struct prose_words *words, size_t end, struct share first,
			    struct share shares[SEQUENCE_MAX])
{
	size_t count = 0;
	shares[count++] = first;
	while (count < SEQUENCE_MAX) {
		size_t at = shares[count - 1].to;
		size_t joint = words_match(words, at, end, ",? y|e el|del|al|un?");
		if (!joint)
			joint = words_match(words, at, end, ", el|del|al|un?");
		if (!joint || !share_at(words, at + joint, end, &shares[count]) ||
		    shares[count].value == PERCENT_NONE)
			break;
		count++;
	}
	return count;
}

/* Binds the list at `from` to its figures; returns the word to go on with. */
static size_t bind_list(const struct prose_words *words, const struct code_list *list,
			struct word_range place, prose_measures *out)
{
	struct binding binding;
	struct share shares[SEQUENCE_MAX];
	if (!find_share(words, list, place.to, &binding))
		return list->next;
	size_t count = read_sequence(words, place.to, binding.share, shares);
	bool each = list->count > 1 && count == list->count;
	struct word_range where = {place.from, each ? shares[count - 1].to : binding.share.to};
	for (size_t i = 0; i < list->count; i++) {
		if (each)
			binding.share = shares[i];
		add_measure(words, list->numbers[i], &binding, where, out);
	}
	return where.to;
}

/* "48 % en el C8", "20 % de avance (C1)": the figure first. Returns the word to go on with. */
static size_t bind_share(const struct prose_words *words, struct share share, size_t end,
			 prose_measures *out)
{
	struct code_list list;
	struct share own;
	size_t at = share.to;
	at += words_match(words, at, end, "de avance|cumplimiento|ejecucion|progreso");
	static const char *const joints[] = {
		"en|para|del|de|corresponde|( el|los|la|al?",
		"tiene|tienen|registra|registran|presenta|presentan|alcanza|alcanzan|muestra|"
		"muestran|reporta|reportan|logra|logran el|los|la?",
	};
	size_t joint = words_match(words, at, end, joints[0]);
	if (!joint)
		joint = words_match(words, at, end, joints[1]);
	/* "con 20 % el C1" */
	if (!joint && share.from && word_is(words, share.from - 1, "con"))
		joint = words_match(words, at, end, "el|los|la");
	if (!joint || !codes_at(words, at + joint, end, &list))
		return share.to;
	size_t next = list.next + words_match(words, list.next, end, "(|:");
	if (share.value == PERCENT_NONE || share_at(words, next, end, &own))
		return share.to;
	struct binding binding = {share, CERTAINTY_LIKELY};
	for (size_t i = 0; i < list.count; i++)
		add_measure(words, list.numbers[i], &binding,
			    (struct word_range){share.from, list.next}, out);
	return list.next;
}

static void measure_sentence(const struct prose_words *words, struct word_range sentence,
			     prose_measures *out)
{
	bool named = false; /* "compromisos 1 y 2": then "el 3" is one too */
	for (size_t at = sentence.from; at < sentence.to;) {
		struct code_list list;
		struct share share;
		named |= word_matches(words, at, "compromiso|compromisos") > 0;
		if (codes_at(words, at, sentence.to, &list) ||
		    (named && bare_codes_at(words, at, sentence.to, &list)))
			at = bind_list(words, &list, (struct word_range){at, sentence.to}, out);
		else if (share_at(words, at, sentence.to, &share))
			at = bind_share(words, share, sentence.to, out);
		else
			at++;
	}
}

/* "C6." alone is the label of the sentence behind it. */
static bool is_label(const struct prose_words *words, struct word_range sentence)
{
	struct code_list list;
	return codes_at(words, sentence.from, sentence.to, &list) && list.next + 1 == sentence.to;
}

void paragraph_measures(const struct prose_paragraph *paragraph, prose_measures *out)
{
	const word_ranges *sentences = &paragraph->sentences;
	for (size_t i = 0; i < sentences->count; i++) {
		struct word_range sentence = sentences->items[i];
		if (is_label(&paragraph->words, sentence) && i + 1 < sentences->count)
			sentence.to = sentences->items[++i].to;
		measure_sentence(&paragraph->words, sentence, out);
	}
}

void prose_find_measures(const char *text, prose_measures *out)
{
	struct prose_paragraph paragraph;
	paragraph_cut(&paragraph, NULL, text);
	paragraph_measures(&paragraph, out);
	paragraph_release(&paragraph);
}
