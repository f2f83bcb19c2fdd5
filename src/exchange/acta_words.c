/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"

size_t acta_word_length(const char *text)
{
	return strcspn(text, " \t\n");
}

size_t acta_bare_length(const char *word, size_t length)
{
	while (length && strchr(".,;:)(", word[length - 1]))
		length--;
	return length;
}

bool acta_is_number_word(const char *text, size_t length)
{
	static const char *const words[] = {"No.", "No", "Nro.", "Nro", "N°", "Nº", "N.º",
					    "N.°", "#",	 "Núm.", "Ord.", "Ítem", "Item"};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (strlen(words[i]) == length && strncasecmp(text, words[i], length) == 0)
			return true;
	return false;
}

size_t acta_bullet_length(const char *text)
{
	static const char *const bullets[] = {"-", "•", "*", "–", "·", "▪",
					      "●", "◦", "➢", "✓", "o"};
	for (size_t i = 0; i < ARRAY_COUNT(bullets); i++) {
		size_t length = strlen(bullets[i]);
		if (strncmp(text, bullets[i], length) == 0 && text[length] == ' ')
			return length + strspn(text + length, " ");
	}
	return 0;
}

void acta_fold_n(struct strbuf *out, const char *text, size_t length)
{
	char *copy = mem_strndup(text, length);
	utf8_fold(out, copy);
	free(copy);
}

void acta_squeeze(struct strbuf *out, const char *text, size_t length)
{
	bool is_first = true;
	for (size_t i = 0; i < length;) {
		size_t word = 0;
		while (i < length && strchr(" \t\n\f", text[i]))
			i++;
		while (i + word < length && !strchr(" \t\n\f", text[i + word]))
			word++;
		if (!word)
			break;
		if (!is_first)
			strbuf_addch(out, ' ');
		strbuf_add(out, text + i, word);
		is_first = false;
		i += word;
	}
}

struct acta_brief acta_brief(const char *text)
{
	struct acta_brief brief = {0};
	size_t room = sizeof(brief.text) - 4;
	size_t length = utf8_valid_prefix(text, strnlen(text, room));
	memcpy(brief.text, text, length);
	if (text[length])
		memcpy(brief.text + length, "…", 3);
	return brief;
}

static bool is_mark(char c)
{
	return !isalnum((unsigned char)c) && !((unsigned char)c & 0x80);
}

/* The words end in no line of an acta is longer than this; longer "words" are none. */
enum { WORD_MAX = 64 };

bool acta_word_in(const char *text, size_t length, const char *words)
{
	struct strbuf key;
	while (length && is_mark(*text)) {
		text++;
		length--;
	}
	while (length && is_mark(text[length - 1]))
		length--;
	if (!length || length > WORD_MAX)
		return false;
	strbuf_init(&key);
	strbuf_addch(&key, '|');
	acta_fold_n(&key, text, length);
	strbuf_addch(&key, '|');
	bool found = strstr(words, key.data) != NULL;
	strbuf_release(&key);
	return found;
}

/* ---- labels */

struct label_name {
	const char *name; /* folded; '*' at the end: anything may follow */
	enum acta_label label;
};

