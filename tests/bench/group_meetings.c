/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/group.h"

#include <stdio.h>
#include <string.h>

#include "nucleo/base/attributes.h"

/* What one meeting has, besides its share of the follow-ups. */
enum { MEMBERS = 16, OBSERVERS = 3, ATTENDEES = 20 };
enum { ITEMS = 8, PARAGRAPHS_AN_ITEM = 2, PARAGRAPHS = 20 };
enum { MEASUREMENTS = 3, REPORTS = 10 };

/* A meeting while its records are made. */
struct gathering {
	int64_t key;
	day_number date;
	char number[24];
	int64_t items[ITEMS + 1], entries[PARAGRAPHS];
	int entry_items[PARAGRAPHS];
	unsigned first; /**< institution that presides; the others follow */
};

day_number group_meeting_day(int number, int meetings)
{
	day_number first = date_from_civil(GROUP_FIRST_YEAR, 1, 14);
	day_number last = date_from_civil(GROUP_FIRST_YEAR + GROUP_YEARS, 6, 14);
	return meetings < 2 ? last : first + (int)((int64_t)(last - first) * number / (meetings - 1));
}

static int year_of(int number, int meetings)
{
	return date_to_civil(group_meeting_day(number, meetings)).year;
}

void group_add_meeting_number(struct strbuf *out, int number, int meetings)
{
	int year = year_of(number, meetings), first = number;
	while (first > 0 && year_of(first - 1, meetings) == year)
		first--;
	strbuf_addf(out, "AM-%d-%02d", year, number - first + 1);
}

static int64_t organization_at(const struct group_maker *maker, unsigned index)
{
	return maker->organizations[index % WORDS_ORGANIZATIONS];
}

static void add_meeting_row(struct group_maker *maker, struct gathering *at, bool is_last)
{
	at->key = maker_row(maker, "meeting");
	maker_text(maker, "number", at->number);
	maker_date(maker, "date", at->date);
	maker_text(maker, "starts", "15:00");
	maker_text(maker, "ends", "17:00");
	maker_text(maker, "place", "Sala de reuniones, Quito");
	if (dice_chance(&maker->dice, 50))
		maker_text(maker, "virtual_place", "https://reuniones.example/sala");
	maker_text(maker, "status", is_last ? "convened" : "closed");
	maker_text(maker, "prepared_by", "Dirección de Gobierno Abierto");
}

static const char *capacity_of(unsigned place)
{
	if (place < MEMBERS)
		return "member";
	return place < MEMBERS + OBSERVERS ? "observer" : "guest";
}

static void add_attendance(struct group_maker *maker, const struct gathering *at)
{
	for (unsigned i = 0; i < ATTENDEES; i++) {
		maker_row(maker, "attendance");
		maker_number(maker, "meeting", at->key);
		maker_number(maker, "organization", organization_at(maker, at->first + i));
		maker_text(maker, "capacity", capacity_of(i));
		maker_text(maker, "status", dice_chance(&maker->dice, 90) ? "present" : "absent");
		maker_text(maker, "mode", dice_chance(&maker->dice, 60) ? "in_person" : "virtual");
		maker_number(maker, "rank", i);
	}
}

static int64_t add_item(struct group_maker *maker, const struct gathering *at, int rank,
			const char *label, int64_t parent)
{
	struct strbuf title;
	strbuf_init(&title);
	words_add_title(&title, &maker->dice);
	int64_t key = maker_row(maker, "agenda_item");
	maker_number(maker, "meeting", at->key);
	operation_field(maker->operation, "parent", value_key(parent));
	maker_number(maker, "rank", rank);
	maker_text(maker, "label", label);
	maker_text(maker, "title", title.data);
	maker_text(maker, "state", "done");
	strbuf_release(&title);
	return key;
}

