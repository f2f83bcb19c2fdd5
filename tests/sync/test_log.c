/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/chain.h"
#include "sync/simulator.h"

#include <string.h>

#include "nucleo/sync/log_parts.h"

/* A script that one machine after the other carries out on one drive. */
struct scene {
	struct simulator *simulator;
	struct chain chains[2];
	void (*act)(struct scene *scene);
	enum log_result results[6];
	enum rc codes[3];
	struct error err;
};

static void begin(void *context, size_t machine)
{
	struct scene *scene = context;
	if (machine == 0)
		scene->act(scene);
}

/* All of it runs on the first machine's stack; the drives are those of both. */
static void play(struct scene *scene, void (*act)(struct scene *scene))
{
	*scene = (struct scene){.simulator = simulator_new(7, 2), .act = act};
	for (size_t i = 0; i < 2; i++)
		scene->chains[i] = chain_new();
	simulator_run(scene->simulator, begin, scene);
}

static void end(struct scene *scene)
{
	for (size_t i = 0; i < 2; i++)
		chain_release(&scene->chains[i]);
	simulator_free(scene->simulator);
}

static enum log_result append(struct scene *scene, size_t machine, size_t which)
{
	return chain_append(&scene->chains[machine], simulator_drive(scene->simulator, machine),
			    chain_id(machine, which).hex, &scene->err);
}

static enum log_result pull(struct scene *scene, size_t machine)
{
	struct log_head head = scene->chains[machine].head;
	return log_pull(simulator_drive(scene->simulator, machine), &head, chain_receive,
			&scene->chains[machine], &scene->err);
}

static void act_news(struct scene *scene)
{
	scene->results[0] = pull(scene, 1);
	scene->results[1] = append(scene, 0, 0);
	scene->results[2] = append(scene, 0, 1);
	scene->results[3] = pull(scene, 1);
	scene->results[4] = append(scene, 0, 2);
	scene->results[5] = pull(scene, 1);
}

static void news_is_seen_at_once_by_who_asked_too_early(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_news);
	for (size_t i = 0; i < ARRAY_COUNT(scene.results); i++)
		assert_int_equal(scene.results[i], LOG_DONE);
	assert_int_equal(scene.chains[1].head.number, 3);
	assert_true(chain_is_prefix(&scene.chains[0], &scene.chains[1]));
	end(&scene);
}

static void act_late(struct scene *scene)
{
	scene->results[0] = append(scene, 0, 0);
	scene->results[1] = append(scene, 1, 0);
	scene->results[2] = pull(scene, 1);
	scene->results[3] = append(scene, 1, 0);
}

static void who_comes_second_publishes_after_the_first(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_late);
	assert_int_equal(scene.results[0], LOG_DONE);
	assert_int_equal(scene.results[1], LOG_LOST);
	assert_int_equal(scene.results[2], LOG_DONE);
	assert_int_equal(scene.results[3], LOG_DONE);
	assert_int_equal(scene.chains[1].head.number, 2);
	end(&scene);
}

static void act_lost_tail(struct scene *scene)
{
	scene->results[0] = append(scene, 0, 0);
	scene->results[1] = pull(scene, 1);
	scene->results[2] = append(scene, 0, 1);
	simulator_lose(scene->simulator, "00000/000000000002.json");
	scene->results[3] = append(scene, 0, 2);
	scene->results[4] = append(scene, 1, 0);
	scene->results[5] = append(scene, 0, 2);
}

static void a_server_that_lost_its_tail_gets_no_gap(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_lost_tail);
	assert_int_equal(scene.results[2], LOG_DONE);
	assert_int_equal(scene.results[3], LOG_GONE);
	assert_non_null(strstr(scene.err.text, "la operación 2"));
	assert_int_equal(scene.results[4], LOG_DONE);
	assert_int_equal(scene.results[5], LOG_FORKED);
	end(&scene);
}

static void act_fork(struct scene *scene)
{
	act_lost_tail(scene);
	scene->results[0] = append(scene, 1, 1);
	scene->results[1] = pull(scene, 0);
}

static void a_fork_is_not_pulled(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_fork);
	assert_int_equal(scene.results[0], LOG_DONE);
	assert_int_equal(scene.results[1], LOG_FORKED);
	assert_int_equal(scene.chains[0].head.number, 2);
	end(&scene);
}

static enum drive_result put(struct scene *scene, const char *name, const char *bytes)
{
	struct drive *drive = simulator_drive(scene->simulator, 0);
	return drive->ops->put_if_absent(drive, name, bytes, strlen(bytes), &scene->err);
}

static void act_foreign(struct scene *scene)
{
	put(scene, "00000/000000000001.json", "{\"op\":\"no es nuestra\"}\n");
	scene->results[0] = append(scene, 0, 0);
	scene->results[1] = pull(scene, 0);
}

