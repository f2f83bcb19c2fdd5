/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/csv_parts.h"
#include "nucleo/model/code.h"
#include "nucleo/model/directory.h"
#include "nucleo/model/records.h"
#include "nucleo/model/sector_guess.h"

/* PARTIES_MAX: of one commitment. UNKNOWN_MAX: of one file. A hostile file must not make more. */
enum { PARTIES_MAX = 100, UNKNOWN_MAX = 5000 };

/* ---- one name for all the ways an institution is written */

/* Words that come and go in a name: "Defensoría del Pueblo (de Ecuador)". */
static bool is_filler(const char *word)
{
	static const char *const fillers[] = {"de", "del", "la", "las",	    "el",	"los",
					      "y",  "e",   "en", "ecuador", "republica"};
	for (size_t i = 0; i < ARRAY_COUNT(fillers); i++)
		if (strcmp(word, fillers[i]) == 0)
			return true;
	return false;
}

static void add_words(struct strbuf *out, const char *folded, bool with_fillers)
{
	for (const char *at = folded; *at;) {
		size_t length = 0;
		while (at[length] &&
		       (isalnum((unsigned char)at[length]) || (unsigned char)at[length] >= 0x80))
			length++;
		char *word = mem_strndup(at, length);
		if (length && (with_fillers || !is_filler(word)))
			strbuf_addf(out, " %s", word);
		free(word);
		at += length ? length : 1;
	}
}

/* Owned: "nombre" and the words that tell it from others; names that have the same are one. */
static char *plain_name(const char *name)
{
	struct strbuf folded, plain;
	strbuf_init(&folded);
	strbuf_init(&plain);
	utf8_fold(&folded, name);
	add_words(&plain, folded.data, false);
	if (!plain.length)
		add_words(&plain, folded.data, true);
	strbuf_release(&folded);
	return strbuf_detach(&plain);
}

static void put_name(struct text_map *map, const char *prefix, char *name, size_t i)
{
	struct strbuf key;
	strbuf_init(&key);
	strbuf_addf(&key, "%s%s", prefix, name);
	if (text_map_get(map, key.data) == TEXT_MAP_NONE)
		text_map_put(map, key.data, i);
	strbuf_release(&key);
	free(name);
}

static size_t get_name(const struct text_map *map, const char *prefix, char *name)
{
	struct strbuf key;
	strbuf_init(&key);
	strbuf_addf(&key, "%s%s", prefix, name);
	size_t found = text_map_get(map, key.data);
	strbuf_release(&key);
	free(name);
	return found;
}

static void index_organization(struct csv_import *import, size_t i, const char *acronym,
			       const char *name)
{
	put_name(&import->index, "oa", utf8_sort_key(acronym), i);
	if (name)
		put_name(&import->index, "on", plain_name(name), i);
}

void csv_index_organizations(struct csv_import *import)
{
	const struct directory_entry *entry;
	for (size_t i = 0; i < import->records[CSV_ORGANIZATIONS].count; i++) {
		const struct organization *row = csv_at(import, CSV_ORGANIZATIONS, i)->stored;
		index_organization(import, i, row->acronym, row->name);
	}
	for (int i = 0; (entry = directory_at(i)) != NULL; i++) {
		put_name(&import->directory, "a", utf8_sort_key(entry->acronym), (size_t)i);
		if (entry->name)
			put_name(&import->directory, "n", plain_name(entry->name), (size_t)i);
	}
}

/* ---- finding */

static size_t find_exact(const struct csv_import *import, const char *text)
{
	size_t found = get_name(&import->index, "oa", utf8_sort_key(text));
	return found != TEXT_MAP_NONE ? found : get_name(&import->index, "on", plain_name(text));
}

static const struct directory_entry *find_entry(const struct csv_import *import, const char *text)
{
	size_t found = get_name(&import->directory, "a", utf8_sort_key(text));
	if (found == TEXT_MAP_NONE)
		found = get_name(&import->directory, "n", plain_name(text));
	return found == TEXT_MAP_NONE ? NULL : directory_at((int)found);
}

/* What a text says of an institution: "Red de Datos (REDAM)" is both. */
struct naming {
	char *name;    /* owned, never empty */
	char *acronym; /* owned; NULL: none is given */
};

static struct naming naming_of(const char *text)
{
	const char *open = strrchr(text, '('), *close = open ? strchr(open, ')') : NULL;
	struct naming naming = {0};
	struct strbuf name;
	if (open && close && !close[1] && open > text) {
		char *inner = mem_strndup(open + 1, (size_t)(close - open - 1));
		if (code_is_acronym(inner) && !strchr(inner, ' '))
			naming.acronym = inner;
		else
			free(inner);
	}
	strbuf_init(&name);
	strbuf_add(&name, text, naming.acronym ? (size_t)(open - text) : strlen(text));
	strbuf_trim(&name);
	naming.name = strbuf_detach(&name);
	return naming;
}

