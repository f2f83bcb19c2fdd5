/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_TEST_H
#define NUCLEO_TESTS_TEST_H

/* What cmocka.h needs before it, in the order it asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <stdbool.h>

#include "nucleo/base/attributes.h"

#endif
