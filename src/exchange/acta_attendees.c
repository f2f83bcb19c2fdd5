/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_labels.h"
#include "nucleo/exchange/acta_parts.h"

/*
 * "Miembros: Sector Público: Presidencia, SNP (virtual). OSC: FCD. Ausentes: CNE"
 * is labels and lists. A label sets sector, capacity, status or mode for the
 * names behind it; names are parted by commas, semicolons, full stops, line
 * ends and the last "y".
 */

struct reader {
	const struct acta_flow *flow;
	const struct prose_institution *institutions;
	size_t institution_count;
	struct acta *acta;
	struct attendee_state state;
};

/* ---- names */

/* A part of the flow that names somebody. */
struct name {
	const char *text;
	size_t length;
	size_t offset; /* in the flow */
};

static struct name trim_name(struct name name)
{
	while (name.length && strchr(" .,;:\n*-", name.text[name.length - 1]))
		name.length--;
	while (name.length && strchr(" .,;\n*-", *name.text)) {
		name.text++;
		name.offset++;
		name.length--;
	}
	size_t bullet = acta_bullet_length(name.text);
	if (bullet && bullet < name.length) {
		name.text += bullet;
		name.offset += bullet;
		name.length -= bullet;
	}
	return name;
}

static bool is_nobody(const char *text)
{
	static const char *const words[] = {"ninguno", "ninguna",   "no hubo",
					    "no hay",  "n/a",	    "sin observadores",
					    "ningun",  "no aplica", "no existe"};
	struct strbuf folded;
	bool is = false;
	strbuf_init(&folded);
	utf8_fold(&folded, text);
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		is = is || strncmp(folded.data, words[i], strlen(words[i])) == 0;
	strbuf_release(&folded);
	return is;
}

static void add_attendee(struct reader *reader, struct name name)
{
	struct acta_attendee *attendee = vector_add(&reader->acta->attendees);
	bool names_person;
	*attendee = acta_parse_attendee(name.text, name.length, &names_person);
	attendee->sector = reader->state.sector;
	attendee->capacity = reader->state.capacity;
	attendee->status = reader->state.status;
	if (attendee->mode == ENUM_NONE)
		attendee->mode = reader->state.mode;
	attendee->line = acta_flow_line(reader->flow, name.offset);
	if (names_person)
		acta_remark(reader->acta, attendee->line,
			    _("el nombre de quien asiste no se guarda, solo su cargo"));
}

/* The same institution named twice ("Presidencia" as member and as guest): the first stands. */
static bool is_listed(const struct acta *acta, const char *acronym, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (utf8_equal_folded(acta->attendees.items[i].acronym, acronym))
			return true;
	return false;
}

static void drop_if_listed(struct reader *reader)
{
	struct acta *acta = reader->acta;
	size_t last = acta->attendees.count - 1;
	struct acta_attendee *attendee = &acta->attendees.items[last];
	if (*attendee->acronym && !is_listed(acta, attendee->acronym, last))
		return;
	if (*attendee->acronym)
		acta_remark(acta, attendee->line, _("%s está dos veces entre los asistentes"),
			    attendee->acronym);
	free(attendee->acronym);
	free(attendee->name);
	free(attendee->delegate);
	acta->attendees.count = last;
}

enum { NAME_MAX_BYTES = 300, ACRONYM_MAX = 24 };

static void take_name(struct reader *reader, struct name name)
{
	name = trim_name(name);
	if (!name.length || reader->state.is_ignored)
		return;
	char *text = mem_strndup(name.text, name.length);
	if (is_nobody(text)) {
		free(text);
		return;
	}
	if (name.length > NAME_MAX_BYTES || isdigit((unsigned char)*text) || acta_is_noise(text)) {
		acta_unplaced(reader->acta, acta_flow_line(reader->flow, name.offset), text);
	} else if (reader->acta->attendees.count < ACTA_MAX_ATTENDEES + 1) {
		add_attendee(reader, name);
		drop_if_listed(reader);
	}
	free(text);
}

/* ---- lists */

/* Length of the institution the caller knows whose name begins the text, else 0. */
static size_t known_name(const struct reader *reader, const char *text, size_t left)
{
	size_t best = 0;
	for (size_t i = 0; i < reader->institution_count; i++) {
		const char *name = reader->institutions[i].name;
		size_t length = name ? strlen(name) : 0;
		if (length > best && length <= left && strncmp(text, name, length) == 0 &&
		    (length == left || strchr(" ,.;(\n", text[length])))
			best = length;
	}
	return best;
}