static void naming_release(struct naming *naming)
{
	free(naming->name);
	free(naming->acronym);
}

static size_t find_named(const struct csv_import *import, const struct naming *naming,
			 const struct directory_entry **entry)
{
	size_t found = naming->acronym ? find_exact(import, naming->acronym) : CSV_NONE;
	if (found == CSV_NONE)
		found = find_exact(import, naming->name);
	*entry = naming->acronym ? find_entry(import, naming->acronym) : NULL;
	if (!*entry)
		*entry = find_entry(import, naming->name);
	if (found == CSV_NONE && *entry)
		found = find_exact(import, (*entry)->acronym);
	if (found == CSV_NONE && *entry && (*entry)->name)
		found = find_exact(import, (*entry)->name);
	return found;
}

/* The institution called so, by acronym or name, nearly or exactly; CSV_NONE. */
static size_t find_organization(const struct csv_import *import, const char *text)
{
	const struct directory_entry *entry;
	struct naming naming = naming_of(text);
	size_t found = find_named(import, &naming, &entry);
	naming_release(&naming);
	return found;
}

/* ---- making */

/* The last place up to `most` where a word ends that can end a name. */
static size_t last_word_end(const char *text, size_t most)
{
	size_t end = 0, start = 0;
	for (size_t i = 0; i <= most && text[i]; i++) {
		if (text[i] != ' ')
			continue;
		char *word = mem_strndup(text + start, i - start);
		if (i > start + 1 && !is_filler(word))
			end = i;
		free(word);
		start = i + 1;
	}
	return end ? end : most;
}

#define CUT "…"

/* Owned: the name without what an acronym cannot have, cut at a word to `most` bytes. That it
 * is cut shows: the beginning of a name may be the name of another institution. */
static char *shortened(const char *name, size_t most)
{
	struct strbuf text;
	strbuf_init(&text);
	for (; *name; name++) {
		char c = strchr(",;/\n\t", *name) ? ' ' : *name;
		if (c != ' ' || (text.length && text.data[text.length - 1] != ' '))
			strbuf_addch(&text, c);
	}
	bool is_cut = text.length > most;
	if (is_cut)
		strbuf_truncate(&text, last_word_end(text.data, most - strlen(CUT)));
	strbuf_truncate(&text, utf8_valid_prefix(text.data, text.length));
	strbuf_trim(&text);
	if (is_cut || !text.length)
		strbuf_adds(&text, CUT);
	return strbuf_detach(&text);
}

static bool is_taken(const struct csv_import *import, const char *acronym)
{
	return get_name(&import->index, "oa", utf8_sort_key(acronym)) != CSV_NONE;
}

/* An acronym nobody has yet, from the beginning of the name; numbered where one has it, from
 * the number on that was given last for that beginning. */
static char *acronym_for(struct csv_import *import, const char *name)
{
	enum { NUMBER_ROOM = 7 };
	char *first = shortened(name, CODE_ACRONYM_MAX);
	struct strbuf text;
	if (!is_taken(import, first))
		return first;
	free(first);
	first = shortened(name, CODE_ACRONYM_MAX - NUMBER_ROOM);
	size_t number = get_name(&import->index, "o#", mem_strdup(first));
	number = number == CSV_NONE ? 1 : number;
	strbuf_init(&text);
	do {
		strbuf_reset(&text);
		strbuf_addf(&text, "%s %zu", first, ++number);
	} while (is_taken(import, text.data));
	struct strbuf key;
	strbuf_init(&key);
	strbuf_addf(&key, "o#%s", first);
	text_map_put(&import->index, key.data, number);
	strbuf_release(&key);
	free(first);
	return strbuf_detach(&text);
}

static size_t add_organization(struct csv_import *import, char *acronym, const char *name,
			       int sector)
{
	size_t i = csv_add_record(import, CSV_ORGANIZATIONS, CSV_NONE);
	struct csv_record *record = csv_at(import, CSV_ORGANIZATIONS, i);
	index_organization(import, i, acronym, name);
	if (name && strcmp(name, acronym) != 0)
		csv_set_text(record, CSV_ORGANIZATIONS, "name", mem_strdup(name));
	csv_set_text(record, CSV_ORGANIZATIONS, "acronym", acronym);
	if (sector != ENUM_NONE)
		csv_set_text(record, CSV_ORGANIZATIONS, "sector",
			     mem_strdup(enum_name(&sector_names, sector)));
	return i;
}

