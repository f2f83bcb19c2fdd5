/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/quorum.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"

enum { MEMBERS_MAX = 999 };

/* Reads a number from 1 to MEMBERS_MAX and moves past it; 0 for anything else. */
static int read_number(const char **text)
{
	int number = 0;
	while (**text >= '0' && **text <= '9' && number <= MEMBERS_MAX)
		number = number * 10 + (*(*text)++ - '0');
	return number <= MEMBERS_MAX ? number : 0;
}

static bool has_total(const struct quorum_rule *rule)
{
	return rule->count > 0 || rule->denominator > 0;
}

static bool is_one_of(const char *folded, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(folded, words[i]) == 0)
			return true;
	return false;
}

static bool means_none(const char *folded)
{
	static const char *const words[] = {"ninguno", "ninguna", "none", "consenso", "0"};
	return is_one_of(folded, words, ARRAY_COUNT(words));
}

static bool means_majority(const char *folded)
{
	static const char *const words[] = {"mayoria", "majority"};
	return is_one_of(folded, words, ARRAY_COUNT(words));
}

/* "2/3", "2/3+1", behind its first number. */
static bool read_fraction(const char *text, int numerator, struct quorum_rule *rule)
{
	text++;
	int denominator = read_number(&text), more = 0;
	if (*text == '+') {
		text++;
		more = read_number(&text);
		if (more == 0)
			return false;
	}
	if (*text || denominator == 0 || numerator == 0 || numerator > denominator)
		return false;
	rule->numerator = numerator;
	rule->denominator = denominator;
	rule->more = more;
	return true;
}

/* "9", "50%", "1/2+1", "mayoría". */
static bool read_total(const char *folded, struct quorum_rule *rule)
{
	if (means_majority(folded))
		return read_fraction("/2+1", 1, rule);
	int number = read_number(&folded);
	if (strcmp(folded, "%") == 0)
		return read_fraction("/100", number, rule);
	if (*folded == '/')
		return read_fraction(folded, number, rule);
	rule->count = number;
	return number > 0 && !*folded;
}

static enum rc not_understood(const char *word, struct error *err)
{
	return error_set(err, RC_INVALID,
			 _("La regla de quórum no se entiende en «%s». Escriba, por ejemplo, "
			   "«mayoría», «9», «2/3», «50%%» o «público:3 OSC:1»; vacía, no se "
			   "exige quórum."),
			 word);
}

/* "público:3"; `colon` is where it says so. */
static enum rc read_sector(const char *word, const char *colon, struct quorum_rule *rule,
			   struct error *err)
{
	char *name = mem_strndup(word, (size_t)(colon - word));
	int sector = enum_value(&sector_names, name);
	free(name);
	const char *figure = colon + 1;
	int number = read_number(&figure);
	if (sector == ENUM_NONE || number == 0 || *figure)
		return not_understood(word, err);
	if (rule->sector[sector] > 0)
		return error_set(err, RC_INVALID,
				 _("La regla de quórum dice dos veces cuántos hacen falta del "
				   "sector %s. Deje una."),
				 enum_label(&sector_names, sector));
	rule->sector[sector] = number;
	return RC_OK;
}

static enum rc read_word(const char *word, struct quorum_rule *rule, struct error *err)
{
	const char *colon = strchr(word, ':');
	struct strbuf folded;
	if (colon)
		return read_sector(word, colon, rule, err);
	strbuf_init(&folded);
	utf8_fold(&folded, word);
	bool had_total = has_total(rule);
	bool understood = means_none(folded.data) || read_total(folded.data, rule);
	bool said_twice = had_total && !means_none(folded.data);
	strbuf_release(&folded);
	if (!understood)
		return not_understood(word, err);
	if (said_twice)
		return error_set(err, RC_INVALID,
				 _("La regla de quórum dice dos veces cuántos miembros hacen "
				   "falta: sobra «%s»."),
				 word);
	return RC_OK;
}

