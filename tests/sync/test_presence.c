/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/simulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"
#include "nucleo/sync/presence_parts.h"

/* A script on the drives of three machines; times are those of the machine that asks. */
struct scene {
	struct simulator *simulator;
	void (*act)(struct scene *scene);
	struct drive *drives[3];
	struct presence presences[3];
	presence_people people;
};

static const struct presence_person persons[3] = {
	{.acronym = "FCD", .host = "pc-1", .screen = "Agenda", .program = "0.1", .since = "hoy"},
	{.acronym = "AME", .host = "pc-2", .screen = "Acciones", .program = "0.1", .since = "hoy"},
	{.acronym = "AME", .host = "pc-1", .screen = "Sala", .program = "0.2", .since = "ayer"},
};

static void begin(void *context, size_t machine)
{
	struct scene *scene = context;
	if (machine == 0)
		scene->act(scene);
}

static void play(void (*act)(struct scene *scene))
{
	struct scene scene = {.simulator = simulator_new(5, 3), .act = act};
	for (size_t i = 0; i < 3; i++)
		scene.drives[i] = simulator_drive(scene.simulator, i);
	simulator_run(scene.simulator, begin, &scene);
	for (size_t i = 0; i < 3; i++)
		presence_release(&scene.presences[i]);
	vector_release(&scene.people);
	simulator_free(scene.simulator);
}

static void tell(struct scene *scene, size_t machine, int64_t now)
{
	presence_tell(&scene->presences[machine], scene->drives[machine], &persons[machine], now);
}

/* How many are seen. Pages of files that were replaced are fresh by then. */
static size_t look(struct scene *scene, size_t machine, int64_t now)
{
	struct presence *presence = &scene->presences[machine];
	simulator_sleep(scene->simulator, 0, 3000);
	presence_look(presence, scene->drives[machine], now);
	vector_release(&scene->people);
	presence_list(presence, now, &scene->people);
	return scene->people.count;
}

static size_t files(struct scene *scene)
{
	struct error err;
	drive_names names = {0};
	scene->drives[0]->ops->list(scene->drives[0], "", &names, &err);
	size_t count = names.count;
	drive_names_release(&names);
	return count;
}

static void act_see(struct scene *scene)
{
	assert_int_equal(look(scene, 0, 0), 0);
	for (size_t i = 0; i < 3; i++)
		tell(scene, i, 0);
	assert_int_equal(look(scene, 0, 5), 2);
	const struct presence_person *seen = scene->people.items;
	assert_string_equal(seen[0].acronym, "AME");
	assert_string_equal(seen[0].host, "pc-1");
	assert_string_equal(seen[0].screen, "Sala");
	assert_string_equal(seen[0].program, "0.2");
	assert_string_equal(seen[0].since, "ayer");
	assert_string_equal(seen[1].host, "pc-2");
	assert_int_equal(look(scene, 0, 1005), 2);
	assert_int_equal(scene->people.items[0].age_ms, 1000);
	presence_end(&scene->presences[2], scene->drives[2]);
	assert_int_equal(look(scene, 0, 1010), 1);
	presence_end(&scene->presences[1], scene->drives[1]);
	presence_end(&scene->presences[0], scene->drives[0]);
	assert_int_equal(look(scene, 0, 1020), 0);
	assert_int_equal(files(scene), 0);
}

static void all_see_each_other_until_they_go(void **state)
{
	(void)state;
	play(act_see);
}

static void act_rate(struct scene *scene)
{
	unsigned before = simulator_calls(scene->simulator);
	for (int64_t now = 0; now < 10 * PRESENCE_TELL_MS; now += 100)
		tell(scene, 0, now);
	assert_int_equal(simulator_calls(scene->simulator) - before, 10);
}

