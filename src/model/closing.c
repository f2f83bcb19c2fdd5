/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/closing.h"

#include <string.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/utf8.h"

static const struct enum_name kind_names[CLOSING_KIND_COUNT] = {
	[CLOSING_ATTENDANCE]  = {"attendance", N_("asistencia"), ""},
	[CLOSING_QUORUM]      = {"quorum", N_("quórum"), ""},
	[CLOSING_ITEM]        = {"item", N_("punto"), ""},
	[CLOSING_FOLLOWUP]    = {"followup", N_("acción"), ""},
	[CLOSING_UNDERTAKING] = {"undertaking", N_("compromiso asumido"), ""},
	[CLOSING_SENTENCE]    = {"sentence", N_("frase"), ""},
	[CLOSING_DECISION]    = {"decision", N_("decisión"), ""},
	[CLOSING_VOTE]        = {"vote", N_("votación"), ""},
	[CLOSING_DOUBT]       = {"doubt", N_("duda"), ""},
	[CLOSING_AGENDA]      = {"agenda", N_("orden del día"), ""},
	[CLOSING_PREVIOUS]    = {"previous_acta", N_("acta anterior"), ""},
	[CLOSING_SIGNATURE]   = {"signature", N_("firmas"), ""},
};

const struct enum_names closing_kind_names = {
	N_("falta"), kind_names, CLOSING_KIND_COUNT,
};

/* A review under way. Hints are kept apart until the end: they come last. */
struct review {
	const struct closing_facts *facts;
	struct closing_report *missing, hints;
};

/* Adds a remark; the caller says more of it. */
static struct closing_remark *remark(struct review *review, enum closing_kind kind, bool is_hint,
				     const char *where)
{
	struct closing_report *report = is_hint ? &review->hints : review->missing;
	struct closing_remark *made = vector_add(&report->remarks);
	made->kind = kind;
	made->is_hint = is_hint;
	made->where = mem_strdup(where);
	return made;
}

static void say(struct closing_remark *made, const char *text, const char *mend)
{
	made->text = mem_strdup(text);
	made->mend = mem_strdup(mend);
}

/* ---- the meeting */

static void review_attendance(struct review *review)
{
	const struct closing_facts *facts = review->facts;
	bool anybody = false;
	for (size_t i = 0; i < facts->attendee_count; i++)
		anybody = anybody || facts->attendees[i].status == ATTENDANCE_PRESENT;
	if (!anybody)
		say(remark(review, CLOSING_ATTENDANCE, false, ""),
		    _("no se tomó asistencia: nadie consta como presente"),
		    _("Marque quiénes asistieron."));
	if (anybody && facts->quorum)
		say(remark(review, CLOSING_QUORUM, facts->is_quorum_back, ""), facts->quorum,
		    facts->is_quorum_back
			    ? _("Vea que nada se haya decidido entretanto.")
			    : _("Revise la asistencia y las horas de llegada y salida; si de "
				"verdad no hubo quórum, dígalo en el motivo."));
}

static void review_signatures(struct review *review)
{
	const struct meeting *meeting = review->facts->meeting;
	if (!meeting->prepared_by || !*meeting->prepared_by)
		say(remark(review, CLOSING_SIGNATURE, true, ""), _("no dice quién elabora el acta"),
		    _("Complete «Elaborado por» en los datos de la reunión."));
	if (!meeting->signatories || !*meeting->signatories)
		say(remark(review, CLOSING_SIGNATURE, true, ""), _("no dice quiénes firman"),
		    _("Complete «Firman» en los datos de la reunión."));
}

/* ---- items */

static struct closing_remark *item_remark(struct review *review, const struct agenda_item *item,
					  bool is_hint)
{
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, _("punto %s"), item->label);
	struct closing_remark *made = remark(review, CLOSING_ITEM, is_hint, text.data);
	strbuf_reset(&text);
	strbuf_addf(&text, "%s/%s", item->meeting, item->label);
	made->code = strbuf_detach(&text);
	made->label = mem_strdup(item->label);
	made->item = item->key;
	return made;
}

static const struct agenda_item *parent_of(const struct closing_facts *facts,
					   const struct agenda_item *item)
{
	for (size_t i = 0; item->parent_key && i < facts->item_count; i++)
		if (facts->items[i].key == item->parent_key)
			return &facts->items[i];
	return NULL;
}

