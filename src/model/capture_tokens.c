/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/capture_parts.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/code.h"
#include "nucleo/model/names.h"

static struct prose_span span_of(size_t from, size_t to)
{
	return (struct prose_span){from, to - from};
}

static void add_token(struct capture_reader *reader, enum capture_token_kind kind,
		      struct prose_span where, char *problem)
{
	struct capture_token *token = vector_add(&reader->capture->tokens);
	token->kind = kind;
	token->where = where;
	token->problem = problem;
}

/* ---- what a line begins with */

/* What is followed by a colon without speaking. */
static bool is_label(const char *name)
{
	static const char *const labels[] = {
		"nota",	   "notas",	  "ojo",  "pd",	    "ps",	  "nb",	    "acuerdo",
		"acuerdos", "tarea",	  "pendiente", "plazo", "resolucion", "compromiso",
		"responsable", "tema",	  "punto", "varios", "anexo",	  "anexos", "lugar",
		"fecha",   "hora",	  "link", "url",    "http",	  "https",  "web",
		"zoom",	   "paga",	  "ogp",  "ods",    "gad",	  "osc",    "irm",
	};
	for (size_t i = 0; i < ARRAY_COUNT(labels); i++)
		if (utf8_equal_folded(name, labels[i]))
			return true;
	return false;
}

static bool has_small_letter(const char *name)
{
	struct strbuf lower;
	bool small = false;
	strbuf_init(&lower);
	for (const char *at = name; *at && !small;) {
		const char *from = at;
		utf8_next(&at);
		strbuf_reset(&lower);
		char *letter = mem_strndup(from, (size_t)(at - from));
		utf8_add_lower(&lower, letter);
		small = !strpbrk(letter, " -&.'0123456789") && strcmp(lower.data, letter) == 0;
		free(letter);
	}
	strbuf_release(&lower);
	return small;
}

/* The name people are called by before a colon, without its article. */
static char *name_before_colon(const char *line, size_t at, size_t colon)
{
	char *name = capture_words(line, span_of(at, colon));
	size_t article = strncmp(name, "El ", 3) == 0 || strncmp(name, "La ", 3) == 0 ? 3 : 0;
	char *bare = mem_strdup(name + article);
	free(name);
	return bare;
}

/* What nobody knows must stand `apart` from what it says: "http://" does not speak. */
static bool take_speaker(struct capture_reader *reader, const char *name, bool apart)
{
	const struct prose_context *prose = &reader->context->prose;
	int known = capture_institution(reader->context, name);
	bool group = prose->group && utf8_equal_folded(prose->group, name);
	bool acronym = apart && capture_may_be_institution(name) && !strchr(name, ' ') &&
		       !has_small_letter(name) && !is_label(name);
	if (known < 0 && !group && !acronym)
		return false;
	reader->capture->speaker_is_known = known >= 0;
	reader->capture->speaker = mem_strdup(known >= 0 ? prose->institutions[known].acronym
					      : group	 ? prose->group
							 : name);
	return true;
}

/* Reads "FCD:" at `at`; behind it, or `at` when there is none. */
static size_t read_speaker(struct capture_reader *reader, size_t at)
{
	const char *line = reader->line;
	size_t colon = at;
	while (line[colon] && line[colon] != ':' && colon - at <= CAPTURE_NAME_MAX)
		colon++;
	if (reader->capture->speaker || line[colon] != ':' || colon == at)
		return at;
	char *name = name_before_colon(line, at, colon);
	bool apart = !line[colon + 1] || capture_blank(line + colon + 1);
	bool taken = take_speaker(reader, name, apart);
	free(name);
	if (!taken)
		return at;
	add_token(reader, CAPTURE_SPEAKER, span_of(at, colon + 1), NULL);
	return colon + 1;
}