static void add_agenda(struct group_maker *maker, struct gathering *at)
{
	char label[24];
	for (int i = 0; i < ITEMS; i++) {
		snprintf(label, sizeof(label), "%d", i + 1);
		at->items[i] = add_item(maker, at, i * 10, label, 0);
	}
	snprintf(label, sizeof(label), "%d.a", ITEMS);
	at->items[ITEMS] = add_item(maker, at, ITEMS * 10, label, at->items[ITEMS - 1]);
}

/* A paragraph is one to three sentences of one institution; now and then it names a commitment. */
static void add_paragraph(struct strbuf *out, struct dice *dice, unsigned speaker, int is_promise)
{
	struct strbuf name;
	int count = 1 + (int)dice_roll(dice, 3);
	strbuf_init(&name);
	words_add_acronym(&name, speaker % WORDS_ORGANIZATIONS);
	for (int i = 0; i < count; i++) {
		if (i)
			strbuf_addch(out, ' ');
		words_add_sentence(out, dice, i ? "El equipo" : name.data);
	}
	if (is_promise) {
		strbuf_addch(out, ' ');
		words_add_promise(out, dice, name.data);
	}
	if (dice_chance(dice, 20))
		strbuf_addf(out, " El compromiso C%u sigue en marcha.", 1 + dice_roll(dice, 250));
	strbuf_release(&name);
}

static void add_entry(struct group_maker *maker, struct gathering *at, int rank)
{
	struct strbuf text;
	unsigned speaker = at->first + dice_roll(&maker->dice, ATTENDEES);
	int is_promise = dice_chance(&maker->dice, 40), item = rank * (ITEMS + 1) / PARAGRAPHS;
	int is_decision = !is_promise && dice_chance(&maker->dice, 10);
	strbuf_init(&text);
	add_paragraph(&text, &maker->dice, speaker, is_promise);
	at->entry_items[rank] = item;
	at->entries[rank] = maker_row(maker, "entry");
	maker_number(maker, "meeting", at->key);
	maker_number(maker, "agenda_item", at->items[item]);
	maker_number(maker, "rank", rank);
	maker_number(maker, "organization", organization_at(maker, speaker));
	maker_text(maker, "kind", is_promise ? "undertaking" : is_decision ? "decision" : "note");
	maker_text(maker, "text", text.data);
	strbuf_reset(&text);
	strbuf_addf(&text, "R%s-%02d", at->number + 2, rank + 1);
	maker_text(maker, "decision_number", is_decision ? text.data : NULL);
	maker_text(maker, "decision_kind", is_decision ? "consensus" : NULL);
	strbuf_release(&text);
}

/* One of the plan that runs on the day of the meeting; 0 when there is none. */
static int64_t any_commitment(struct group_maker *maker, day_number date)
{
	int first = date - date_from_civil(GROUP_FIRST_YEAR, 1, 1), plan;
	plan = first * maker->plan_count / (GROUP_YEARS * 365);
	plan = plan < maker->plan_count ? plan : maker->plan_count - 1;
	int from = plan * maker->plan_size, count = maker->sizes.commitments - from;
	count = count < maker->plan_size ? count : maker->plan_size;
	if (count <= 0)
		return 0;
	return maker->commitments[from + (int)dice_roll(&maker->dice, (unsigned)count)];
}

static void add_facts(struct group_maker *maker, const struct gathering *at)
{
	for (int i = 0; i < MEASUREMENTS; i++) {
		maker_row(maker, "measurement");
		maker_number(maker, "indicator",
			     maker->indicators[dice_roll(&maker->dice,
							 (unsigned)maker->indicator_count)]);
		maker_number(maker, "local_government",
			     maker->places[dice_roll(&maker->dice, (unsigned)maker->place_count)]);
		operation_field(maker->operation, "value",
				value_real(dice_roll(&maker->dice, 10000) / 100.0));
		maker_number(maker, "meeting", at->key);
		maker_number(maker, "agenda_item", at->items[2]);
	}
	for (int i = 0; i < REPORTS && maker->sizes.commitments; i++) {
		maker_row(maker, "progress");
		maker_number(maker, "commitment", any_commitment(maker, at->date));
		maker_date(maker, "as_of", at->date);
		operation_field(maker->operation, "percent",
				value_real(dice_roll(&maker->dice, 101)));
		maker_number(maker, "meeting", at->key);
		maker_number(maker, "agenda_item", at->items[1]);
	}
}

