/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_BASE_ATTRIBUTES_H
#define NUCLEO_BASE_ATTRIBUTES_H

/** Compiler checks a prototype can ask for; gcc and clang both know them. */
#define ATTR_PRINTF(text_at, first) __attribute__((format(printf, text_at, first)))
#define ATTR_NODISCARD __attribute__((warn_unused_result))
#define ATTR_NORETURN __attribute__((noreturn))
#define ATTR_MALLOC __attribute__((malloc, returns_nonnull, warn_unused_result))

#define ARRAY_COUNT(a) (sizeof(a) / sizeof((a)[0]))

#endif