/* Reads one of the signs, once each. */
static size_t read_sign(struct capture_reader *reader, size_t at)
{
	struct capture *capture = reader->capture;
	const struct {
		char sign;
		enum capture_token_kind kind;
		bool seen;
	} signs[] = {
		{'=', CAPTURE_DECISION, capture->kind == ENTRY_DECISION},
		{'?', CAPTURE_DOUBT, capture->is_doubt},
		{'~', CAPTURE_PRIVATE, capture->is_private},
	};
	for (size_t i = 0; i < ARRAY_COUNT(signs); i++) {
		if (reader->line[at] != signs[i].sign || signs[i].seen)
			continue;
		if (signs[i].kind == CAPTURE_DECISION)
			capture->kind = ENTRY_DECISION;
		else if (signs[i].kind == CAPTURE_DOUBT)
			capture->is_doubt = true;
		else
			capture->is_private = true;
		add_token(reader, signs[i].kind, span_of(at, at + 1), NULL);
		return at + 1;
	}
	return at;
}

size_t capture_read_lead(struct capture_reader *reader)
{
	for (size_t at = 0;;) {
		at = capture_skip_blanks(reader->line, at);
		size_t behind = read_sign(reader, at);
		if (behind == at)
			behind = read_speaker(reader, at);
		if (behind == at)
			return at;
		at = behind;
	}
}

/* ---- tokens: each reader fills a piece whose body begins with the sign, or says why not */

/* An institution of "@AME,FCD" from `at` on, in quotes or not; behind it. */
static size_t next_name(const char *line, size_t at, char **name)
{
	struct prose_span inside;
	size_t end = capture_quoted(line, at, CAPTURE_NAME_MAX, &inside);
	if (!end) {
		end = at;
		while (line[end] && line[end] != ',' && !capture_blank(line + end))
			end++;
		end = capture_word_close(line, at, end);
		inside = span_of(at, end);
	}
	*name = capture_words(line, inside);
	return end;
}

static char *why_no_institution(const char *name)
{
	char *brief = capture_brief(name, (struct prose_span){0, strlen(name)});
	char *problem = capture_say(_("«%s» no está en el directorio; con mayúscula se registra"),
				    brief);
	free(brief);
	return problem;
}

/* Adds a name to a list as records call it; what is wrong with it, owned, or NULL. */
static char *add_name(const struct capture_reader *reader, const char *name,
		      struct strbuf *names)
{
	const struct prose_context *prose = &reader->context->prose;
	int known = capture_institution(reader->context, name);
	bool group = prose->group && utf8_equal_folded(prose->group, name);
	if (capture_is_quote(name, 0))
		return mem_strdup(_("faltan las comillas que cierran el nombre"));
	if (known < 0 && !group && !capture_may_be_institution(name))
		return why_no_institution(name);
	if (names->length)
		strbuf_addch(names, '\n');
	strbuf_adds(names, known >= 0 ? prose->institutions[known].acronym
			   : group    ? prose->group
				      : name);
	return NULL;
}

static bool has_line(const char *list, const char *line, size_t length)
{
	for (const char *at = list; *at; at += *at == '\n') {
		size_t own = strcspn(at, "\n");
		if (own == length && strncmp(at, line, length) == 0)
			return true;
		at += own;
	}
	return false;
}

static void add_responsible(struct capture_reader *reader, const char *names)
{
	struct strbuf *all = &reader->responsible;
	for (const char *at = names; *at; at += *at == '\n') {
		size_t length = strcspn(at, "\n");
		if (!has_line(all->data, at, length)) {
			if (all->length)
				strbuf_addch(all, '\n');
			strbuf_add(all, at, length);
			reader->responsible_count++;
		}
		at += length;
	}
}

/* "AME, FCD y CNE" of a list of lines. */
static char *joined(const char *names)
{
	struct strbuf out;
	strbuf_init(&out);
	for (const char *at = names; *at; at += *at == '\n') {
		size_t length = strcspn(at, "\n");
		if (at != names)
			strbuf_adds(&out, at[length] ? ", " : " y ");
		strbuf_add(&out, at, length);
		at += length;
	}
	return strbuf_detach(&out);
}