static void add_documents(struct group_maker *maker, const struct gathering *at)
{
	static const char *const kinds[] = {"acta", "annex", "evidence"};
	for (int i = 0; i < (int)ARRAY_COUNT(kinds); i++) {
		struct strbuf title;
		strbuf_init(&title);
		words_add_title(&title, &maker->dice);
		maker_row(maker, "document");
		maker_text(maker, "kind", kinds[i]);
		maker_text(maker, "title", title.data);
		maker_text(maker, "location", "documentos/archivo.pdf");
		maker_number(maker, "meeting", at->key);
		operation_field(maker->operation, "commitment",
				value_key(i ? any_commitment(maker, at->date) : 0));
		maker_number(maker, "rank", i);
		strbuf_release(&title);
	}
}

static void add_responsible(struct group_maker *maker, int64_t followup)
{
	int count = dice_chance(&maker->dice, 10) ? 2 : dice_chance(&maker->dice, 95);
	for (int rank = 0; rank < count; rank++) {
		maker_row(maker, "followup_responsible");
		maker_number(maker, "followup", followup);
		maker_number(maker, "organization",
			     organization_at(maker, dice_roll(&maker->dice, WORDS_ORGANIZATIONS)));
		maker_number(maker, "rank", rank);
	}
}

/* The older, the more of them are done. */
static const char *followup_status(struct group_maker *maker)
{
	static const char *const pending[] = {"proposed", "open", "open", "open", "in_progress"};
	if (dice_chance(&maker->dice, 60))
		return dice_chance(&maker->dice, 85) ? "done" : "dropped";
	return pending[dice_roll(&maker->dice, ARRAY_COUNT(pending))];
}

static void add_origin(struct group_maker *maker, const struct gathering *at)
{
	unsigned entry = dice_roll(&maker->dice, PARAGRAPHS);
	if (dice_chance(&maker->dice, 10))
		return;
	maker_number(maker, "meeting", at->key);
	maker_number(maker, "agenda_item", at->items[at->entry_items[entry]]);
	if (dice_chance(&maker->dice, 70))
		maker_number(maker, "entry", at->entries[entry]);
}

static void add_followup(struct group_maker *maker, const struct gathering *at)
{
	static const char *const kinds[] = {"undertaking", "request", "invitation", "task"};
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "S-%d-%03d", maker->year, ++maker->followups_of_year);
	int64_t key = maker_row(maker, "followup");
	maker_text(maker, "code", text.data);
	strbuf_reset(&text);
	words_add_task(&text, &maker->dice);
	maker_text(maker, "description", text.data);
	maker_text(maker, "kind", kinds[dice_roll(&maker->dice, ARRAY_COUNT(kinds))]);
	maker_text(maker, "status", followup_status(maker));
	if (dice_chance(&maker->dice, 60)) {
		maker_date(maker, "due", at->date + 15 + (int)dice_roll(&maker->dice, 300));
		maker_text(maker, "due_text", words_due(&maker->dice));
	}
	add_origin(maker, at);
	if (dice_chance(&maker->dice, 50))
		operation_field(maker->operation, "commitment", value_key(any_commitment(maker, at->date)));
	maker_number(maker, "carried", dice_chance(&maker->dice, 10));
	add_responsible(maker, key);
	strbuf_release(&text);
}

static enum rc add_followups(struct group_maker *maker, const struct gathering *at, int count,
			     struct error *err)
{
	enum rc rc = RC_OK;
	for (int i = 0; i < count && rc == RC_OK; i++) {
		add_followup(maker, at);
		rc = maker_commit(maker, at->number, false, err);
	}
	return rc;
}