static void a_foreign_file_is_named_and_left(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_foreign);
	assert_int_equal(scene.results[0], LOG_LOST);
	assert_int_equal(scene.results[1], LOG_DAMAGED);
	assert_int_equal(scene.err.code, RC_IO);
	assert_non_null(strstr(scene.err.text, "00000/000000000001.json"));
	assert_int_equal(simulator_overwrites(scene.simulator), 0);
	end(&scene);
}

static enum rc refuse_all(void *context, const struct log_operation *operation, struct error *err)
{
	(void)context, (void)operation;
	return error_set(err, RC_REFUSED, "no");
}

static void act_refuse(struct scene *scene)
{
	struct log_head head = log_head_none();
	scene->results[0] = append(scene, 0, 0);
	scene->results[1] = log_pull(simulator_drive(scene->simulator, 1), &head, refuse_all, NULL,
				     &scene->err);
	scene->results[2] = head.number == 0 ? LOG_DONE : LOG_DAMAGED;
}

static void the_receiver_can_stop_and_the_head_stays(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_refuse);
	assert_int_equal(scene.results[1], LOG_STOPPED);
	assert_int_equal(scene.err.code, RC_REFUSED);
	assert_int_equal(scene.results[2], LOG_DONE);
	end(&scene);
}

/* A folder is full after 4095, since counting begins at 1; the next folder is made. */
static void act_many(struct scene *scene)
{
	for (size_t i = 0; i < 4094; i++)
		scene->results[0] = append(scene, 0, i);
	scene->results[1] = pull(scene, 1);
	for (size_t i = 4094; i < 4100; i++)
		scene->results[2] = append(scene, 0, i);
	scene->results[3] = pull(scene, 1);
}

static void a_new_folder_is_seen_as_soon(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_many);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(scene.results[i], LOG_DONE);
	assert_int_equal(scene.chains[1].head.number, 4100);
	end(&scene);
}

static enum log_result reads(struct scene *scene, size_t machine, const char *bytes)
{
	struct strbuf found;
	struct drive *drive = simulator_drive(scene->simulator, machine);
	strbuf_init(&found);
	bool is_same = drive->ops->read(drive, "turn-1", 9, &found, &scene->err) == DRIVE_DONE &&
		       strcmp(found.data, bytes) == 0;
	strbuf_release(&found);
	return is_same ? LOG_DONE : LOG_DAMAGED;
}

/* What the simulator does with files that safety does not rest on. */
static void act_advisory(struct scene *scene)
{
	struct drive *first = simulator_drive(scene->simulator, 0);
	struct drive *second = simulator_drive(scene->simulator, 1);
	drive_names names = {0};
	first->ops->replace(first, "turn-1", "uno", 3, &scene->err);
	scene->results[0] = reads(scene, 1, "uno");
	first->ops->replace(first, "turn-1", "dos", 3, &scene->err);
	scene->results[1] = reads(scene, 1, "uno");
	second->ops->refresh(second, "", &scene->err);
	scene->results[2] = reads(scene, 1, "dos");
	second->ops->list(second, "", &names, &scene->err);
	scene->results[3] = names.count == 1 && strcmp(names.items[0], "turn-1") == 0 ? LOG_DONE
										      : LOG_DAMAGED;
	first->ops->remove(first, "turn-1", &scene->err);
	scene->results[4] = reads(scene, 0, "dos");
	drive_names_release(&names);
}

static void advisory_files_are_read_late_until_refreshed(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_advisory);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(scene.results[i], LOG_DONE);
	assert_int_equal(scene.results[4], LOG_DAMAGED);
	end(&scene);
}

static void act_formats(struct scene *scene)
{
	struct log_format format;
	struct drive *drive = simulator_drive(scene->simulator, 0);
	scene->codes[0] = log_read_format(drive, &format, &scene->err);
	put(scene, "FORMAT", "{\"format\":\"nucleo log\",\"protocol\":2,\"otro\":1}\n");
	scene->codes[1] = log_create_format(drive, 1, &format, &scene->err);
}

#define FORMAT_OF(schema, uuid)                                                     \
	"{\"format\":\"nucleo log\",\"protocol\":1,\"schema\":" schema ",\"uuid\":\"" uuid \
	"\"}\n"
#define UUID "0123456789abcdef0123456789abcdef"

static const char *const damaged_formats[] = {
	FORMAT_OF("1", "0"),	  FORMAT_OF("1", UUID "0"), FORMAT_OF("0", UUID),
	FORMAT_OF("-1", UUID),	  FORMAT_OF("01", UUID),    FORMAT_OF("", UUID),
	FORMAT_OF("1", UUID) "x", FORMAT_OF("9999999999999", UUID),
};