/* Somebody who goes from screen to screen is told of at most every four seconds, the last one. */
static void act_restless(struct scene *scene)
{
	static const char *const screens[] = {"Agenda", "Sala", "Acciones"};
	struct presence_person own = persons[0];
	unsigned before = simulator_calls(scene->simulator);
	for (int64_t now = 0; now <= 10 * PRESENCE_CHANGE_MS; now += 100) {
		own.screen = screens[now / 100 % 3];
		presence_tell(&scene->presences[0], scene->drives[0], &own, now);
	}
	unsigned calls = simulator_calls(scene->simulator) - before;
	assert_true(calls >= 10 && calls <= 11);
	own.screen = "Al fin";
	presence_tell(&scene->presences[0], scene->drives[0], &own, 20 * PRESENCE_CHANGE_MS);
	assert_int_equal(look(scene, 1, 5), 1);
	assert_string_equal(scene->people.items[0].screen, "Al fin");
}

static void another_screen_is_told_soon_but_not_often(void **state)
{
	(void)state;
	play(act_restless);
}

/* Left behind by somebody who ended badly, as the first look finds it. */
static void act_left(struct scene *scene)
{
	static const struct {
		const char *told;
		size_t seen;
	} cases[] = {{"2023-11-17T20:42:07Z", 0}, {"", 1}, {"ayer", 1}, {"2999-01-01T00:00:00Z", 1}};
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct presence_person own = persons[0];
		int64_t now = (int64_t)(i + 1) * 1000000;
		own.told = cases[i].told;
		presence_tell(&scene->presences[0], scene->drives[0], &own, now);
		assert_int_equal(look(scene, 1, now), cases[i].seen);
		/* A clock that is wrong costs no more than the next sign of life. */
		presence_tell(&scene->presences[0], scene->drives[0], &own,
			      now + PRESENCE_TELL_MS);
		assert_int_equal(look(scene, 1, now + PRESENCE_TELL_MS), 1);
		assert_int_equal(scene->people.items[0].age_ms, 0);
		presence_end(&scene->presences[0], scene->drives[0]);
		assert_int_equal(look(scene, 1, now + PRESENCE_TELL_MS + 1), 0);
	}
}

static void what_was_left_behind_is_told_by_its_own_moment(void **state)
{
	(void)state;
	play(act_left);
}

static void telling_costs_a_call_in_thirty_seconds(void **state)
{
	(void)state;
	play(act_rate);
}

/* Clocks that have nothing to do with each other: each has her own beginning. */
static void act_gone(struct scene *scene)
{
	tell(scene, 0, 5000000);
	assert_int_equal(look(scene, 1, 100), 1);
	assert_int_equal(look(scene, 1, 100 + PRESENCE_GONE_MS - 1), 1);
	assert_int_equal(look(scene, 1, 100 + PRESENCE_GONE_MS), 0);
	/* She was only asleep, and says the same again. */
	tell(scene, 0, 9000000);
	assert_int_equal(look(scene, 1, 200000), 1);
	assert_int_equal(scene->people.items[0].age_ms, 0);
	/* And does not come back: somebody clears it away in the end. */
	look(scene, 1, 700000);
	assert_int_equal(files(scene), 1);
	look(scene, 1, 900000);
	assert_int_equal(files(scene), 0);
}

static void who_gives_no_sign_is_gone(void **state)
{
	(void)state;
	play(act_gone);
}

#define ID "0123456789abcdef0123456789abcde"

static void put(struct scene *scene, const char *name, const char *bytes)
{
	struct error err;
	scene->drives[0]->ops->replace(scene->drives[0], name, bytes, strlen(bytes), &err);
}