static const struct label_name label_names[] = {
	{"fecha*", LABEL_DATE},
	{"dia", LABEL_DATE},
	{"hora*", LABEL_TIME},
	{"inicio", LABEL_TIME},
	{"fin", LABEL_TIME},
	{"lugar*", LABEL_PLACE},
	{"sitio", LABEL_PLACE},
	{"sede", LABEL_PLACE},
	{"modalidad*", LABEL_MODE},
	{"plataforma", LABEL_MODE},
	{"formato", LABEL_MODE},
	{"asistente*", LABEL_ATTENDEES},
	{"asistencia*", LABEL_ATTENDEES},
	{"participante*", LABEL_ATTENDEES},
	{"miembro*", LABEL_ATTENDEES},
	{"integrantes*", LABEL_ATTENDEES},
	{"observadores e invitaciones especiales", LABEL_ATTENDEES},
	{"observadores e invitados", LABEL_ATTENDEES},
	{"observador*", LABEL_ATTENDEES},
	{"invitados especiales", LABEL_ATTENDEES},
	{"invitad*", LABEL_ATTENDEES},
	{"invitaciones especiales", LABEL_ATTENDEES},
	{"ausente*", LABEL_ATTENDEES},
	{"ausencia*", LABEL_ATTENDEES},
	{"inasistencia*", LABEL_ATTENDEES},
	{"no asiste*", LABEL_ATTENDEES},
	{"justifican inasistencia", LABEL_ATTENDEES},
	{"justifica*", LABEL_ATTENDEES},
	{"excusa*", LABEL_ATTENDEES},
	{"con excusa", LABEL_ATTENDEES},
	{"sector publico", LABEL_ATTENDEES},
	{"sector privado", LABEL_ATTENDEES},
	{"sector*", LABEL_ATTENDEES},
	{"publico", LABEL_ATTENDEES},
	{"privado", LABEL_ATTENDEES},
	{"osc", LABEL_ATTENDEES},
	{"academia", LABEL_ATTENDEES},
	{"sociedad civil", LABEL_ATTENDEES},
	{"organizaciones de la sociedad civil", LABEL_ATTENDEES},
	{"organizaciones de la sociedad civil*", LABEL_ATTENDEES},
	{"instituciones asistentes", LABEL_ATTENDEES},
	{"presentes", LABEL_ATTENDEES},
	{"orden del dia", LABEL_AGENDA},
	{"orden del dia*", LABEL_AGENDA},
	{"orden del dia y resoluciones", LABEL_AGENDA},
	{"orden del dia y desarrollo", LABEL_AGENDA},
	{"desarrollo del orden del dia", LABEL_AGENDA},
	{"agenda", LABEL_AGENDA},
	{"agenda de la reunion", LABEL_AGENDA},
	{"agenda de la sesion", LABEL_AGENDA},
	{"agenda tratada", LABEL_AGENDA},
	{"puntos a tratar", LABEL_AGENDA},
	{"puntos de la agenda", LABEL_AGENDA},
	{"temas a tratar", LABEL_AGENDA},
	{"puntos del orden del dia", LABEL_AGENDA},
	{"puntos tratados", LABEL_AGENDA},
	{"temas tratados", LABEL_AGENDA},
	{"resoluciones y acuerdos", LABEL_RESOLUTIONS},
	{"acuerdos y resoluciones", LABEL_RESOLUTIONS},
	{"resoluciones adoptadas", LABEL_RESOLUTIONS},
	{"desarrollo de la reunion", LABEL_RESOLUTIONS},
	{"desarrollo de la sesion", LABEL_RESOLUTIONS},
	{"resoluciones*", LABEL_RESOLUTIONS},
	{"desarrollo*", LABEL_RESOLUTIONS},
	{"elaborado por", LABEL_PREPARED_BY},
	{"elaborada por", LABEL_PREPARED_BY},
	{"elaborad*", LABEL_PREPARED_BY},
	{"elaboro", LABEL_PREPARED_BY},
	{"elaboracion", LABEL_PREPARED_BY},
	{"redactado por", LABEL_PREPARED_BY},
	{"redactada por", LABEL_PREPARED_BY},
	{"redactad*", LABEL_PREPARED_BY},
	{"preparado por", LABEL_PREPARED_BY},
	{"preparada por", LABEL_PREPARED_BY},
	{"anexo", LABEL_ANNEXES},
	{"anexos*", LABEL_ANNEXES},
	{"documentos anexos", LABEL_ANNEXES},
	{"firma*", LABEL_SIGNATURES},
	{"firman*", LABEL_SIGNATURES},
	{"suscriben*", LABEL_SIGNATURES},
	{"para constancia firman", LABEL_SIGNATURES},
	{"para constancia*", LABEL_SIGNATURES},
	{"en constancia*", LABEL_SIGNATURES},
	{"quorum*", LABEL_IGNORED},
	{"convocatoria*", LABEL_IGNORED},
	{"tipo de reunion", LABEL_IGNORED},
	{"tipo de sesion", LABEL_IGNORED},
	{"preside", LABEL_IGNORED},
	{"preside la*", LABEL_IGNORED},
	{"presidid*", LABEL_IGNORED},
	{"president*", LABEL_IGNORED},
	{"copreside", LABEL_IGNORED},
	{"copresident*", LABEL_IGNORED},
	{"moderador*", LABEL_IGNORED},
};

