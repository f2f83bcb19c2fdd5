/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_match.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/memory.h"

/* CANDIDATES: so many unused texts of one place are compared by their words. */
enum { WORD_BUCKETS = 128, CANDIDATES = 64 };

/* Distance of ranks given anew, and what no rank of ours reaches. */
enum { RANK_STEP = 16, RANK_MAX = 1 << 28 };

/* A text for comparing: how often words of each hash occur in it. */
struct profile {
	uint64_t hash;
	uint8_t words[WORD_BUCKETS];
	unsigned total;
};

struct matching {
	const struct match_text *wanted, *stored;
	struct profile *wanted_profiles, *stored_profiles;
	size_t wanted_count, stored_count;
	bool *used; /* of stored */
	size_t *pairs;
};

/* What pair_equal() looks for, and from where on. */
struct match_place {
	uint64_t key;
	size_t from;
	bool is_strict; /* in the same place only */
};

/* FNV-1a, 64 bits. */
static uint64_t hash_of(const char *text, size_t length)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
	return hash;
}

static void count_word(struct profile *profile, const char *word, size_t length)
{
	uint64_t hash = hash_of(word, length);
	uint8_t *count = &profile->words[(hash ^ hash >> 32) % WORD_BUCKETS];
	if (*count == UINT8_MAX)
		return;
	++*count;
	profile->total++;
}

static struct profile *profiles_of(const struct match_text *texts, size_t count)
{
	struct profile *profiles = mem_alloc_zero(count, sizeof(*profiles));
	for (size_t i = 0; i < count; i++) {
		const char *at = texts[i].text;
		profiles[i].hash = hash_of(at, strlen(at));
		while (*(at += strspn(at, " "))) {
			size_t length = strcspn(at, " ");
			count_word(&profiles[i], at, length);
			at += length;
		}
	}
	return profiles;
}

/* Words both have, in hundredths of the words of the longer one. */
static unsigned similarity(const struct profile *a, const struct profile *b)
{
	unsigned shared = 0, longer = a->total > b->total ? a->total : b->total;
	for (size_t i = 0; i < WORD_BUCKETS; i++)
		shared += a->words[i] < b->words[i] ? a->words[i] : b->words[i];
	return longer ? shared * 100 / longer : 0;
}

static void pair(struct matching *matching, size_t wanted, size_t stored)
{
	matching->used[stored] = true;
	matching->pairs[wanted] = stored;
}

/* What must be equal, in one number, side by side: this is compared most often. */
static uint64_t *keys_of(const struct match_text *texts, const struct profile *profiles,
			 size_t count, bool in_place)
{
	uint64_t *keys = mem_alloc_zero(count, sizeof(*keys));
	for (size_t i = 0; i < count; i++)
		keys[i] = profiles[i].hash ^ (in_place ? (uint64_t)texts[i].group : 0);
	return keys;
}

static bool is_equal(const struct matching *matching, size_t wanted, size_t stored, bool in_place)
{
	const struct match_text *a = &matching->wanted[wanted], *b = &matching->stored[stored];
	return !matching->used[stored] && (!in_place || a->group == b->group) &&
	       strcmp(a->text, b->text) == 0;
}

/* Where a text equal to the wanted one stands, from `from` on and then from the beginning. */
static size_t find_equal(const struct matching *matching, const uint64_t *keys, size_t wanted,
			 struct match_place place)
{
	for (size_t i = place.from; i < matching->stored_count; i++)
		if (keys[i] == place.key && is_equal(matching, wanted, i, place.is_strict))
			return i;
	for (size_t i = 0; i < place.from; i++)
		if (keys[i] == place.key && is_equal(matching, wanted, i, place.is_strict))
			return i;
	return MATCH_NONE;
}

/* Looks on behind the last hit: most texts of a corrected acta stand where they stood. */
static void pair_equal(struct matching *matching, bool in_place)
{
	uint64_t *wanted = keys_of(matching->wanted, matching->wanted_profiles,
				   matching->wanted_count, in_place);
	uint64_t *stored = keys_of(matching->stored, matching->stored_profiles,
				   matching->stored_count, in_place);
	struct match_place place = {.is_strict = in_place};
	for (size_t i = 0; i < matching->wanted_count; i++) {
		if (matching->pairs[i] != MATCH_NONE)
			continue;
		place.key = wanted[i];
		size_t found = find_equal(matching, stored, i, place);
		if (found == MATCH_NONE)
			continue;
		pair(matching, i, found);
		place.from = found + 1;
	}
	free(wanted);
	free(stored);
}