static char *read_responsible(struct capture_reader *reader, struct capture_piece *piece)
{
	struct strbuf names;
	char *name = NULL, *problem = NULL;
	size_t end = piece->body.start, count = reader->responsible_count;
	strbuf_init(&names);
	do {
		end = next_name(reader->line, end + 1, &name);
		problem = count++ < CAPTURE_NAMES_MAX
				  ? add_name(reader, name, &names)
				  : mem_strdup(_("son demasiadas instituciones"));
		free(name);
	} while (!problem && reader->line[end] == ',' && reader->line[end + 1] &&
		 !capture_blank(reader->line + end + 1) &&
		 !strchr(",.;:)", reader->line[end + 1]));
	piece->body = span_of(piece->body.start, end);
	if (!problem) {
		add_responsible(reader, names.data);
		piece->said = joined(names.data);
	}
	strbuf_release(&names);
	return problem;
}

static char *read_due(struct capture_reader *reader, struct capture_piece *piece)
{
	struct capture *capture = reader->capture;
	struct capture_when when =
		capture_read_when(reader->context, reader->line, piece->body.start + 1);
	piece->body = span_of(piece->body.start, when.end);
	if (when.problem)
		return when.problem;
	if (capture->due_text) {
		free(when.words);
		return capture_say(_("la línea ya tiene plazo: «%.40s»"), capture->due_text);
	}
	capture->due = when.date;
	capture->due_text = when.words;
	piece->stays = when.is_phrase;
	piece->said = mem_strdup(when.words);
	return NULL;
}

/* What a sentence calls it: "C5", also where its plan had to be typed. */
static char *bare_code(const struct capture_commitment *commitment)
{
	const char *slash = strrchr(commitment->code, '/');
	return mem_strdup(slash ? slash + 1 : commitment->code);
}

static char *read_commitment(struct capture_reader *reader, struct capture_piece *piece)
{
	struct capture *capture = reader->capture;
	char *problem = NULL;
	size_t from = piece->body.start + 1;
	char *typed = mem_strndup(reader->line + from, piece->body.length - 1);
	const struct capture_commitment *found =
		capture_commitment(reader->context, typed, &problem);
	free(typed);
	if (!found)
		return problem;
	if (capture->commitment && strcmp(capture->commitment, found->code) != 0)
		return capture_say(_("la línea ya es del %s; va una por compromiso"),
				   capture->commitment);
	if (!capture->commitment)
		capture->commitment = mem_strdup(found->code);
	piece->said = bare_code(found);
	return NULL;
}

static void set_measurement(struct capture *capture, const char *code, percent_hundredths percent)
{
	for (size_t i = 0; i < capture->measurements.count; i++)
		if (strcmp(capture->measurements.items[i].code, code) == 0) {
			capture->measurements.items[i].percent = percent;
			return;
		}
	struct capture_measurement *measurement = vector_add(&capture->measurements);
	*measurement = (struct capture_measurement){mem_strdup(code), percent};
}

static char *read_measurement(struct capture_reader *reader, struct capture_piece *piece)
{
	char *problem = NULL;
	char *typed = mem_strndup(reader->line + piece->body.start + 1, piece->body.length - 1);
	char *equals = strchr(typed, '=');
	if (!equals)
		problem = mem_strdup(_("una medición se escribe %C6=38"));
	else
		*equals = '\0';
	const struct capture_commitment *found =
		problem ? NULL : capture_commitment(reader->context, typed, &problem);
	percent_hundredths percent = found ? percent_parse(equals + 1) : PERCENT_NONE;
	if (found && percent == PERCENT_NONE)
		problem = capture_say(_("%s: el avance va de 0 a 100, con dos decimales a lo más"),
				      found->code);
	free(typed);
	if (problem)
		return problem;
	char *code = bare_code(found);
	struct strbuf said;
	strbuf_init(&said);
	strbuf_addf(&said, "%s (", code);
	percent_add(&said, percent);
	strbuf_adds(&said, " %)");
	piece->said = strbuf_detach(&said);
	free(code);
	set_measurement(reader->capture, found->code, percent);
	return NULL;
}