enum { LABEL_MAX = 90, LABEL_WORDS_MAX = 8 };

/* Exact names stand alone; starred ones may go on ("hora de inicio"), without a colon only to
 * the end of their word: "firmas", but not "firma del convenio". */
static bool label_matches(const char *name, const char *key, bool has_colon)
{
	size_t length = strcspn(name, "*");
	if (strncmp(name, key, length) != 0)
		return false;
	if (!name[length])
		return !key[length];
	return has_colon || !strchr(key + length, ' ');
}

static enum acta_label label_lookup(const char *key, bool has_colon)
{
	for (size_t i = 0; i < ARRAY_COUNT(label_names); i++)
		if (label_matches(label_names[i].name, key, has_colon))
			return label_names[i].label;
	return LABEL_NONE;
}

static int count_words(const char *text)
{
	int words = 0;
	while (*(text += strspn(text, " "))) {
		words++;
		text += strcspn(text, " ");
	}
	return words;
}

/* Folded label text: no count in parentheses, no blanks at the ends, no full stop. */
static void label_key(struct strbuf *key, const char *text, size_t length)
{
	const char *paren = memchr(text, '(', length);
	struct strbuf squeezed;
	strbuf_init(&squeezed);
	acta_squeeze(&squeezed, text, paren ? (size_t)(paren - text) : length);
	utf8_fold(key, squeezed.data);
	strbuf_release(&squeezed);
	strbuf_trim(key);
	if (key->length && strchr(".-", key->data[key->length - 1]))
		strbuf_truncate(key, key->length - 1);
}

/* "No.  Orden del día": a column of numbers beside the one that is labelled. */
static const char *behind_number_word(const char *text)
{
	size_t word = acta_word_length(text);
	if (!acta_is_number_word(text, word) || (text[word] == ' ' && text[word - 1] != '.' &&
						 text[word + 1] != ' ' && text[word + 1] != '\t'))
		return text;
	return text + word + strspn(text + word, " \t");
}

enum acta_label acta_label_of(const char *text, const char **value)
{
	const char *start = behind_number_word(text + utf8_span(text, " \t*-•"));
	size_t length = strnlen(start, LABEL_MAX + 1);
	const char *colon = memchr(start, ':', length);
	enum acta_label label = LABEL_NONE;
	struct strbuf key;

	/* "aprobación del" / "orden del día": the rest of a heading. */
	if (!colon && (length > LABEL_MAX || acta_starts_lower(start)))
		return LABEL_NONE;
	strbuf_init(&key);
	label_key(&key, start, colon ? (size_t)(colon - start) : length);
	if (key.length && count_words(key.data) <= LABEL_WORDS_MAX)
		label = label_lookup(key.data, colon != NULL);
	strbuf_release(&key);
	*value = colon ? colon + 1 : start + length;
	return label;
}

/* ---- line ends */

static const char *const open_words =
	"|a|al|ante|bajo|con|contra|de|del|desde|durante|e|el|ella|en|entre|es|esta|este|estas|"
	"estos|hacia|hasta|la|las|lo|los|mas|mediante|muy|ni|no|o|para|pero|por|que|se|segun|"
	"ser|si|sin|sobre|son|su|sus|tras|u|un|una|unas|unos|y|cada|como|cual|cuyo|cuya|donde|"
	"ha|han|fue|sea|grupo|compromiso|articulo|ante|sea|otros|otras|gran|primer|primera|"
	"nuestro|nuestra|dicho|dicha|tanto|parte|";