/* The last one is none of these. */
static void act_damaged_format(struct scene *scene)
{
	struct log_format format;
	struct drive *drive = simulator_drive(scene->simulator, 0);
	for (size_t i = 0; i < ARRAY_COUNT(damaged_formats); i++) {
		drive->ops->remove(drive, "FORMAT", &scene->err);
		put(scene, "FORMAT", damaged_formats[i]);
		scene->codes[0] = log_read_format(drive, &format, &scene->err);
		if (scene->codes[0] != RC_INVALID)
			return;
	}
	drive->ops->remove(drive, "FORMAT", &scene->err);
	put(scene, "FORMAT", FORMAT_OF("7", UUID));
	scene->codes[1] = log_read_format(drive, &format, &scene->err);
	scene->codes[2] = format.schema == 7 ? RC_OK : RC_INVALID;
}

static void formats_are_told_apart(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_formats);
	assert_int_equal(scene.codes[0], RC_NOT_FOUND);
	assert_int_equal(scene.codes[1], RC_REFUSED);
	end(&scene);
	play(&scene, act_damaged_format);
	assert_int_equal(scene.codes[0], RC_INVALID);
	assert_int_equal(scene.codes[1], RC_OK);
	assert_int_equal(scene.codes[2], RC_OK);
	end(&scene);
}

static void add_sample(struct strbuf *out, int64_t number)
{
	struct log_head head = log_head_none();
	struct strbuf text;
	strbuf_init(&text);
	chain_compose(&text, chain_id(0, 0).hex, &head);
	frame_add(out, number, text.data, text.length);
	strbuf_release(&text);
}

static void every_cut_and_every_bit_is_noticed(void **state)
{
	(void)state;
	struct strbuf bytes;
	struct framed framed;
	strbuf_init(&bytes);
	add_sample(&bytes, 42);
	assert_true(frame_read(&framed, 42, bytes.data, bytes.length));
	assert_false(frame_read(&framed, 43, bytes.data, bytes.length));
	for (size_t i = 0; i < bytes.length; i++) {
		assert_false(frame_read(&framed, 42, bytes.data, i));
		for (int bit = 0; bit < 8; bit++) {
			bytes.data[i] = (char)(bytes.data[i] ^ (1 << bit));
			assert_false(frame_read(&framed, 42, bytes.data, bytes.length));
			bytes.data[i] = (char)(bytes.data[i] ^ (1 << bit));
		}
	}
	strbuf_add(&bytes, "\n", 1);
	assert_false(frame_read(&framed, 42, bytes.data, bytes.length));
	strbuf_release(&bytes);
}

/* Sealed rightly by somebody who writes other things. */
static void a_seal_does_not_make_an_operation(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"", "\n\n\n", "{}", "{\"op\":\"", "{\"parent\":\"\",\"op\":\"\"}",
		"{\"op\":\"0000000000000000000000000000000G\",\"parent\":\"",
	};
	struct framed framed;
	struct operation_start start;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		struct strbuf bytes;
		strbuf_init(&bytes);
		frame_add(&bytes, 1, texts[i], strlen(texts[i]));
		assert_false(frame_read(&framed, 1, bytes.data, bytes.length));
		assert_false(operation_start_read(&start, texts[i], strlen(texts[i])));
		strbuf_release(&bytes);
	}
}

static void act_invalid(struct scene *scene)
{
	struct strbuf text;
	struct log_head head = log_head_none(), other = head;
	struct drive *drive = simulator_drive(scene->simulator, 0);
	other.hash.hex[0] = '1';
	strbuf_init(&text);
	chain_compose(&text, chain_id(0, 0).hex, &head);
	scene->results[0] = log_append(drive, &other, text.data, text.length, &scene->err);
	scene->results[1] = log_append(drive, &head, text.data, LOG_TEXT_LIMIT + 1, &scene->err);
	scene->results[2] = log_append(drive, &head, "{}", 2, &scene->err);
	strbuf_release(&text);
}

static void what_does_not_follow_is_not_published(void **state)
{
	(void)state;
	struct scene scene;
	play(&scene, act_invalid);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(scene.results[i], LOG_INVALID);
	assert_int_equal(simulator_calls(scene.simulator), 0);
	end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(news_is_seen_at_once_by_who_asked_too_early),
		cmocka_unit_test(who_comes_second_publishes_after_the_first),
		cmocka_unit_test(a_server_that_lost_its_tail_gets_no_gap),
		cmocka_unit_test(a_fork_is_not_pulled),
		cmocka_unit_test(a_foreign_file_is_named_and_left),
		cmocka_unit_test(the_receiver_can_stop_and_the_head_stays),
		cmocka_unit_test(a_new_folder_is_seen_as_soon),
		cmocka_unit_test(advisory_files_are_read_late_until_refreshed),
		cmocka_unit_test(formats_are_told_apart),
		cmocka_unit_test(every_cut_and_every_bit_is_noticed),
		cmocka_unit_test(a_seal_does_not_make_an_operation),
		cmocka_unit_test(what_does_not_follow_is_not_published),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