static size_t most_similar(const struct matching *matching, size_t wanted)
{
	size_t best = MATCH_NONE, looked = 0;
	unsigned best_similarity = 49;
	for (size_t i = 0; i < matching->stored_count && looked < CANDIDATES; i++) {
		if (matching->used[i] ||
		    matching->stored[i].group != matching->wanted[wanted].group)
			continue;
		unsigned found = similarity(&matching->wanted_profiles[wanted],
					    &matching->stored_profiles[i]);
		looked++;
		if (found <= best_similarity)
			continue;
		best_similarity = found;
		best = i;
	}
	return best;
}

static size_t first_loose(const struct matching *matching, size_t wanted)
{
	for (size_t i = 0; i < matching->stored_count; i++)
		if (!matching->used[i] && matching->stored[i].is_loose &&
		    matching->stored[i].group == matching->wanted[wanted].group)
			return i;
	return MATCH_NONE;
}

static void pair_by(struct matching *matching,
		    size_t (*find)(const struct matching *matching, size_t wanted))
{
	for (size_t i = 0; i < matching->wanted_count; i++) {
		size_t found = matching->pairs[i] == MATCH_NONE ? find(matching, i) : MATCH_NONE;
		if (found != MATCH_NONE)
			pair(matching, i, found);
	}
}

static bool has_loose(const struct match_text *stored, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (stored[i].is_loose)
			return true;
	return false;
}

void match_texts(const struct match_text *wanted, size_t wanted_count,
		 const struct match_text *stored, size_t stored_count, size_t *pairs)
{
	struct matching matching = {
		.wanted = wanted,
		.stored = stored,
		.wanted_profiles = profiles_of(wanted, wanted_count),
		.stored_profiles = profiles_of(stored, stored_count),
		.wanted_count = wanted_count,
		.stored_count = stored_count,
		.used = mem_alloc_zero(stored_count, sizeof(bool)),
		.pairs = pairs,
	};
	for (size_t i = 0; i < wanted_count; i++)
		pairs[i] = MATCH_NONE;
	pair_equal(&matching, true);
	pair_equal(&matching, false);
	pair_by(&matching, most_similar);
	if (has_loose(stored, stored_count))
		pair_by(&matching, first_loose);
	free(matching.wanted_profiles);
	free(matching.stored_profiles);
	free(matching.used);
}

/* Rows that stand out of order get a new rank: the one that moved, not all it passed. */
static void forget_misplaced(int64_t *ranks, size_t count)
{
	int64_t last = 0;
	size_t next = 0;
	for (size_t i = 0; i < count; i++) {
		while (next < count && (next <= i || !ranks[next]))
			next++;
		bool passes_next = next < count && ranks[next] > last && ranks[i] > ranks[next];
		if (ranks[i] <= last || ranks[i] > RANK_MAX || passes_next)
			ranks[i] = 0;
		else
			last = ranks[i];
	}
}

/* Puts the rows without a rank between their neighbours; false when there is no room. */
static bool fill_gaps(int64_t *ranks, size_t count)
{
	int64_t before = 0;
	for (size_t i = 0; i < count; before = ranks[i++]) {
		size_t end = i;
		while (end < count && !ranks[end])
			end++;
		int64_t parts = (int64_t)(end - i) + 1;
		int64_t room = end < count ? ranks[end] - before : parts * RANK_STEP;
		if (room < parts)
			return false;
		if (end > i)
			ranks[i] = before + room / parts;
	}
	return true;
}

void match_ranks(int64_t *ranks, size_t count)
{
	forget_misplaced(ranks, count);
	if (fill_gaps(ranks, count))
		return;
	for (size_t i = 0; i < count; i++)
		ranks[i] = (int64_t)(i + 1) * RANK_STEP;
}