static const char *const abbreviations =
	"|no|nro|num|art|arts|sr|sra|dr|dra|ing|lic|abg|eco|econ|msc|mgs|arq|av|avda|pag|ej|p|"
	"cap|lit|ltda|cia|dpto|depto|tel|ext|vs|gral|prof|sta|sto|ee|uu|inc|";

/* End of the last word, before closing quotes and parentheses; NULL for an empty text. */
static const char *last_sign(const char *text, size_t *length)
{
	*length = strlen(text);
	while (*length) {
		if (strchr(" \t\n\"')]", text[*length - 1]))
			(*length)--;
		else if (*length >= 3 && (memcmp(text + *length - 3, "”", 3) == 0 ||
					  memcmp(text + *length - 3, "’", 3) == 0))
			*length -= 3;
		else if (*length >= 2 && memcmp(text + *length - 2, "»", 2) == 0)
			*length -= 2;
		else
			return text + *length - 1;
	}
	return NULL;
}

static size_t last_word_start(const char *text, size_t length)
{
	while (length && !strchr(" \t\n(", text[length - 1]))
		length--;
	return length;
}

bool acta_ends_sentence(const char *text)
{
	size_t length;
	const char *end = last_sign(text, &length);
	if (!end)
		return false;
	if (*end == '!' || *end == '?' || (length >= 3 && memcmp(end - 2, "…", 3) == 0))
		return true;
	if (*end != '.')
		return false;
	size_t start = last_word_start(text, length);
	return !acta_word_in(text + start, length - start, abbreviations);
}

static bool has_open_paren(const char *text)
{
	int depth = 0;
	for (; *text; text++)
		depth += (*text == '(') - (*text == ')' && depth > 0);
	return depth > 0;
}

bool acta_ends_open(const char *text)
{
	size_t length = strlen(text);
	while (length && strchr(" \t\n", text[length - 1]))
		length--;
	if (!length)
		return false;
	if (strchr(",;(-/", text[length - 1]) ||
	    (length >= 3 && memcmp(text + length - 3, "–", 3) == 0))
		return true;
	if (acta_ends_sentence(text))
		return false;
	size_t start = last_word_start(text, length);
	return has_open_paren(text) || text[length - 1] == '.' ||
	       (text[length - 1] != ':' && acta_word_in(text + start, length - start, open_words));
}

/* First letter or digit, past quotes and opening marks. */
static uint32_t first_character(const char *text)
{
	uint32_t c;
	while ((c = utf8_next(&text)) != 0)
		if (c >= 0xC0 || (c < 0x80 && isalnum((int)c)))
			return c;
	return 0;
}

static bool is_lower(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF);
}

bool acta_starts_lower(const char *text)
{
	return is_lower(first_character(text));
}

/* ---- kinds of words */

bool acta_starts_post(const char *text)
{
	static const char *const posts =
		"|subsecretario|subsecretaria|director|directora|ministro|ministra|viceministro|"
		"viceministra|secretario|secretaria|presidente|presidenta|vicepresidente|"
		"vicepresidenta|copresidente|copresidenta|coordinador|coordinadora|alcalde|"
		"alcaldesa|vicealcalde|vicealcaldesa|prefecto|prefecta|viceprefecto|"
		"viceprefecta|gerente|rector|rectora|vicerrector|vicerrectora|delegado|delegada|"
		"concejal|concejala|representante|asesor|asesora|jefe|jefa|analista|responsable|"
		"decano|decana|vocal|titular|tecnico|tecnica|especialista|procurador|"
		"procuradora|defensor|defensora|superintendente|superintendenta|moderador|"
		"moderadora|relator|relatora|comisionado|comisionada|gobernador|gobernadora|"
		"intendente|intendenta|consejero|consejera|lider|subdirector|subdirectora|"
		"contralor|contralora|sindico|sindica|tesorero|tesorera|docente|investigador|"
		"investigadora|experto|experta|consultor|consultora|";
	return acta_word_in(text, acta_word_length(text), posts);
}