static bool is_put_off(const struct agenda_item *item)
{
	return item && (item->parked || item->state == ITEM_DEFERRED);
}

/* What was noted in private is no outcome: no acta says it. */
static bool has_own_outcome(const struct closing_facts *facts, int64_t item)
{
	for (size_t i = 0; i < facts->entry_count; i++)
		if (facts->entries[i].item_key == item && !facts->entries[i].is_private)
			return true;
	for (size_t i = 0; i < facts->progress_count; i++)
		if (facts->progress[i].item_key == item)
			return true;
	return false;
}

/* An item has what its parts have. */
static bool has_outcome(const struct closing_facts *facts, const struct agenda_item *item)
{
	bool has = has_own_outcome(facts, item->key);
	for (size_t i = 0; !has && i < facts->item_count; i++)
		has = facts->items[i].parent_key == item->key &&
		      has_own_outcome(facts, facts->items[i].key);
	return has;
}

static void review_state(struct review *review, const struct agenda_item *item)
{
	if (item->state == ITEM_DONE)
		return;
	struct closing_remark *made = item_remark(review, item, true);
	if (item->state == ITEM_IN_PROGRESS)
		say(made, _("sigue en curso"), _("Al cerrar quedará tratado y su reloj parado."));
	else
		say(made, _("tiene algo anotado y sigue por tratar"),
		    _("Dele por tratado, o déjelo para la próxima reunión."));
}

static void review_item(struct review *review, const struct agenda_item *item)
{
	if (is_put_off(item) || is_put_off(parent_of(review->facts, item)))
		return;
	if (has_outcome(review->facts, item))
		review_state(review, item);
	else
		say(item_remark(review, item, false),
		    item->state == ITEM_PENDING ? _("quedó sin tratar")
						: _("no tiene nada anotado"),
		    _("Anote en qué quedó, o déjelo para la próxima reunión."));
}

/* ---- entries */

static struct closing_remark *entry_remark(struct review *review, const struct resolution *entry,
					   enum closing_kind kind, bool is_hint)
{
	struct strbuf where;
	strbuf_init(&where);
	if (entry->decision_number)
		strbuf_adds(&where, entry->decision_number);
	else if (entry->item)
		strbuf_addf(&where, _("punto %s"), entry->item);
	else
		strbuf_adds(&where, _("antes del primer punto"));
	struct closing_remark *made = remark(review, kind, is_hint, where.data);
	made->code = mem_strdup_null(entry->id);
	made->label = mem_strdup_null(entry->item);
	made->item = entry->item_key;
	made->entry = entry->key;
	strbuf_release(&where);
	return made;
}

/* The beginning of what it says, so that one knows which it is. */
static void say_of(struct closing_remark *made, const char *what, const char *words,
		   const char *mend)
{
	enum { EXCERPT_COLUMNS = 48 };
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s: «", what);
	utf8_fit(&text, words, EXCERPT_COLUMNS);
	strbuf_adds(&text, "»");
	say(made, text.data, mend);
	strbuf_release(&text);
}

static bool is_linked(const struct closing_facts *facts, int64_t entry)
{
	for (size_t i = 0; i < facts->followup_count; i++)
		if (facts->followups[i].entry_key == entry)
			return true;
	return false;
}

static bool is_promise(const struct resolution *entry)
{
	return !entry->is_private &&
	       (entry->kind == ENTRY_UNDERTAKING || entry->kind == ENTRY_REQUEST);
}

/* A follow-up typed by hand under an item says not of which entry: each stands for one of the
 * promises of the item that nothing else took up. */
static bool is_followed(const struct closing_facts *facts, size_t entry)
{
	int64_t item = facts->entries[entry].item_key;
	size_t by_hand = 0, before = 0;
	if (is_linked(facts, facts->entries[entry].key))
		return true;
	for (size_t i = 0; i < facts->followup_count; i++)
		by_hand += facts->followups[i].item_key == item && !facts->followups[i].entry_key;
	for (size_t i = 0; i < entry; i++)
		before += facts->entries[i].item_key == item && is_promise(&facts->entries[i]) &&
			  !is_linked(facts, facts->entries[i].key);
	return before < by_hand;
}