static void act_garbage(struct scene *scene)
{
	char *huge = malloc(1000000);
	memset(huge, 'x', 1000000);
	memcpy(huge, "nucleo who\n", 11);
	huge[999999] = '\0';
	put(scene, "who-" ID "0", "");
	put(scene, "who-" ID "1", "nucleo who");
	put(scene, "who-" ID "2", huge);
	put(scene, "who-" ID "3", "\xff\xfe\n\n\n");
	put(scene, "who-1", "nucleo who\nacronym FCD\n");
	put(scene, "who-" ID "f0", "nucleo who\nacronym FCD\n");
	put(scene, "who-" ID "X", "nucleo who\nacronym FCD\n");
	assert_int_equal(look(scene, 1, 0), 0);
	/* What is not known to be ours is not removed. */
	look(scene, 1, 100000000);
	look(scene, 1, 200000000);
	assert_int_equal(files(scene), 7);
	put(scene, "who-" ID "4", "nucleo who\nacronym \x1b[31mF\xff\x43\r\nhost \n"
				  "other thing\nscreen x\nscreen y");
	assert_int_equal(look(scene, 1, 200000100), 1);
	const struct presence_person *seen = scene->people.items;
	assert_string_equal(seen->acronym, "[31mF�C");
	assert_string_equal(seen->host, "");
	assert_string_equal(seen->screen, "x");
	assert_string_equal(seen->program, "");
	/* Spoilt later, it is no sign of life. */
	put(scene, "who-" ID "4", "x");
	assert_int_equal(look(scene, 1, 200000200), 1);
	assert_string_equal(scene->people.items->screen, "x");
	assert_int_equal(scene->people.items->age_ms, 100);
	free(huge);
}

static void garbage_is_nobody(void **state)
{
	(void)state;
	play(act_garbage);
}

static void act_many(struct scene *scene)
{
	char name[64], text[64];
	for (int i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "who-%032x", i);
		snprintf(text, sizeof(text), "nucleo who\nacronym A%d\n", i);
		put(scene, name, text);
	}
	unsigned before = simulator_calls(scene->simulator);
	size_t seen = look(scene, 1, 0);
	assert_in_range(simulator_calls(scene->simulator) - before, 1, 18);
	for (int64_t now = 1; now < 20; now++) {
		size_t more = look(scene, 1, now);
		assert_true(more >= seen && more <= 256);
		seen = more;
	}
	assert_int_equal(seen, 256);
}

static void a_crowd_is_looked_at_bit_by_bit(void **state)
{
	(void)state;
	play(act_many);
}

static void what_is_written_is_read(void **state)
{
	(void)state;
	char *words[PRESENCE_WORDS] = {0};
	struct strbuf text, again;
	const struct presence_person own = {
		.acronym = "F\nC\x1b", .host = "\xff", .screen = "áé\nacronym X", .program = "",
		.since = "2023-11-17T20:42:07Z"};
	strbuf_init(&text);
	strbuf_init(&again);
	presence_compose(&text, &own, 1);
	presence_compose(&again, &own, 2);
	assert_string_not_equal(text.data, again.data);
	assert_true(utf8_is_valid(text.data, text.length));
	assert_true(presence_parse(words, text.data, text.length));
	assert_string_equal(words[PRESENCE_ACRONYM], "FC");
	assert_string_equal(words[PRESENCE_HOST], "�");
	assert_string_equal(words[PRESENCE_SCREEN], "áéacronym X");
	assert_string_equal(words[PRESENCE_PROGRAM], "");
	assert_string_equal(words[PRESENCE_SINCE], own.since);
	assert_false(presence_parse(words, "who", 3));
	assert_string_equal(words[PRESENCE_ACRONYM], "FC");
	for (int i = 0; i < PRESENCE_WORDS; i++)
		free(words[i]);
	strbuf_release(&text);
	strbuf_release(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_see_each_other_until_they_go),
		cmocka_unit_test(telling_costs_a_call_in_thirty_seconds),
		cmocka_unit_test(another_screen_is_told_soon_but_not_often),
		cmocka_unit_test(what_was_left_behind_is_told_by_its_own_moment),
		cmocka_unit_test(who_gives_no_sign_is_gone),
		cmocka_unit_test(garbage_is_nobody),
		cmocka_unit_test(a_crowd_is_looked_at_bit_by_bit),
		cmocka_unit_test(what_is_written_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