static size_t add_from_directory(struct csv_import *import, const struct directory_entry *entry,
				 const char *name)
{
	return add_organization(import, mem_strdup(entry->acronym),
				entry->name ? entry->name : name, entry->sector);
}

/* Somebody should look at what is only known by the way a spreadsheet calls it. CSV_NONE where
 * it would be too much to look at: check_unknown() says so. */
static size_t add_unknown(struct csv_import *import, const struct naming *naming)
{
	if (++import->unknown_count > UNKNOWN_MAX)
		return CSV_NONE;
	char *acronym = naming->acronym ? mem_strdup(naming->acronym)
					: acronym_for(import, naming->name);
	size_t i = add_organization(import, acronym, naming->name,
				    sector_of_name(naming->name));
	csv_at(import, CSV_ORGANIZATIONS, i)->is_review = true;
	return i;
}

static size_t find_or_add(struct csv_import *import, const char *text)
{
	const struct directory_entry *entry;
	struct naming naming = naming_of(text);
	size_t found = find_named(import, &naming, &entry);
	if (found == CSV_NONE && entry)
		found = add_from_directory(import, entry, naming.name);
	else if (found == CSV_NONE)
		found = add_unknown(import, &naming);
	naming_release(&naming);
	return found;
}

/* ---- cells that name several */

static void add_party(struct csv_record *commitment, int role, size_t organization)
{
	if (organization == CSV_NONE || commitment->parties.count > PARTIES_MAX)
		return;
	for (size_t i = 0; i < commitment->parties.count; i++)
		if (commitment->parties.items[i].role == role &&
		    commitment->parties.items[i].organization == organization)
			return;
	vector_push(&commitment->parties, ((struct csv_party){role, organization}));
}

#define BULLET "•"

/* Length of the next part of the text, which ends at "--", a bullet, ';' or a line end, or with
 * `at_commas` at a comma; `*skip` is how long the separator is. */
static size_t next_part(const char *text, bool at_commas, size_t *skip)
{
	size_t length = 0;
	for (; text[length]; length++) {
		*skip = 1;
		if (strncmp(text + length, "--", 2) == 0)
			*skip = 2;
		else if (strncmp(text + length, BULLET, strlen(BULLET)) == 0)
			*skip = strlen(BULLET);
		if (*skip > 1 || strchr(";\n", text[length]) || (at_commas && text[length] == ','))
			return length;
	}
	*skip = 0;
	return length;
}

static bool looks_like_acronym(const char *text)
{
	size_t length = strlen(text);
	return length >= 2 && length <= 15 && !islower((unsigned char)text[1]) &&
	       code_is_acronym(text) && !strchr(text, ' ');
}

/* A comma may stand in a name: it only separates where each part is an institution by itself. */
static bool is_list(const struct csv_import *import, const char *text)
{
	size_t skip;
	if (!strchr(text, ',') || find_organization(import, text) != CSV_NONE ||
	    find_entry(import, text))
		return false;
	for (bool is_known = true; is_known; text += skip) {
		size_t length = next_part(text, true, &skip);
		char *part = strbuf_trimmed(text, length);
		is_known = !*part || looks_like_acronym(part) || find_entry(import, part) ||
			   find_organization(import, part) != CSV_NONE;
		free(part);
		text += length;
		if (!skip || !is_known)
			return is_known;
	}
	return false;
}

static void add_parts(struct csv_import *import, size_t commitment, int role, const char *text,
		      bool at_commas)
{
	size_t skip;
	do {
		size_t length = next_part(text, at_commas, &skip);
		char *part = strbuf_trimmed(text, length);
		if (!at_commas && is_list(import, part))
			add_parts(import, commitment, role, part, true);
		else if (*part)
			add_party(csv_at(import, CSV_COMMITMENTS, commitment), role,
				  find_or_add(import, part));
		free(part);
		text += length + skip;
	} while (skip);
}

/* Says so when a file has more unknown institutions than a list of them can be of any use. */
static void check_unknown(struct csv_import *import, struct csv_place place)
{
	if (import->unknown_count > UNKNOWN_MAX)
		csv_fault(import, place.row, place.column,
			  _("el archivo nombra más de %d instituciones desconocidas"), UNKNOWN_MAX);
}

void csv_parties(struct csv_import *import, size_t commitment, int role, struct csv_place place)
{
	if (place.column == CSV_NONE)
		return;
	add_parts(import, commitment, role, csv_cell(&import->table, place.row, place.column),
		  false);
	check_unknown(import, place);
	if (csv_at(import, CSV_COMMITMENTS, commitment)->parties.count > PARTIES_MAX)
		csv_fault(import, place.row, place.column,
			  _("el compromiso tiene más de %d instituciones"), PARTIES_MAX);
}

