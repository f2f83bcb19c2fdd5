/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NUCLEO_VIEWS_PHRASES_H
#define NUCLEO_VIEWS_PHRASES_H

#include "nucleo/model/records.h"

/** Words that several screens say alike. Each appends to `out`. */

/** "38 %", or that it was not measured. */
void phrase_percent(struct strbuf *out, percent_hundredths percent);
/** "hoy", "ayer", "hace 12 días", "mañana", "en 12 días". */
void phrase_day_distance(struct strbuf *out, day_number day, day_number today);
/** "01/01/2023 – 31/12/2024"; nothing when neither is known. */
void phrase_term(struct strbuf *out, day_number starts, day_number ends);
/** "15h00–17h00", as far as known. */
void phrase_hours(struct strbuf *out, const struct meeting *meeting);
/** "42 de 120 min" planned of a meeting's length; "42 min" where its hours are not known;
 *  "150 de 120 min, 30 de más". */
void phrase_minutes(struct strbuf *out, int64_t planned, day_minute starts, day_minute ends);
/** Where in the minutes: "AM-2023-05, punto 3". */
void phrase_place(struct strbuf *out, const char *meeting, const char *item);
/** The title, or that it is still to be confirmed; borrowed. */
const char *phrase_title(const char *title);

#endif