enum rc quorum_rule_parse(const char *text, struct quorum_rule *rule, struct error *err)
{
	static const char between[] = " \t\r\n,;";
	struct quorum_rule read = {0};
	enum rc rc = RC_OK;
	text += strspn(text, between);
	while (*text && rc == RC_OK) {
		size_t length = strcspn(text, between);
		char *word = mem_strndup(text, length);
		rc = read_word(word, &read, err);
		free(word);
		text += length;
		text += strspn(text, between);
	}
	if (rc == RC_OK)
		*rule = read;
	return rc;
}

static bool is_majority(const struct quorum_rule *rule)
{
	return rule->numerator == 1 && rule->denominator == 2 && rule->more == 1;
}

static void add_total(struct strbuf *out, const struct quorum_rule *rule)
{
	if (rule->count > 0)
		strbuf_addf(out, "%d", rule->count);
	else if (is_majority(rule))
		strbuf_adds(out, "mayoría");
	else if (rule->denominator == 100 && rule->more == 0)
		strbuf_addf(out, "%d%%", rule->numerator);
	else if (rule->denominator > 0)
		strbuf_addf(out, "%d/%d", rule->numerator, rule->denominator);
	if (rule->denominator > 0 && rule->more > 0 && !is_majority(rule))
		strbuf_addf(out, "+%d", rule->more);
}

void quorum_rule_add(struct strbuf *out, const struct quorum_rule *rule)
{
	const char *before = has_total(rule) ? " " : "";
	add_total(out, rule);
	for (int i = 0; i < QUORUM_SECTORS; i++) {
		if (rule->sector[i] == 0)
			continue;
		strbuf_addf(out, "%s%s:%d", before, sector_names.names[i].label, rule->sector[i]);
		before = " ";
	}
}

bool quorum_rule_is_set(const struct quorum_rule *rule)
{
	bool is_set = has_total(rule);
	for (int i = 0; i < QUORUM_SECTORS; i++)
		is_set = is_set || rule->sector[i] > 0;
	return is_set;
}

int quorum_needed(const struct quorum_rule *rule, int members)
{
	if (rule->denominator == 0)
		return rule->count;
	if (members == 0)
		return 0;
	int share = members * rule->numerator;
	if (rule->more > 0)
		return share / rule->denominator + rule->more;
	return (share + rule->denominator - 1) / rule->denominator;
}

/* What a rule asks of one meeting: in all and of each sector. */
struct demand {
	int total, sector[QUORUM_SECTORS];
};

static struct demand demand_of(const struct quorum_rule *rule, const struct quorum_count *count)
{
	struct demand demand = {.total = quorum_needed(rule, count->members)};
	memcpy(demand.sector, rule->sector, sizeof(demand.sector));
	return demand;
}

static int shortfall(int needed, int present)
{
	return needed > present ? needed - present : 0;
}

static struct demand missing_of(const struct demand *demand, const struct quorum_count *count)
{
	struct demand missing = {.total = shortfall(demand->total, count->present)};
	for (int i = 0; i < QUORUM_SECTORS; i++)
		missing.sector[i] = shortfall(demand->sector[i], count->sector_present[i]);
	return missing;
}

static int demand_sum(const struct demand *demand)
{
	int sum = demand->total;
	for (int i = 0; i < QUORUM_SECTORS; i++)
		sum += demand->sector[i];
	return sum;
}

bool quorum_is_met(const struct quorum_rule *rule, const struct quorum_count *count)
{
	struct demand demand = demand_of(rule, count);
	struct demand missing = missing_of(&demand, count);
	return demand_sum(&missing) == 0;
}

static const char *sector_label(int sector, bool translated)
{
	const char *label = sector_names.names[sector].label;
	return translated ? _(label) : label;
}

/* " (público 7, OSC 3)": of those there are members of. */
static void add_by_sector(struct strbuf *out, const struct quorum_count *count, bool translated)
{
	const char *before = " (";
	for (int i = 0; i < QUORUM_SECTORS; i++) {
		if (count->sector_members[i] == 0 && count->sector_present[i] == 0)
			continue;
		strbuf_addf(out, "%s%s %d", before, sector_label(i, translated),
			    count->sector_present[i]);
		before = ", ";
	}
	if (before[0] == ',')
		strbuf_addch(out, ')');
}