/* Whether " y " in front of `after` parts two names rather than the words of one. */
static bool parts_names(const struct name *before, const char *after, size_t left)
{
	size_t word = 0;
	if (before->length > NAME_MAX_BYTES)
		return true;
	while (word < left && !strchr(" ,.;(\n", after[word]))
		word++;
	if (acta_is_acronym(after, word) || acta_starts_institution(after))
		return true;
	struct name left_name = trim_name(*before);
	const char *paren = memchr(left_name.text, '(', left_name.length);
	size_t used = paren ? (size_t)(paren - left_name.text) : left_name.length;
	while (used && left_name.text[used - 1] == ' ')
		used--;
	bool one_word = used && !memchr(left_name.text, ' ', used);
	bool other_is_one = word == left || strchr(".;\n(", after[word]) ||
			    (after[word] == ' ' && word + 1 < left && after[word + 1] == '(');
	return (one_word && other_is_one) || paren != NULL;
}

/* "MPCEIP" behind "Ministerio de Producción, Comercio Exterior, ...": where its name begins. */
static size_t name_start(const char *text, size_t list_start, size_t start, size_t paren)
{
	size_t close = 1, found = start, at = start;
	if (paren - start > NAME_MAX_BYTES)
		return start;
	while (close < ACRONYM_MAX && text[paren + close] && text[paren + close] != ')')
		close++;
	char *acronym = mem_strndup(text + paren + 1, close - 1);
	bool is_acronym = acta_is_acronym(acronym, strlen(acronym)) && strlen(acronym) >= 3;
	char *words = mem_strndup(text + start, paren - start);
	bool match = !is_acronym || acta_initials_match(acronym, words);
	free(words);
	for (int pieces = 0; !match && pieces < 6 && at > list_start; pieces++) {
		at--;
		while (at > list_start && !strchr(",;.\n", text[at - 1]) &&
		       paren - at < NAME_MAX_BYTES)
			at--;
		words = mem_strndup(text + at, paren - at);
		match = !strchr(words, '(') && acta_initials_match(acronym, words);
		free(words);
		if (match)
			found = at;
	}
	free(acronym);
	return found;
}

/* Offsets at which the names of a list begin; an end is the next one's beginning. */
typedef VECTOR(size_t) offsets;

/* A full stop that ends a list, not one inside "CC.AA." or behind "Ing". */
static bool is_list_stop(const char *text, size_t at, size_t end)
{
	if (text[at] == ',' || text[at] == ';' || text[at] == '\n')
		return true;
	return text[at] == '.' && (at + 1 >= end || text[at + 1] == ' ' || text[at + 1] == '\n') &&
	       (at < 3 || text[at - 2] != '.');
}

/* Length of " y " or " e " in front of another name, else 0. */
static size_t conjunction(const char *text, size_t at, size_t end)
{
	if (end - at < 4 || text[at] != ' ' || (text[at + 1] != 'y' && text[at + 1] != 'e') ||
	    text[at + 2] != ' ')
		return 0;
	return 3;
}

static void find_names(const struct reader *reader, size_t start, size_t end, offsets *out)
{
	const char *text = reader->flow->text.data;
	int depth = 0;
	size_t begin = start;
	vector_push(out, start);
	for (size_t at = start; at < end; at++) {
		struct name before = {text + begin, at - begin, begin};
		size_t known = at == begin ? known_name(reader, text + at, end - at) : 0;
		size_t skip = depth ? 0 : conjunction(text, at, end);
		if (known) {
			at += known - 1;
			continue;
		}
		if (text[at] == '(' && depth++ == 0) {
			size_t from = name_start(text, start, begin, at);
			while (out->count > 1 && out->items[out->count - 1] > from)
				out->count--;
			begin = out->items[out->count - 1];
		}
		if (text[at] == ')' && depth)
			depth--;
		if (text[at] == '\n')
			depth = 0;
		if (skip && !parts_names(&before, text + at + 3, end - at - 3))
			skip = 0;
		if (!depth && (skip || is_list_stop(text, at, end))) {
			begin = at + (skip ? skip : 1);
			begin += strspn(text + begin, " \n") < end - begin ?
					 strspn(text + begin, " \n") :
					 0;
			vector_push(out, begin);
			at = begin - 1;
		}
	}
	vector_push(out, end);
}

/* The name between two beginnings, without the "y" or comma that parts it from the next. */
static struct name name_between(const char *text, size_t start, size_t end, bool is_last)
{
	struct name name = {text + start, end - start, start};
	name = trim_name(name);
	if (!is_last && name.length > 2 && name.text[name.length - 2] == ' ' &&
	    strchr("ye", name.text[name.length - 1]))
		name.length -= 2;
	if (name.length > 2 && strchr("ye", name.text[0]) && name.text[1] == ' ') {
		name.text += 2;
		name.offset += 2;
		name.length -= 2;
	}
	return name;
}

static void take_list(struct reader *reader, size_t start, size_t end)
{
	offsets found = {0};
	find_names(reader, start, end, &found);
	for (size_t i = 0; i + 1 < found.count; i++)
		take_name(reader, name_between(reader->flow->text.data, found.items[i],
					       found.items[i + 1], i + 2 == found.count));
	vector_release(&found);
}

/* ---- the whole */