/* The detector hears more than is meant: what it marks is a hint, what a person wrote as an
 * undertaking is none. */
static void review_undertaking(struct review *review, size_t i)
{
	const struct resolution *entry = &review->facts->entries[i];
	const char *mend = _("F8 en la Sala hace de la frase una acción; o anótela con «a».");
	if (is_followed(review->facts, i))
		return;
	if (is_promise(entry)) {
		say_of(entry_remark(review, entry, CLOSING_UNDERTAKING, false),
		       entry->kind == ENTRY_REQUEST ? _("pedido sin acción")
						    : _("compromiso sin acción"),
		       entry->text, mend);
		return;
	}
	struct prose_span span =
		review->facts->marked ? review->facts->marked[i] : (struct prose_span){0};
	if (!span.length)
		return;
	struct strbuf sentence;
	strbuf_init(&sentence);
	strbuf_add(&sentence, entry->text + span.start, span.length);
	say_of(entry_remark(review, entry, CLOSING_SENTENCE, true), _("parece una acción"),
	       sentence.data, mend);
	strbuf_release(&sentence);
}

/* ---- decisions */

static int64_t present_count(const struct closing_facts *facts)
{
	int64_t present = 0;
	for (size_t i = 0; i < facts->attendee_count; i++)
		present += facts->attendees[i].status == ATTENDANCE_PRESENT;
	return present;
}

/* How many ballots, "FCD for" a line, make that choice. */
static int64_t ballots_of(const char *ballots, int choice)
{
	const char *name = enum_name(&ballot_choice_names, choice);
	size_t length = strlen(name);
	int64_t count = 0;
	for (const char *line = ballots; line && *line;) {
		size_t end = strcspn(line, "\n");
		count += end > length && line[end - length - 1] == ' ' &&
			 strncmp(line + end - length, name, length) == 0;
		line += end + (line[end] != '\0');
	}
	return count;
}

/* Why the figures cannot be; NULL: they can. */
static const char *vote_fault(const struct closing_facts *facts, const struct resolution *entry)
{
	int64_t given[] = {entry->votes_for, entry->votes_against, entry->votes_abstained};
	int64_t sum = 0;
	if (entry->vote_rule == ENUM_NONE || entry->votes_for < 0)
		return entry->tally ? NULL : _("se votó y no dice el resultado");
	for (int choice = BALLOT_FOR; choice <= BALLOT_ABSTAINED; choice++) {
		int64_t votes = given[choice] > 0 ? given[choice] : 0;
		sum += votes;
		if (entry->ballots && *entry->ballots &&
		    ballots_of(entry->ballots, choice) != votes)
			return _("los votos por institución no suman lo que dice el resultado");
	}
	if (entry->votes_for <= 0 && entry->votes_against <= 0)
		return _("nadie votó a favor ni en contra");
	return sum > present_count(facts) ? _("hay más votos que presentes") : NULL;
}

static void review_decision(struct review *review, const struct resolution *entry)
{
	const char *mend = _("F6 en la Sala, o «e» sobre ella, dice cómo se decidió.");
	if (!entry->decision_number || !*entry->decision_number)
		say_of(entry_remark(review, entry, CLOSING_DECISION, false),
		       _("decisión sin número"), entry->text, mend);
	if (entry->decision_kind == ENUM_NONE)
		say(entry_remark(review, entry, CLOSING_DECISION, false),
		    _("no dice cómo se decidió"), mend);
	if (entry->decision_kind == DECISION_RESERVATIONS &&
	    (!entry->objections || !*entry->objections))
		say(entry_remark(review, entry, CLOSING_DECISION, false),
		    _("consenso con reservas, y no dice cuáles"), mend);
	const char *fault =
		entry->decision_kind == DECISION_VOTE ? vote_fault(review->facts, entry) : NULL;
	if (fault)
		say(entry_remark(review, entry, CLOSING_VOTE, false), fault, mend);
}

