/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_STORE_SCHEMA_DATA_H
#define NUCLEO_STORE_SCHEMA_DATA_H

/** One migration of share/schema/, as it lies there, byte for byte. */
struct schema_script {
	int number;	  /**< 1, 2, 3 ...: the schema this script leads to */
	const char *name; /**< "initial" for 001-initial.sql */
	const char *sql;
};

/** In ascending order without gaps; a row of zeros ends them. */
extern const struct schema_script schema_scripts[];
extern const int schema_script_count;

#endif
