/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/views/news.h"

#include <stdlib.h>

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"

void news_begin(struct news *news, struct store *store)
{
	struct error ignored;
	if (arrivals_begin(&news->arrivals, store, &ignored) != RC_OK)
		arrivals_release(&news->arrivals);
}

/* Both lists are in order: what is marked anew has another moment. */
static void mark(struct news *news, const key_list *keys, int64_t until)
{
	VECTOR(struct news_mark) merged = {0};
	size_t old = 0;
	for (size_t i = 0; i < keys->count; i++) {
		const struct news_mark fresh = {keys->items[i], until};
		while (old < news->marks.count && news->marks.items[old].key < fresh.key)
			vector_push(&merged, news->marks.items[old++]);
		if (old < news->marks.count && news->marks.items[old].key == fresh.key)
			old++;
		vector_push(&merged, fresh);
	}
	while (old < news->marks.count)
		vector_push(&merged, news->marks.items[old++]);
	news->marks.count = 0;
	for (size_t i = 0; i < merged.count; i++)
		vector_push(&news->marks, merged.items[i]);
	vector_release(&merged);
}

static void forget_words(struct news *news)
{
	free(news->by);
	free(news->words);
	news->by = news->words = NULL;
}

bool news_look(struct news *news, struct store *store, int64_t now)
{
	struct arrivals_news arrived;
	struct error ignored;
	bool is_something = arrivals_take(&news->arrivals, store, &arrived, &ignored) == RC_OK &&
			    arrived.count;
	if (is_something) {
		news->until = now + NEWS_MS;
		mark(news, &arrived.keys, news->until);
		news->count += arrived.count;
		forget_words(news);
		news->by = mem_strdup(arrived.by);
		news->words = mem_strdup(arrived.words);
	}
	arrivals_news_release(&arrived);
	return is_something;
}

bool news_expire(struct news *news, int64_t now)
{
	size_t kept = 0;
	for (size_t i = 0; i < news->marks.count; i++)
		if (news->marks.items[i].until > now)
			news->marks.items[kept++] = news->marks.items[i];
	bool is_something = kept < news->marks.count || (news->words && news->until <= now);
	news->marks.count = kept;
	if (news->until <= now) {
		forget_words(news);
		news->count = 0;
	}
	return is_something;
}

int news_wait_ms(const struct news *news, int64_t now)
{
	int64_t next = news->words ? news->until : INT64_MAX;
	for (size_t i = 0; i < news->marks.count; i++)
		if (news->marks.items[i].until < next)
			next = news->marks.items[i].until;
	if (next == INT64_MAX)
		return -1;
	return next <= now ? 0 : (int)(next - now);
}

static int by_key(const void *a, const void *b)
{
	const struct news_mark *left = a, *right = b;
	return (left->key > right->key) - (left->key < right->key);
}

bool news_is_marked(const struct news *news, int64_t key)
{
	const struct news_mark sought = {.key = key};
	return news->marks.count && bsearch(&sought, news->marks.items, news->marks.count,
					    sizeof(sought), by_key) != NULL;
}

const char *news_author(const struct news *news, int64_t key)
{
	bool is_known = news->count == 1 && news->by && *news->by && news_is_marked(news, key);
	return is_known ? news->by : NULL;
}

void news_add_line(const struct news *news, struct strbuf *out)
{
	if (!news->words)
		return;
	/* TRANSLATORS: the sign of the marked rows, who changed something, and what */
	strbuf_addf(out, _("%s %s: %s"), NEWS_SIGN, *news->by ? news->by : _("alguien"),
		    news->words);
	if (news->count > 1)
		strbuf_addf(out, _(", y %lld más"), (long long)news->count - 1);
}

void news_release(struct news *news)
{
	arrivals_release(&news->arrivals);
	vector_release(&news->marks);
	forget_words(news);
}