bool acta_starts_institution(const char *text)
{
	static const char *const heads =
		"|academia|agencia|alcaldia|asamblea|asociacion|banco|cabildo|camara|casa|"
		"centro|club|colectivo|colegio|comision|comite|comunidad|concejo|confederacion|"
		"consejo|consorcio|contraloria|cooperativa|coordinadora|copresidencia|"
		"corporacion|corte|cruz|defensoria|delegacion|departamento|direccion|empresa|"
		"escuela|facultad|federacion|fiscalia|foro|fundacion|gad|gobernacion|gobierno|"
		"gremio|grupo|instituto|intendencia|junta|liga|mancomunidad|mesa|ministerio|"
		"movimiento|municipalidad|municipio|observatorio|oficina|ong|organizacion|"
		"parlamento|pastoral|plataforma|policia|politecnica|prefectura|presidencia|"
		"procuraduria|red|registro|secretaria|servicio|sindicato|sociedad|subsecretaria|"
		"superintendencia|tribunal|unidad|union|universidad|veeduria|vicealcaldia|"
		"vicepresidencia|viceministerio|";
	return acta_word_in(text, acta_word_length(text), heads);
}

/* Words that names of units and projects have and names of persons have not. */
static bool names_no_person(const char *word, size_t length)
{
	static const char *const words =
		"|humano|humanos|social|juridico|juridica|general|publico|publica|publicos|"
		"publicas|legal|zonal|local|ciudadano|ciudadana|abierto|abierta|abiertos|abiertas|"
		"digital|nacional|provincial|cantonal|municipal|parroquial|estrategica|interno|"
		"interna|externo|externa|tecnico|tecnica|ejecutivo|ejecutiva|empresa|comercio|"
		"datos|proyectos|proyecto|programa|ambiente|turismo|obras|rural|urbano|urbana|";
	static const char *const endings[] = {"cion", "ciones", "sion",	 "tion", "miento", "dad",
					      "dades", "logia", "encia", "ncias"};
	struct strbuf folded;
	bool found = acta_word_in(word, length, words);
	strbuf_init(&folded);
	acta_fold_n(&folded, word, length);
	for (size_t i = 0; i < ARRAY_COUNT(endings) && !found; i++) {
		size_t n = strlen(endings[i]);
		found = folded.length > n &&
			strcmp(folded.data + folded.length - n, endings[i]) == 0;
	}
	strbuf_release(&folded);
	return found;
}

bool acta_is_person(const char *text)
{
	static const char *const titles =
		"|ing|dr|dra|lic|lcdo|lcda|abg|ab|econ|eco|msc|mgs|mg|phd|arq|sr|sra|srta|"
		"ingeniero|ingeniera|doctor|doctora|licenciado|licenciada|abogado|abogada|"
		"economista|";
	int words = 0;
	bool has_title = acta_word_in(text, acta_word_length(text), titles);
	if (strpbrk(text, "0123456789(") || acta_starts_post(text) ||
	    acta_starts_institution(text))
		return false;
	for (const char *at = text; *at; words++) {
		size_t length = acta_word_length(at);
		if (acta_starts_lower(at) && !acta_word_in(at, length, "|de|del|la|los|"))
			return false;
		if (!has_title && names_no_person(at, length))
			return false;
		at += length;
		at += strspn(at, " ");
	}
	return words >= 2 && words <= 7 && !acta_is_acronym(text, strlen(text));
}

bool acta_is_acronym(const char *text, size_t length)
{
	int capitals = 0, others = 0;
	const char *end = text + length, *at = text;
	if (!length || length > 24)
		return false;
	while (at < end) {
		uint32_t c = utf8_next(&at);
		if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0xDF))
			capitals++;
		else if (c == ' ')
			return false;
		else if (!(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '/' && c != '&')
			others++;
	}
	return capitals >= 2 && others * 3 <= capitals;
}
