/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_TESTS_TREE_H
#define NUCLEO_TESTS_TREE_H

/** Removes a folder with all in it; 0 or -1. */
int tree_remove(const char *path);

#endif
