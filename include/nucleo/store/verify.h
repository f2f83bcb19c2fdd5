/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_VERIFY_H
#define NUCLEO_STORE_VERIFY_H

#include "nucleo/base/error.h"
#include "nucleo/store/store.h"

/**
 * Checks that the tables are what the history says: the numbers have no gap,
 * each operation's hash and parent are right, and running all of them again from
 * an empty database gives the same schema and the same rows. RC_INVALID names
 * the first difference; RC_IO when the file cannot be read.
 */
enum rc store_verify(struct store *store, struct error *err) ATTR_NODISCARD;

/** The first part of it alone, which reads the history and runs nothing. */
enum rc store_verify_chain(struct store *store, struct error *err) ATTR_NODISCARD;

#endif