/* Where a label in front of the colon at `colon` can begin at the earliest. */
static size_t label_bound(const char *text, size_t start, size_t colon)
{
	size_t at = colon;
	while (at > start && !strchr(".,;:\n)", text[at - 1]) && colon - at < 100)
		at--;
	return at;
}

/* A label a narrow column broke, "UTPL. Sector" and on the next line "Privado:", begins on the
 * line before: where, or `bound` itself when that line only precedes it. */
static size_t broken_label_bound(const char *text, size_t start, size_t bound, size_t colon)
{
	if (bound <= start || text[bound - 1] != '\n')
		return bound;
	size_t earlier = label_bound(text, start, bound - 1);
	if (earlier <= start || text[earlier - 1] == '\n')
		return bound;
	char *words = mem_strndup(text + earlier, colon - earlier);
	words[bound - 1 - earlier] = ' ';
	struct attendee_label_end label = attendee_label_ending(words);
	free(words);
	return label.whole && earlier + label.start < bound ? earlier : bound;
}

static bool is_colon(const char *text, size_t at)
{
	return text[at] == ':' &&
	       !(at && isdigit((unsigned char)text[at - 1]) &&
		 isdigit((unsigned char)text[at + 1])) &&
	       strncmp(text + at, "://", 3) != 0;
}

/* Handles the colon at `at`: a label ends the list so far. Returns where the next list begins. */
static size_t take_colon(struct reader *reader, size_t start, size_t at)
{
	const char *text = reader->flow->text.data;
	size_t bound = label_bound(text, start, at);
	/* "Miembros (17):" */
	if (bound && text[bound - 1] == ')' && bound + 1 >= at) {
		size_t open = bound;
		while (open > start && text[open - 1] != '(' && at - open < NAME_MAX_BYTES)
			open--;
		bound = label_bound(text, start, open > start ? open - 1 : open);
	}
	bound = broken_label_bound(text, start, bound, at);
	char *words = mem_strndup(text + bound, at - bound);
	for (char *c = words; *c; c++)
		if (*c == '\n')
			*c = ' ';
	struct attendee_label_end label = attendee_label_ending(words);
	struct name bare = trim_name((struct name){text + bound, at - bound, bound});
	bool starts_list = bound == 0 || strchr(".;:\n", text[bound - 1]);
	size_t next = start;
	if (label.whole) {
		take_list(reader, start, bound + label.start);
		attendee_label_apply(label.whole, &reader->state);
		if (label.inner)
			attendee_label_apply(label.inner, &reader->state);
		next = at + 1;
	} else if (starts_list && bare.length && !acta_is_acronym(bare.text, bare.length) &&
		   !acta_starts_institution(bare.text)) {
		/* A sector of its own: "Gobiernos locales:". */
		take_list(reader, start, bound);
		reader->state.sector = SECTOR_OTHER;
		reader->state.is_ignored = false;
		next = at + 1;
	}
	free(words);
	return next;
}

/* Handles the line at `at` when it is a label without a colon. Returns where the list begins. */
static size_t take_label_line(struct reader *reader, size_t start, size_t at)
{
	const char *text = reader->flow->text.data;
	struct name line = {text + at, strcspn(text + at, "\n"), at};
	if (line.length > 100 || memchr(line.text, ':', line.length))
		return start;
	line = trim_name(line);
	if (!line.length || !attendee_label_is_line(line.text, line.length))
		return start;
	char *words = mem_strndup(line.text, line.length);
	struct attendee_label_end label = attendee_label_ending(words);
	free(words);
	if (!label.whole)
		return start;
	take_list(reader, start, at);
	attendee_label_apply(label.whole, &reader->state);
	if (label.inner)
		attendee_label_apply(label.inner, &reader->state);
	return at + strcspn(text + at, "\n");
}

enum rc acta_read_attendees(const struct acta_flow *flow,
			    const struct prose_institution *institutions, size_t institution_count,
			    struct acta *acta, struct error *err)
{
	struct reader reader = {
		.flow = flow,
		.institutions = institutions,
		.institution_count = institution_count,
		.acta = acta,
		.state = {SECTOR_OTHER, CAPACITY_MEMBER, ATTENDANCE_PRESENT, ENUM_NONE, false},
	};
	const char *text = flow->text.data;
	size_t start = 0;
	int depth = 0;
	for (size_t at = 0; text[at]; at++) {
		if (at == 0 || text[at - 1] == '\n')
			start = take_label_line(&reader, start, at);
		depth = text[at] == '\n' ? 0 :
					   depth + (text[at] == '(') - (text[at] == ')' && depth);
		if (!depth && is_colon(text, at))
			start = take_colon(&reader, start, at);
	}
	take_list(&reader, start, flow->text.length);
	if (acta->attendees.count > ACTA_MAX_ATTENDEES)
		return error_set(err, RC_INVALID, _("el acta nombra más de %d asistentes"),
				 ACTA_MAX_ATTENDEES);
	return RC_OK;
}
