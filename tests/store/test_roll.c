/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The attendance of a meeting, taken: what is proposed, what is stored, who merges with whom. */
#include "store/store_test.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/exchange/roll.h"

/*
 * The meeting 12 is to be taken, the 11 was held, the 10 too. ALFA came virtually with its
 * alternate; BETA left the group between them; GAMA joined; DELTA observes; EPSI is a member
 * nobody knows since when; FUE came to the 10 alone; GN was a guest.
 */
static const char group[] =
	"INSERT INTO organization (key, acronym, sector, sort) VALUES"
	" (1, 'ALFA', 'public', 'alfa'), (2, 'BETA', 'academia', 'beta'),"
	" (3, 'GAMA', 'private', 'gama'), (4, 'DELTA', 'public', 'delta'),"
	" (5, 'EPSI', 'public', 'epsi'), (6, 'FUE', 'civil_society', 'fue'),"
	" (7, 'GN', 'other', 'gn');"
	"INSERT INTO membership (key, organization, role, starts, ends) VALUES"
	" (1, 1, 'member', NULL, NULL), (2, 2, 'member', '2020-01-01', '2023-06-30'),"
	" (3, 3, 'member', '2023-07-01', NULL), (4, 4, 'observer', '2020-01-01', NULL),"
	" (5, 5, 'member', NULL, NULL), (6, 6, 'member', '2020-01-01', NULL);"
	"INSERT INTO meeting (key, number, date, status, place) VALUES"
	" (10, 'AM-2023-04', '2023-04-15', 'closed', NULL),"
	" (11, 'AM-2023-05', '2023-05-15', 'closed', NULL),"
	" (12, 'AM-2023-08', '2023-08-15', 'in_session', 'Quito'),"
	" (13, 'AM-2023-09', '2023-09-15', 'draft', NULL);"
	"INSERT INTO attendance (key, meeting, organization, capacity, status, mode, standing,"
	" delegate) VALUES (1, 10, 6, 'member', 'present', NULL, NULL, NULL),"
	" (2, 11, 1, 'member', 'present', 'virtual', 'alternate', 'Una Persona'),"
	" (3, 11, 2, 'member', 'present', 'in_person', NULL, NULL),"
	" (4, 11, 6, 'member', 'excused', NULL, NULL, NULL),"
	" (5, 11, 4, 'observer', 'present', NULL, NULL, NULL),"
	" (6, 11, 7, 'guest', 'present', NULL, NULL, NULL);";

enum { HELD = 11, TAKEN = 12, NEXT = 13 };
#define AT(hours, minutes) ((hours) * 60 + (minutes))

static struct store *make_group(const char *name)
{
	store_close(test_create(name));
	test_sql(name, group);
	return test_open(name);
}

static struct roll load(struct store *store, int64_t meeting)
{
	struct roll roll;
	assert_done(roll_load(store, meeting, &roll, err));
	return roll;
}

static size_t row_of(const struct roll *roll, const char *acronym)
{
	size_t i = roll_find(roll, acronym);
	if (i == roll->rows.count)
		fail_msg("no row of %s", acronym);
	return i;
}

static void add_mark(struct strbuf *out, const struct roll_row *row)
{
	const struct roll_mark *mark = &row->mark;
	strbuf_addf(out, "%s%s %s", out->length ? "; " : "", row->acronym,
		    enum_name(&attendance_status_names, mark->status));
	if (mark->mode != ENUM_NONE)
		strbuf_addf(out, " %s", enum_name(&attendance_mode_names, mark->mode));
	if (mark->standing != ENUM_NONE)
		strbuf_addf(out, " %s", enum_name(&standing_names, mark->standing));
	if (mark->delegate)
		strbuf_addf(out, " (%s)", mark->delegate);
	if (mark->arrived != DAY_MINUTE_NONE)
		strbuf_addf(out, " +%d", mark->arrived);
	if (mark->departed != DAY_MINUTE_NONE)
		strbuf_addf(out, " -%d", mark->departed);
}

static void expect_roll(const struct roll *roll, const char *expected)
{
	struct strbuf text;
	strbuf_init(&text);
	for (size_t i = 0; i < roll->rows.count; i++)
		add_mark(&text, &roll->rows.items[i]);
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
}