/* ---- a table of institutions */

static size_t column_of(const struct csv_import *import, const char *field)
{
	return csv_column_of(&import->columns, CSV_ORGANIZATIONS, field, ENUM_NONE);
}

static const char *cell_of(const struct csv_import *import, size_t row, const char *field)
{
	size_t column = column_of(import, field);
	return column == CSV_NONE ? "" : csv_cell(&import->table, row, column);
}

/* By its acronym, else by its name; the database goes on calling it as it does. */
static size_t find_of_row(struct csv_import *import, size_t row, const char *acronym,
			  const char *name)
{
	size_t found = *acronym ? get_name(&import->index, "oa", utf8_sort_key(acronym)) : CSV_NONE;
	if (found != CSV_NONE || !*name)
		return found;
	found = find_organization(import, name);
	const struct csv_record *record =
		found == CSV_NONE ? NULL : csv_at(import, CSV_ORGANIZATIONS, found);
	if (*acronym && record && record->stored)
		csv_remark(import, row, _("«%s» ya está en la base, como %s"), acronym,
			   ((const struct organization *)record->stored)->acronym);
	return found;
}

/* As our lists, spreadsheets and people say it. */
static bool says_yes(const char *cell)
{
	return utf8_equal_folded(cell, "true") || utf8_equal_folded(cell, "verdadero") ||
	       utf8_equal_folded(cell, "si") || strcmp(cell, "1") == 0;
}

static size_t add_of_row(struct csv_import *import, size_t row, const char *acronym,
			 const char *name)
{
	if (!*acronym)
		return find_or_add(import, name);
	if (!code_is_acronym(acronym)) {
		csv_fault(import, row, column_of(import, "acronym"),
			  _("«%s» no sirve de siglas: hasta %d letras, sin comas, puntos y comas "
			    "ni barras"),
			  acronym, CODE_ACRONYM_MAX);
		return CSV_NONE;
	}
	const struct directory_entry *entry = find_entry(import, acronym);
	size_t i = add_organization(import, mem_strdup(acronym),
				    *name   ? name
				    : entry ? entry->name
					    : NULL,
				    ENUM_NONE);
	struct csv_record *record = csv_at(import, CSV_ORGANIZATIONS, i);
	record->is_review = (!entry && !*cell_of(import, row, "sector")) ||
			    says_yes(cell_of(import, row, "review"));
	/* The row's own name is taken with the other cells, where repeats are compared. */
	if (*name)
		csv_set_text(record, CSV_ORGANIZATIONS, "name", NULL);
	if (!*cell_of(import, row, "sector")) {
		int sector = entry ? entry->sector : sector_of_name(*name ? name : acronym);
		csv_set_text(record, CSV_ORGANIZATIONS, "sector",
			     mem_strdup(enum_name(&sector_names, sector)));
	}
	return i;
}

static const char *const fields[] = {"name", "sector", "role", "starts"};

/* What else is wrong in a row that names no institution. */
static void check_fields(struct csv_import *import, size_t row)
{
	for (size_t i = 0; i < ARRAY_COUNT(fields); i++) {
		struct csv_place place = {row, column_of(import, fields[i])};
		const struct editable_kind *kind = csv_editable_kind(CSV_ORGANIZATIONS);
		size_t field = csv_field(CSV_ORGANIZATIONS, fields[i]);
		if (place.column != CSV_NONE)
			free(csv_read_cell(import, &kind->fields[field], place));
	}
}

void csv_organization_row(struct csv_import *import, size_t row)
{
	const char *acronym = cell_of(import, row, "acronym"), *name = cell_of(import, row, "name");
	if (!*acronym && !*name) {
		csv_fault(import, row, CSV_NONE, _("faltan las siglas o el nombre"));
		check_fields(import, row);
		return;
	}
	size_t found = find_of_row(import, row, acronym, name);
	if (found == CSV_NONE)
		found = add_of_row(import, row, acronym, name);
	check_unknown(import, (struct csv_place){row, column_of(import, "name")});
	if (found == CSV_NONE) {
		check_fields(import, row);
		return;
	}
	if (csv_at(import, CSV_ORGANIZATIONS, found)->row)
		csv_note_duplicate(import, row, csv_at(import, CSV_ORGANIZATIONS, found)->row);
	csv_at(import, CSV_ORGANIZATIONS, found)->row = row;
	/* A name alone says what the institution is, perhaps with its acronym, not what it is to be
	 * called. */
	for (size_t i = *acronym ? 0 : 1; i < ARRAY_COUNT(fields); i++)
		csv_set(import, CSV_ORGANIZATIONS, found, fields[i],
			(struct csv_place){row, column_of(import, fields[i])});
}