/* "9, OSC 3" */
static void add_demand(struct strbuf *out, const struct demand *demand, bool translated)
{
	const char *between = "";
	if (demand->total > 0) {
		strbuf_addf(out, "%d", demand->total);
		between = ", ";
	}
	for (int i = 0; i < QUORUM_SECTORS; i++) {
		if (demand->sector[i] == 0)
			continue;
		strbuf_addf(out, "%s%s %d", between, sector_label(i, translated),
			    demand->sector[i]);
		between = ", ";
	}
}

static void add_verb(struct strbuf *out, const char *one, const char *many,
		     const struct demand *demand)
{
	strbuf_adds(out, ngettext(one, many, (unsigned long)demand_sum(demand)));
	strbuf_addch(out, ' ');
	add_demand(out, demand, true);
}

void quorum_add_sentence(struct strbuf *out, const struct quorum_rule *rule,
			 const struct quorum_count *count)
{
	struct demand demand = demand_of(rule, count);
	struct demand missing = missing_of(&demand, count);
	bool is_met = demand_sum(&missing) == 0;
	strbuf_addf(out, is_met ? _("Quórum: %d de %d") : _("Sin quórum: %d de %d"),
		    count->present, count->members);
	add_by_sector(out, count, true);
	if (demand_sum(&demand) == 0)
		return;
	strbuf_adds(out, " · ");
	add_verb(out, NN_("hace falta", "hacen falta"), &demand);
	strbuf_adds(out, ": ");
	if (is_met)
		strbuf_adds(out, _("hay quórum"));
	else
		add_verb(out, NN_("falta", "faltan"), &missing);
}

static void add_present(struct strbuf *out, const struct quorum_count *count)
{
	if (count->members == 0 && count->present == 0) {
		strbuf_adds(out, "No consta quiénes eran miembros del grupo");
	} else if (count->present == 0) {
		strbuf_addf(out, "No estuvo presente ninguno de los %d miembros del grupo",
			    count->members);
	} else {
		strbuf_addf(out, "%s %d de los %d miembros del grupo",
			    count->present == 1 ? "Estuvo presente" : "Estuvieron presentes",
			    count->present, count->members);
		add_by_sector(out, count, false);
	}
	strbuf_adds(out, ". ");
}

/* "9 miembros (mayoría)", "al menos" of each sector behind it. */
static void add_rule_words(struct strbuf *out, const struct quorum_rule *rule,
			   const struct demand *demand)
{
	struct demand sectors = *demand;
	sectors.total = 0;
	if (demand->total > 0)
		strbuf_addf(out, "%d %s", demand->total,
			    demand->total == 1 ? "miembro" : "miembros");
	if (rule->denominator > 0) {
		strbuf_adds(out, " (");
		add_total(out, rule);
		strbuf_addch(out, ')');
	}
	if (demand_sum(&sectors) == 0)
		return;
	strbuf_adds(out, demand->total > 0 ? " y, por sector, " : "por sector ");
	add_demand(out, &sectors, false);
}

void quorum_add_acta(struct strbuf *out, const struct quorum_rule *rule,
		     const struct quorum_count *count)
{
	struct demand demand = demand_of(rule, count);
	struct demand missing = missing_of(&demand, count);
	add_present(out, count);
	if (!quorum_rule_is_set(rule)) {
		strbuf_adds(out, "No se exige quórum: el grupo decide por consenso.");
		return;
	}
	if (demand_sum(&demand) == 0) {
		strbuf_adds(out, "No se sabe si hubo quórum: la regla (");
		add_total(out, rule);
		strbuf_adds(out, ") cuenta sobre ellos.");
		return;
	}
	bool is_met = demand_sum(&missing) == 0;
	strbuf_addf(out, "%s quórum: se %s ", is_met ? "Hubo" : "No hubo",
		    demand_sum(&demand) == 1 ? "requería" : "requerían");
	add_rule_words(out, rule, &demand);
	if (!is_met) {
		strbuf_addf(out, "; %s ", demand_sum(&missing) == 1 ? "faltó" : "faltaron");
		add_demand(out, &missing, false);
	}
	strbuf_addch(out, '.');
}
