/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/acta.h"

#include <stdlib.h>

void acta_init(struct acta *acta)
{
	*acta = (struct acta){
		.date = DATE_NONE,
		.starts = DAY_MINUTE_NONE,
		.ends = DAY_MINUTE_NONE,
	};
}

/* Frees what each element owns, then the array. */
#define RELEASE_EACH(list, ...)                                \
	do {                                                   \
		for (size_t i = 0; i < (list)->count; i++) {   \
			__auto_type each = &(list)->items[i]; \
			__VA_ARGS__;                           \
		}                                              \
		vector_release(list);                          \
	} while (0)

static void release_records(struct acta *acta)
{
	RELEASE_EACH(&acta->entries, (free(each->speaker), free(each->text),
				      prose_resolution_release(&each->resolution)));
	RELEASE_EACH(&acta->followups, (free(each->description), free(each->responsible),
					free(each->due_text)));
	RELEASE_EACH(&acta->indicators,
		     (free(each->organization), free(each->place), free(each->name)));
	vector_release(&acta->measures);
}

void acta_release(struct acta *acta)
{
	free(acta->group);
	free(acta->number);
	free(acta->place);
	free(acta->plan_title);
	free(acta->plan_code);
	free(acta->prepared_by);
	RELEASE_EACH(&acta->attendees,
		     (free(each->acronym), free(each->name), free(each->delegate)));
	RELEASE_EACH(&acta->items, free(each->title));
	release_records(acta);
	RELEASE_EACH(&acta->signatories, free(each->text));
	RELEASE_EACH(&acta->annexes, free(each->text));
	RELEASE_EACH(&acta->unplaced, free(each->text));
	RELEASE_EACH(&acta->remarks, free(each->text));
	acta_init(acta);
}
