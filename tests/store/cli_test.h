/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_CLI_TEST_H
#define NUCLEO_TESTS_CLI_TEST_H

#include "test.h"

#include "nucleo/base/strbuf.h"

/** What tests of whole commands share: the real binary in a home of its own. */
enum { WORDS_MAX = 24 };

/** A home for one test, with the output of the last run in it. */
struct home {
	char folder[40];
	const char *program; /* below the build folder; NULL: nucleo */
	const char *input;   /* file it reads as its input; NULL: nothing */
	struct strbuf out, err;
};

/** cmocka set-up and tear-down; the state is the struct home. */
int home_make(void **state);
int home_remove(void **state);
#define IN_A_HOME(test) cmocka_unit_test_setup_teardown(test, home_make, home_remove)

/** Owned path of a file in the home. */
char *in_home(const struct home *home, const char *name);
/** The same of a file written there. */
char *put_bytes(const struct home *home, const char *name, const char *bytes, size_t length);
char *put_text(const struct home *home, const char *name, const char *text);

#define INHERIT "" /* leave standard output as it is */
/** Runs nucleo with its output in files; `out` NULL closes standard output. Gives the exit status. */
int run_into(struct home *home, const char *out, const char *const *words);
int run_words(struct home *home, const char *const *words);

#define RUN(home, ...) run_words(home, (const char *const[]){__VA_ARGS__, NULL})

/* The same, and says why when the status is another. */
#define EXPECT(home, wanted, ...)                                                               \
	do {                                                                                    \
		int status_ = RUN(home, __VA_ARGS__);                                           \
		if (status_ != (wanted))                                                        \
			fail_msg("line %d: exit %d: %s%s", __LINE__, status_, (home)->out.data, \
				 (home)->err.data);                                             \
	} while (0)

void assert_out(const struct home *home, const char *part);
void assert_err(const struct home *home, const char *part);
/** Owned: what SQLite's JSON functions make of the output; `query` sees it as ?1. */
char *ask_json(const struct home *home, const char *query);
/** The value at `path` of the output, which must be JSON. */
void assert_json(const struct home *home, const char *path, const char *expected);

#endif
