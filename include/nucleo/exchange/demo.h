/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_EXCHANGE_DEMO_H
#define NUCLEO_EXCHANGE_DEMO_H

#include "nucleo/base/error.h"
#include "nucleo/store/store.h"

/** Fills an empty database with the demonstration of share/demo. */
enum rc demo_fill(struct store *store, struct error *err) ATTR_NODISCARD;

#endif