static void review_entry(struct review *review, size_t i)
{
	const struct resolution *entry = &review->facts->entries[i];
	if (entry->is_private)
		return;
	if (entry->kind == ENTRY_DECISION)
		review_decision(review, entry);
	review_undertaking(review, i);
	if (entry->is_doubt)
		say_of(entry_remark(review, entry, CLOSING_DOUBT, false),
		       _("quedó por aclarar"), entry->text,
		       _("Escriba la respuesta y quítele la marca de duda."));
}

static bool approves(const struct resolution *entry)
{
	return entry->kind == ENTRY_DECISION && !entry->is_private &&
	       (utf8_has_words(entry->text, "aprueb") || utf8_has_words(entry->text, "aprob"));
}

/* Whether some decision approves it: `words` folded. */
static bool is_approved(const struct closing_facts *facts, const char *words)
{
	for (size_t i = 0; i < facts->entry_count; i++)
		if (approves(&facts->entries[i]) && utf8_has_words(facts->entries[i].text, words))
			return true;
	return false;
}

static void review_approvals(struct review *review)
{
	const char *mend = _("Si se aprobó, anótelo como decisión: «= Se aprueba…».");
	if (!is_approved(review->facts, "orden dia"))
		say(remark(review, CLOSING_AGENDA, true, ""),
		    _("ninguna decisión aprueba el orden del día"), mend);
	if (!is_approved(review->facts, "acta"))
		say(remark(review, CLOSING_PREVIOUS, true, ""),
		    _("ninguna decisión aprueba el acta anterior"), mend);
}

/* ---- follow-ups */

static bool has_responsible(const struct followup *followup)
{
	return followup->responsible && *followup->responsible;
}

bool closing_is_complete(const struct followup *followup)
{
	return has_responsible(followup) && followup->due != DATE_NONE;
}

static void review_followup(struct review *review, const struct followup *followup)
{
	if (!followup_is_pending(followup->status) || closing_is_complete(followup))
		return;
	struct closing_remark *made = remark(review, CLOSING_FOLLOWUP, false, followup->id);
	made->code = mem_strdup_null(followup->id);
	made->label = mem_strdup_null(followup->item);
	made->item = followup->item_key;
	made->followup = followup->key;
	const char *mend = _("Edite la acción y complete quién la hará y hasta cuándo.");
	if (has_responsible(followup))
		say_of(made, _("no tiene fecha"), followup->description, mend);
	else if (followup->due != DATE_NONE)
		say_of(made, _("no tiene responsable"), followup->description, mend);
	else
		say_of(made, _("no tiene responsable ni fecha"), followup->description, mend);
}

/* ---- all of it */

void closing_review(const struct closing_facts *facts, struct closing_report *report)
{
	struct review review = {.facts = facts, .missing = report};
	closing_report_release(report);
	review_attendance(&review);
	for (size_t i = 0; i < facts->item_count; i++)
		review_item(&review, &facts->items[i]);
	for (size_t i = 0; i < facts->entry_count; i++)
		review_entry(&review, i);
	for (size_t i = 0; i < facts->followup_count; i++)
		review_followup(&review, &facts->followups[i]);
	review_approvals(&review);
	review_signatures(&review);
	for (size_t i = 0; i < review.hints.remarks.count; i++)
		vector_push(&report->remarks, review.hints.remarks.items[i]);
	vector_release(&review.hints.remarks);
}

void closing_report_release(struct closing_report *report)
{
	for (size_t i = 0; i < report->remarks.count; i++) {
		free(report->remarks.items[i].where);
		free(report->remarks.items[i].text);
		free(report->remarks.items[i].mend);
		free(report->remarks.items[i].code);
		free(report->remarks.items[i].label);
	}
	vector_release(&report->remarks);
}

size_t closing_missing(const struct closing_report *report)
{
	size_t count = 0;
	for (size_t i = 0; i < report->remarks.count; i++)
		count += !report->remarks.items[i].is_hint;
	return count;
}

void closing_add_missing(const struct closing_report *report, struct strbuf *out)
{
	bool is_first = true;
	for (size_t i = 0; i < report->remarks.count; i++) {
		const struct closing_remark *remark = &report->remarks.items[i];
		if (remark->is_hint)
			continue;
		strbuf_adds(out, is_first ? "" : "; ");
		if (*remark->where)
			strbuf_addf(out, "%s: ", remark->where);
		strbuf_adds(out, remark->text);
		is_first = false;
	}
}
