/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/store/share_parts.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/clock.h"
#include "nucleo/base/memory.h"

bool share_look_at_people(struct share *share, int wait_ms)
{
	return share_ask(share, WORKER_LOOK, wait_ms);
}

/* Nobody waits for it: when it cannot be sent, it is sent the next time. */
void share_tell_person(struct share *share, const char *screen)
{
	struct channel_message request = {.kind = WORKER_PERSON};
	struct strbuf text;
	strbuf_init(&text);
	strbuf_addf(&text, "%s\n%s\n%s", store_actor(share->store), store_post(share->store),
		    screen);
	channel_set_text(&request, text.data);
	if (strcmp(text.data, share->person.data) != 0 && channel_send(&share->channel, &request)) {
		strbuf_reset(&share->person);
		strbuf_adds(&share->person, text.data);
	}
	strbuf_release(&text);
}

/* The worker may not have come back from the drive for long: whoever was there then may be gone. */
static bool is_here(const struct presence_person *person)
{
	return person->age_ms < PRESENCE_GONE_MS + PRESENCE_CLOCK_MS;
}

void share_people(const struct share *share, struct share_people *people)
{
	presence_people all = {0};
	*people = (struct share_people){.text = mem_strdup(share->people_text.data)};
	worker_read_people(people->text, clock_monotonic_ms(), &all);
	for (size_t i = 0; i < all.count; i++)
		if (is_here(&all.items[i]))
			vector_push(&people->list, all.items[i]);
	people->unnamed = share->people - (int64_t)all.count;
	vector_release(&all);
}

void share_people_release(struct share_people *people)
{
	vector_release(&people->list);
	free(people->text);
	*people = (struct share_people){0};
}