static void expect_row(const struct roll *roll, const char *acronym, const char *expected)
{
	struct strbuf text;
	strbuf_init(&text);
	add_mark(&text, &roll->rows.items[row_of(roll, acronym)]);
	assert_string_equal(text.data, expected);
	strbuf_release(&text);
}

static enum rc try_store(struct store *store, struct roll *roll, char **words, struct error *err)
{
	struct operation *operation = operation_new();
	enum rc rc = roll_compose(roll, operation, err);
	assert_true(rc != RC_OK || !operation_is_empty(operation));
	if (words)
		*words = strdup(operation_words(operation));
	if (rc == RC_OK)
		rc = operation_commit(operation, store, NULL, err);
	operation_free(operation);
	return rc;
}

static void store_roll(struct store *store, struct roll *roll, const char *expected)
{
	char *words = NULL;
	assert_done(try_store(store, roll, &words, err));
	assert_string_equal(words, expected);
	free(words);
	assert_done(roll_reload(store, roll, err));
	assert_false(roll_is_changed(roll));
}

static void the_last_list_is_proposed(void **state)
{
	(void)state;
	struct store *store = make_group("proposed.db");
	struct roll roll = load(store, TAKEN);
	assert_false(roll.is_stored || roll_is_changed(&roll));
	assert_string_equal(roll.from, "AM-2023-05");
	/* BETA has no seat any more, GN was a guest, and who came for ALFA stays there. */
	expect_roll(&roll, "ALFA present virtual alternate; EPSI absent; FUE absent; GAMA absent; "
			   "DELTA present in_person");
	roll_release(&roll);
	/* What was held says who was there, and EPSI was none then. */
	roll = load(store, HELD);
	assert_true(roll.is_stored);
	expect_roll(&roll, "ALFA present virtual alternate (Una Persona); FUE excused; BETA "
			   "present in_person; DELTA present; GN present");
	roll_release(&roll);
	struct error why;
	assert_int_equal(roll_load(store, 99, &roll, &why), RC_NOT_FOUND);
	store_close(store);
}

static void one_operation_and_then_what_differs(void **state)
{
	(void)state;
	struct store *store = make_group("stored.db");
	struct roll roll = load(store, TAKEN);
	roll_toggle(&roll, row_of(&roll, "GAMA"), AT(15, 20));
	assert_true(roll_is_changed(&roll));
	store_roll(store, &roll, "AM-2023-08: asistencia, 3 presentes");
	assert_true(roll.is_stored);
	/* Taken before the list was there: nobody came late. */
	expect_roll(&roll, "ALFA present virtual alternate; EPSI absent; FUE absent; GAMA present "
			   "in_person; DELTA present in_person");
	roll_toggle(&roll, row_of(&roll, "fue"), AT(15, 20));
	roll_toggle_standing(&roll, row_of(&roll, "FUE"), AT(15, 20));
	store_roll(store, &roll,
		   "AM-2023-08: FUE presente, presencial, suplente, llega 15h20");
	roll_leave(&roll, row_of(&roll, "ALFA"), AT(16, 40));
	roll_toggle_excused(&roll, row_of(&roll, "EPSI"), AT(16, 40));
	store_roll(store, &roll, "AM-2023-08: asistencia de ALFA, EPSI");
	expect_roll(&roll, "ALFA present virtual alternate -1000; EPSI excused; FUE present "
			   "in_person alternate +920; GAMA present in_person; DELTA present "
			   "in_person");
	char *edits = test_query("stored.db", "SELECT json_array_length(text, '$.edits') FROM"
					      " history ORDER BY number DESC LIMIT 1");
	assert_string_equal(edits, "2");
	free(edits);
	struct operation *nothing = operation_new();
	assert_done(roll_compose(&roll, nothing, err));
	assert_true(operation_is_empty(nothing));
	operation_free(nothing);
	roll_release(&roll);
	store_close(store);
}

