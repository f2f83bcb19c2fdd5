/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"


#include "nucleo/base/clock.h"
#include "nucleo/base/machine.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/store/worker_parts.h"

/* Between two looks at who else is there. */
enum { LOOK_MS = 10 * 1000 };

static void tell(struct worker *worker, int64_t now)
{
	char host[MACHINE_NAME_SIZE];
	machine_name(host);
	const struct presence_person own = {.acronym = worker->actor,
					    .host = host,
					    .screen = "",
					    .program = PACKAGE_VERSION,
					    .since = worker->since};
	presence_tell(&worker->presence, worker->log, &own, now);
}

static int64_t count(struct worker *worker, int64_t now)
{
	presence_people people = {0};
	presence_list(&worker->presence, now, &people);
	int64_t found = (int64_t)people.count;
	vector_release(&people);
	return found;
}

/* Nothing rests on it: what fails is tried at the next look. */
void worker_meet(struct worker *worker)
{
	int64_t now = clock_monotonic_ms();
	if (!worker->is_joined)
		return;
	if (worker_may_write(worker))
		tell(worker, now);
	if (now < worker->next_look)
		return;
	worker->next_look = now + LOOK_MS;
	presence_look(&worker->presence, worker->log, now);
	int64_t people = count(worker, now);
	if (people != worker->people)
		worker_send(worker, WORKER_PEOPLE, 0, people, "");
	worker->people = people;
}

void worker_leave(struct worker *worker)
{
	if (worker->log)
		presence_end(&worker->presence, worker->log);
	presence_release(&worker->presence);
}