static enum rc add_meeting(struct group_maker *maker, int index, struct error *err)
{
	const struct group_sizes *sizes = &maker->sizes;
	struct gathering at = {.first = (unsigned)index * 7};
	struct strbuf number;
	strbuf_init(&number);
	group_add_meeting_number(&number, index, sizes->meetings);
	snprintf(at.number, sizeof(at.number), "%s", number.data);
	strbuf_release(&number);
	at.date = group_meeting_day(index, sizes->meetings);
	int year = date_to_civil(at.date).year;
	maker->followups_of_year = year == maker->year ? maker->followups_of_year : 0;
	maker->year = year;
	add_meeting_row(maker, &at, index == sizes->meetings - 1);
	add_attendance(maker, &at);
	add_agenda(maker, &at);
	for (int i = 0; i < PARAGRAPHS; i++)
		add_entry(maker, &at, i);
	add_facts(maker, &at);
	add_documents(maker, &at);
	int upto = (int)((int64_t)sizes->followups * (index + 1) / sizes->meetings);
	int from = (int)((int64_t)sizes->followups * index / sizes->meetings);
	return add_followups(maker, &at, upto - from, err);
}

enum rc maker_add_meetings(struct group_maker *maker, struct error *err)
{
	enum rc rc = RC_OK;
	for (int i = 0; i < maker->sizes.meetings && rc == RC_OK; i++)
		rc = add_meeting(maker, i, err);
	return rc == RC_OK ? maker_commit(maker, "Reuniones y acciones", true, err) : rc;
}

/* Those of one sector (NULL: all) among the attendees from `from` to `to`, as the head has them. */
static void add_names(struct strbuf *out, unsigned first, unsigned from, unsigned to,
		      const char *sector)
{
	const char *separator = "";
	for (unsigned i = from; i < to; i++) {
		unsigned organization = (first + i) % WORDS_ORGANIZATIONS;
		if (sector && strcmp(words_sector(organization), sector) != 0)
			continue;
		strbuf_adds(out, separator);
		words_add_acronym(out, organization);
		separator = ", ";
	}
}

static void add_acta_head(struct strbuf *out, int number, int meetings)
{
	static const char *const sectors[][2] = {{"Sector Público", "public"},
						 {"OSC", "civil_society"},
						 {"Academia", "academia"},
						 {"Sector Privado", "private"}};
	unsigned first = (unsigned)number * 7;
	strbuf_adds(out, "GRUPO NÚCLEO\tActa Nro. ");
	group_add_meeting_number(out, number, meetings);
	strbuf_adds(out, "\nFecha:\t");
	date_add_local(out, group_meeting_day(number, meetings));
	strbuf_adds(out, "\nHora:\t15h00 a 17h00\nLugar:\tSala de reuniones, Quito, y por Zoom\n"
			 "Asistentes:\tMiembros:");
	for (size_t i = 0; i < ARRAY_COUNT(sectors); i++) {
		strbuf_addf(out, " %s: ", sectors[i][0]);
		add_names(out, first, 0, MEMBERS, sectors[i][1]);
		strbuf_addch(out, '.');
	}
	strbuf_adds(out, "\n\tObservadores e invitaciones especiales: ");
	add_names(out, first, MEMBERS, ATTENDEES, NULL);
	strbuf_adds(out, "\nOrden del día:\tResoluciones:\n");
}

void group_add_acta(struct strbuf *out, struct dice *dice, int number, int meetings)
{
	add_acta_head(out, number, meetings);
	for (int i = 0; i < ITEMS; i++) {
		strbuf_addf(out, "%d. ", i + 1);
		words_add_title(out, dice);
		for (int k = 0; k < PARAGRAPHS_AN_ITEM + i % 2; k++) {
			strbuf_addch(out, '\t');
			add_paragraph(out, dice,
				      (unsigned)number * 7 + dice_roll(dice, ATTENDEES),
				      dice_chance(dice, 40));
			strbuf_addch(out, '\n');
		}
	}
	strbuf_adds(out, "Elaborado por:\tDirección de Gobierno Abierto\n\nAnexos:\n\n"
			 "Subsecretario de Gobierno Abierto\nPresidencia del Grupo Núcleo\n");
}