static void names_stay_out_of_the_history(void **state)
{
	(void)state;
	struct store *store = make_group("names.db");
	struct roll roll = load(store, TAKEN);
	assert_done(roll_set_delegate(&roll, row_of(&roll, "ALFA"), "Otra Persona", err));
	store_roll(store, &roll, "AM-2023-08: asistencia, 2 presentes");
	expect_row(&roll, "ALFA", "ALFA present virtual alternate (Otra Persona)");
	assert_done(roll_set_delegate(&roll, row_of(&roll, "ALFA"), "", err));
	store_roll(store, &roll, "AM-2023-08: ALFA presente, virtual, suplente");
	expect_row(&roll, "ALFA", "ALFA present virtual alternate");
	struct error why;
	assert_int_equal(roll_set_delegate(&roll, 0, "a\x1b[2J", &why), RC_INVALID);
	roll_release(&roll);
	store_close(store);
}

/* Two load the same, each marks something else, and of one row two fields. */
static void two_merge_by_field(void **state)
{
	(void)state;
	struct store *store = make_group("merge.db"), *other = test_open("merge.db");
	struct roll mine = load(store, TAKEN);
	store_roll(store, &mine, "AM-2023-08: asistencia, 2 presentes");
	struct roll theirs = load(other, TAKEN);
	roll_toggle_mode(&mine, row_of(&mine, "ALFA"), AT(15, 0));
	roll_toggle_standing(&theirs, row_of(&theirs, "ALFA"), AT(15, 0));
	roll_leave(&theirs, row_of(&theirs, "DELTA"), AT(16, 0));
	store_roll(store, &mine, "AM-2023-08: ALFA presente, presencial, suplente");
	store_roll(other, &theirs, "AM-2023-08: asistencia de ALFA, DELTA");
	assert_done(roll_reload(store, &mine, err));
	expect_row(&mine, "ALFA", "ALFA present in_person principal");
	expect_row(&mine, "DELTA", "DELTA present in_person -960");
	roll_release(&mine);
	roll_release(&theirs);
	store_close(other);
	store_close(store);
}

/* The list cannot be made twice; what was marked here is kept and stored over the other's. */
static void two_take_the_list_at_once(void **state)
{
	(void)state;
	struct error why;
	struct store *store = make_group("twice.db"), *other = test_open("twice.db");
	struct roll mine = load(store, TAKEN), theirs = load(other, TAKEN);
	roll_toggle(&mine, row_of(&mine, "GAMA"), AT(15, 0));
	roll_toggle(&theirs, row_of(&theirs, "FUE"), AT(15, 0));
	store_roll(other, &theirs, "AM-2023-08: asistencia, 3 presentes");
	assert_int_equal(try_store(store, &mine, NULL, &why), RC_CONFLICT);
	assert_done(roll_reload(store, &mine, err));
	assert_true(mine.is_stored && roll_is_changed(&mine));
	store_roll(store, &mine, "AM-2023-08: GAMA presente, presencial");
	expect_row(&mine, "FUE", "FUE present in_person");
	char *rows = test_query("twice.db", "SELECT count(*) FROM attendance WHERE meeting = 12");
	assert_string_equal(rows, "5");
	free(rows);
	roll_release(&mine);
	roll_release(&theirs);
	store_close(other);
	store_close(store);
}

/* Without seeing each other, as on two machines: the rows have the same keys. */
static void the_same_list_has_the_same_keys(void **state)
{
	(void)state;
	static const char keys[] = "SELECT group_concat(key) FROM (SELECT key FROM attendance"
				   " WHERE meeting = 12 ORDER BY organization)";
	char *found[2];
	for (int i = 0; i < 2; i++) {
		const char *name = i ? "here.db" : "there.db";
		struct store *store = make_group(name);
		struct roll roll = load(store, TAKEN);
		store_roll(store, &roll, "AM-2023-08: asistencia, 2 presentes");
		roll_release(&roll);
		store_close(store);
		found[i] = test_query(name, keys);
	}
	assert_true(strlen(found[0]) > 5);
	assert_string_equal(found[0], found[1]);
	free(found[0]);
	free(found[1]);
}