static const struct token_reader {
	char sign;
	enum capture_token_kind kind;
	char *(*read)(struct capture_reader *, struct capture_piece *);
} token_readers[] = {
	{'@', CAPTURE_RESPONSIBLE, read_responsible},
	{'!', CAPTURE_DUE, read_due},
	{'#', CAPTURE_COMMITMENT, read_commitment},
	{'%', CAPTURE_MEASUREMENT, read_measurement},
};

/* The reader of the token that begins at `at`; NULL for a sign that is only a sign: "50 %". */
static const struct token_reader *token_at(const char *line, size_t at)
{
	const char *next = line + at + 1;
	for (size_t i = 0; i < ARRAY_COUNT(token_readers); i++) {
		if (line[at] != token_readers[i].sign)
			continue;
		bool quoted = strchr("@!", line[at]) && capture_is_quote(line, at + 1);
		bool meant = quoted || (line[at] == '!' && *next == '+') ||
			     utf8_is_alphanumeric(utf8_next(&next));
		return meant ? &token_readers[i] : NULL;
	}
	return NULL;
}

/* Reads a token into the piece, whose body is the word up to its closing punctuation. One that is
 * not understood stays a word. */
static void read_token(struct capture_reader *reader, const struct token_reader *token,
		       struct capture_piece *piece, size_t end)
{
	struct prose_span word = piece->body;
	piece->kind = token->kind;
	char *problem = token->read(reader, piece);
	size_t behind = piece->body.start + piece->body.length;
	add_token(reader, token->kind, problem ? word : piece->body, problem);
	piece->is_token = !problem;
	piece->is_wrong = problem != NULL;
	if (problem) {
		piece->body = word;
		return;
	}
	if (behind > end)
		end = capture_word_end(reader->line, behind);
	if (capture_word_close(reader->line, behind, end) == behind)
		piece->closes = span_of(behind, end);
	else
		piece->closes = span_of(behind, behind);
}

static size_t piece_end(const struct capture_piece *piece)
{
	return piece->closes.start + piece->closes.length;
}

/* A word of the line from `sign` on, behind what opens it. */
static struct capture_piece word_piece(const char *line, size_t at, size_t sign, size_t end)
{
	size_t close = capture_word_close(line, sign, end);
	if (close <= sign)
		close = end;
	return (struct capture_piece){.opens = span_of(at, sign),
				      .body = span_of(sign, close),
				      .closes = span_of(close, end)};
}

/* Reads the word at `at`; where it ends. */
static size_t read_piece(struct capture_reader *reader, size_t at)
{
	const char *line = reader->line;
	size_t end = capture_word_end(line, at);
	size_t sign = at + utf8_span(line + at, "([{«“\"¿¡");
	const struct token_reader *token = sign < end ? token_at(line, sign) : NULL;
	bool escaped = line[sign] == '\\' && line[sign + 1] &&
		       strchr("@!#%=?~", line[sign + 1]);
	struct capture_piece *piece = vector_add(&reader->pieces);
	*piece = word_piece(line, at, sign + escaped, end);
	piece->opens = span_of(at, sign);
	if (token)
		read_token(reader, token, piece, end);
	return piece_end(piece);
}

void capture_read_pieces(struct capture_reader *reader, size_t at)
{
	const char *line = reader->line;
	while (line[at = capture_skip_blanks(line, at)]) {
		at = read_piece(reader, at);
		/* What stands right behind quotes is no token. */
		size_t end = capture_word_end(line, at);
		if (end > at)
			vector_push(&reader->pieces, word_piece(line, at, at, end));
		at = end;
	}
}
