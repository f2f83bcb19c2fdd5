/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_chain FOLDER [NUMBER]: whether the files of a log are one chain: numbers
 * without a gap, each sealed with its length and hash, each naming the hash of
 * the one before, no operation twice; and as many as told. Written from the
 * description in nucleo/sync/log.h alone: nothing of the program is linked.
 */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <sha2.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PER_FOLDER = 4096, HASH = 64, ID = 32 };
enum { LONGEST = (64 << 20) + 256 };

struct file {
	char *bytes;
	size_t length;
};

static const char *shown = "";

static _Noreturn void complain(const char *format, ...)
{
	va_list arguments;
	fprintf(stderr, "check_chain: %s: ", shown);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

/* Where no links can be made an operation is a folder with its bytes in it. */
static FILE *open_operation(const char *path)
{
	char inside[4200];
	struct stat st;
	if (stat(path, &st) != 0)
		return NULL;
	snprintf(inside, sizeof(inside), S_ISDIR(st.st_mode) ? "%s/bytes" : "%s", path);
	FILE *file = fopen(inside, "rb");
	if (!file)
		complain("%s", strerror(errno));
	return file;
}

/* False when there is none. */
static bool read_operation(const char *path, struct file *out)
{
	FILE *file = open_operation(path);
	if (!file)
		return false;
	out->bytes = malloc(LONGEST + 1);
	if (!out->bytes)
		complain("no memory");
	out->length = fread(out->bytes, 1, LONGEST, file);
	out->bytes[out->length] = '\0';
	fclose(file);
	return true;
}

static void hash_of(const char *bytes, size_t length, char *hex)
{
	uint8_t raw[SHA256_DIGEST_LENGTH];
	SHA2_CTX context;
	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)bytes, length);
	SHA256Final(raw, &context);
	for (size_t i = 0; i < sizeof(raw); i++)
		snprintf(hex + 2 * i, 3, "%02x", raw[i]);
}

/* The text is followed by one line that seals it. */
static size_t text_length(const struct file *file)
{
	size_t at = file->length;
	if (!at || file->bytes[at - 1] != '\n')
		complain("does not end with a line");
	for (at--; at && file->bytes[at - 1] != '\n'; at--)
		;
	if (!at)
		complain("is not sealed");
	return at - 1;
}

static void check_seal(const struct file *file, size_t length, int64_t number, const char *hash)
{
	char expected[256];
	snprintf(expected, sizeof(expected),
		 "\n{\"number\":%" PRId64 ",\"length\":%zu,\"hash\":\"%s\"}\n", number, length, hash);
	if (strcmp(file->bytes + length, expected) != 0)
		complain("its seal is not%s", expected);
}

static void check_start(const struct file *file, const char *parent)
{
	char expected[128];
	snprintf(expected, sizeof(expected), "\",\"parent\":\"%s\"", parent);
	if (strncmp(file->bytes, "{\"op\":\"", 7) != 0 ||
	    strspn(file->bytes + 7, "0123456789abcdef") != ID ||
	    strncmp(file->bytes + 7 + ID, expected, strlen(expected)) != 0)
		complain("does not begin with an id and the parent %s", parent);
}

static int compare_ids(const void *a, const void *b)
{
	return memcmp(a, b, ID);
}

static void check_ids(char (*ids)[ID], size_t count)
{
	qsort(ids, count, sizeof(*ids), compare_ids);
	for (size_t i = 1; i < count; i++)
		if (memcmp(ids[i - 1], ids[i], ID) == 0)
			complain("operation %.*s is there twice", ID, ids[i]);
}

/* A number after the last one would mean that one before it went. */
static void check_no_more(const char *folder, int64_t last)
{
	for (int64_t i = 0; i <= last / PER_FOLDER + 1; i++) {
		char path[4096];
		struct dirent *item;
		snprintf(path, sizeof(path), "%s/%05" PRId64, folder, i);
		DIR *names = opendir(path);
		while (names && (item = readdir(names)))
			if (item->d_name[0] != '.' && strtoll(item->d_name, NULL, 10) > last)
				complain("%s comes after a gap", item->d_name);
		if (names)
			closedir(names);
	}
}

/* Whether there is such an operation, following the one whose hash is in `hash`; puts its own
 *  hash and id. */
static bool check_one(const char *folder, int64_t number, char *hash, char *id)
{
	char path[4096];
	struct file file;
	snprintf(path, sizeof(path), "%s/%05" PRId64 "/%012" PRId64 ".json", folder,
		 number / PER_FOLDER, number);
	shown = path;
	bool is_there = read_operation(path, &file);
	if (is_there) {
		size_t length = text_length(&file);
		check_start(&file, hash);
		hash_of(file.bytes, length, hash);
		check_seal(&file, length, number, hash);
		memcpy(id, file.bytes + 7, ID);
		free(file.bytes);
	}
	shown = folder;
	return is_there;
}

int main(int argc, char **argv)
{
	char hash[HASH + 1], (*ids)[ID] = NULL;
	size_t count = 0, room = 0;
	if (argc < 2 || argc > 3) {
		fputs("usage: check_chain FOLDER [NUMBER]\n", stderr);
		return 2;
	}
	memset(hash, '0', HASH);
	hash[HASH] = '\0';
	for (;; count++) {
		if (count == room) {
			room = 2 * room + 64;
			ids = realloc(ids, room * sizeof(*ids));
		}
		if (!ids || !check_one(argv[1], (int64_t)count + 1, hash, ids[count]))
			break;
	}
	check_no_more(argv[1], (int64_t)count);
	if (argc == 3 && strtoul(argv[2], NULL, 10) != count)
		complain("%zu operations, not %s", count, argv[2]);
	check_ids(ids, count);
	free(ids);
	return 0;
}