static void a_slip_is_taken_back_whole(void **state)
{
	(void)state;
	struct store *store = make_group("slip.db");
	struct roll roll = load(store, TAKEN);
	store_roll(store, &roll, "AM-2023-08: asistencia, 2 presentes");
	size_t alfa = row_of(&roll, "ALFA");
	roll_toggle(&roll, alfa, AT(15, 30));
	expect_row(&roll, "ALFA", "ALFA absent");
	store_roll(store, &roll, "AM-2023-08: ALFA ausente");
	roll_toggle(&roll, alfa, AT(15, 31));
	expect_row(&roll, "ALFA", "ALFA present virtual alternate");
	/* Who left comes back with the same key. */
	roll_leave(&roll, alfa, AT(15, 40));
	expect_row(&roll, "ALFA", "ALFA present virtual alternate -940");
	roll_toggle(&roll, alfa, AT(15, 50));
	expect_row(&roll, "ALFA", "ALFA present virtual alternate");
	roll_leave(&roll, row_of(&roll, "FUE"), AT(15, 50));
	expect_row(&roll, "FUE", "FUE absent");
	roll_release(&roll);
	store_close(store);
}

static void guests_known_and_unknown(void **state)
{
	(void)state;
	size_t row;
	bool is_known;
	struct error why;
	struct store *store = make_group("guests.db");
	struct roll roll = load(store, TAKEN);
	assert_done(roll_add_guest(store, &roll, "gn", &row, &is_known, err));
	assert_true(is_known);
	assert_done(roll_add_guest(store, &roll, "xyz", &row, &is_known, err));
	assert_false(is_known);
	assert_string_equal(roll.rows.items[row].acronym, "XYZ");
	assert_done(roll_add_guest(store, &roll, "alfa", &row, &is_known, err));
	assert_int_equal(roll.rows.items[row].capacity, CAPACITY_MEMBER);
	assert_int_equal(roll.rows.count, 7);
	assert_int_equal(roll_add_guest(store, &roll, "", &row, &is_known, &why), RC_INVALID);
	assert_int_equal(roll_add_guest(store, &roll, "a\nb", &row, &is_known, &why),
			 RC_INVALID);
	store_roll(store, &roll, "AM-2023-08: asistencia, 4 presentes");
	expect_row(&roll, "XYZ", "XYZ present in_person");
	assert_int_equal(roll.rows.items[row_of(&roll, "XYZ")].capacity, CAPACITY_GUEST);
	assert_int_equal(roll.rows.count, 7);
	char *review = test_query("guests.db",
				  "SELECT review FROM organization WHERE acronym = 'XYZ'");
	assert_string_equal(review, "1");
	free(review);
	roll_release(&roll);
	store_close(store);
}

/* Guests called beforehand make no list yet. */
static void a_guest_alone_is_no_list(void **state)
{
	(void)state;
	struct store *store = make_group("alone.db");
	test_sql("alone.db", "INSERT INTO attendance (key, meeting, organization, capacity, status)"
			     " VALUES (9, 13, 7, 'guest', 'present')");
	struct roll roll = load(store, NEXT);
	assert_false(roll.is_stored);
	assert_string_equal(roll.from, "AM-2023-05"); /* nobody is said to have been at the 08 */
	expect_row(&roll, "GN", "GN present");
	store_roll(store, &roll, "AM-2023-09: asistencia, 3 presentes");
	assert_int_equal(roll.rows.count, 6);
	roll_release(&roll);
	store_close(store);
}

static void words_of_a_command(void **state)
{
	static const struct {
		const char *words, *expected; /* NULL: not understood */
	} cases[] = {
		{"presente", "FUE present in_person"},
		{"Presente,Virtual", "FUE present virtual"},
		{"virtual", "FUE present virtual"},
		{"suplente,virtual", "FUE present virtual alternate"},
		{"titular", "FUE present in_person principal"},
		{"principal", "FUE present in_person principal"},
		{"alternate", "FUE present in_person alternate"},
		{"ausente", "FUE absent"},
		{"absent", "FUE absent"},
		{"justificado", "FUE excused"},
		{"justificada", "FUE excused"},
		{"excused", "FUE excused"},
		{"in_person", "FUE present in_person"},
		{"presente,15h20", "FUE present in_person +920"},
		{"presente,15h20-16h40", "FUE present in_person +920 -1000"},
		{"presente,-16:40", "FUE present in_person -1000"},
		{"15h20-", "FUE present in_person +920"},
		{"", NULL},
		{"presente,", NULL},
		{"presente,presente", NULL},
		{"virtual,presencial", NULL},
		{"ausente,virtual", NULL},
		{"justificado,15h20", NULL},
		{"16h40-15h20", NULL},
		{"15h20-25h00", NULL},
		{"presente, quizás", NULL},
	};
	(void)state;
	struct store *store = make_group("words.db");
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct error err;
		struct roll roll = load(store, TAKEN);
		size_t row = row_of(&roll, "FUE");
		enum rc rc = roll_assign(&roll, row, cases[i].words, &err);
		if (rc != (cases[i].expected ? RC_OK : RC_INVALID))
			fail_msg("«%s»: %d", cases[i].words, rc);
		if (cases[i].expected)
			expect_row(&roll, "FUE", cases[i].expected);
		roll_release(&roll);
	}
	store_close(store);
}

static void the_quorum_of_those_who_are_there(void **state)
{
	(void)state;
	struct quorum_count count;
	struct quorum_rule rule;
	struct store *store = make_group("quorum.db");
	struct roll roll = load(store, TAKEN);
	assert_done(quorum_rule_parse("2", &rule, err));
	roll_count(&roll, DAY_MINUTE_NONE, &count);
	assert_int_equal(count.members, 4); /* DELTA observes */
	assert_int_equal(count.present, 1);
	assert_int_equal(count.sector_members[SECTOR_PUBLIC], 2);
	store_roll(store, &roll, "AM-2023-08: asistencia, 2 presentes");
	assert_done(roll_set_times(&roll, row_of(&roll, "GAMA"), "15h10", err));
	assert_done(roll_set_times(&roll, row_of(&roll, "FUE"), "15h20-15h30", err));
	roll_count(&roll, AT(15, 0), &count);
	assert_int_equal(count.present, 1);
	roll_count(&roll, AT(15, 25), &count);
	assert_int_equal(count.present, 3);
	roll_count(&roll, AT(15, 30), &count);
	assert_int_equal(count.present, 2);
	assert_int_equal(count.sector_present[SECTOR_CIVIL_SOCIETY], 0);
	assert_int_equal(roll_quorum_lost(&roll, &rule), DAY_MINUTE_NONE);
	roll_leave(&roll, row_of(&roll, "ALFA"), AT(16, 0));
	assert_int_equal(roll_quorum_lost(&roll, &rule), AT(16, 0));
	day_minute lost;
	assert_int_equal(roll_quorum_regained(&roll, &rule, &lost), DAY_MINUTE_NONE);
	/* Whoever comes brings it back, until the next one leaves. */
	assert_done(roll_set_times(&roll, row_of(&roll, "EPSI"), "16h05-16h50", err));
	assert_int_equal(roll_quorum_lost(&roll, &rule), AT(16, 50));
	assert_done(roll_set_times(&roll, row_of(&roll, "EPSI"), "16h05", err));
	assert_int_equal(roll_quorum_lost(&roll, &rule), DAY_MINUTE_NONE);
	assert_int_equal(roll_quorum_regained(&roll, &rule, &lost), AT(16, 5));
	assert_int_equal(lost, AT(16, 0));
	roll_release(&roll);
	store_close(store);
}

static void an_approved_acta_stays(void **state)
{
	(void)state;
	struct error err;
	struct store *store = make_group("approved.db");
	test_sql("approved.db", "UPDATE meeting SET status = 'approved' WHERE key = 11");
	struct roll roll = load(store, HELD);
	roll_toggle(&roll, row_of(&roll, "FUE"), AT(15, 0));
	assert_int_equal(try_store(store, &roll, NULL, &err), RC_REFUSED);
	roll_release(&roll);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_list_is_proposed),
		cmocka_unit_test(one_operation_and_then_what_differs),
		cmocka_unit_test(names_stay_out_of_the_history),
		cmocka_unit_test(two_merge_by_field),
		cmocka_unit_test(two_take_the_list_at_once),
		cmocka_unit_test(the_same_list_has_the_same_keys),
		cmocka_unit_test(a_slip_is_taken_back_whole),
		cmocka_unit_test(guests_known_and_unknown),
		cmocka_unit_test(a_guest_alone_is_no_list),
		cmocka_unit_test(words_of_a_command),
		cmocka_unit_test(the_quorum_of_those_who_are_there),
		cmocka_unit_test(an_approved_acta_stays),
	};
	return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
