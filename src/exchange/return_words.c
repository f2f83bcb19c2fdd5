/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/return_words.h"

#include "nucleo/base/clock.h"
#include "nucleo/base/i18n.h"

enum { MERGED_NAMED = 10 };

static void add_count(struct strbuf *out, const char *format, int64_t count)
{
	strbuf_addf(out, format, (long long)count);
}

static void add_published(struct strbuf *out, const struct return_report *report)
{
	struct strbuf since;
	strbuf_init(&since);
	clock_add_local(&since, report->since);
	strbuf_addf(out, _("Tras el tiempo sin disco (desde %s): "), since.data);
	strbuf_release(&since);
	add_count(out,
		  ngettext("%lld cambio suyo publicado", "%lld cambios suyos publicados",
			   (unsigned long)report->published),
		  report->published);
}

static void add_received(struct strbuf *out, const struct return_report *report)
{
	if (!report->received) {
		strbuf_adds(out, _("; nadie más cambió nada"));
		return;
	}
	add_count(out,
		  ngettext("; llegó %lld de otros", "; llegaron %lld de otros",
			   (unsigned long)report->received),
		  report->received);
	strbuf_addf(out, " (%s)", report->others.data);
}

static void add_merged(struct strbuf *out, const struct return_report *report)
{
	size_t count = report->merged.count;
	if (!count)
		return;
	add_count(out,
		  ngettext("; %lld registro cambiado por los dos lados se unió solo",
			   "; %lld registros cambiados por los dos lados se unieron solos",
			   (unsigned long)count),
		  (int64_t)count);
	for (size_t i = 0; i < count && i < MERGED_NAMED; i++)
		strbuf_addf(out, "%s%s", i ? ", " : " (", report->merged.items[i]);
	strbuf_adds(out, count > MERGED_NAMED ? ", …)" : ")");
}

void return_add_sentence(struct strbuf *out, const struct return_report *report)
{
	if (!report->is_there)
		return;
	add_published(out, report);
	add_received(out, report);
	add_merged(out, report);
	if (report->parked)
		add_count(out,
			  ngettext("; %lld espera su decisión", "; %lld esperan su decisión",
				   (unsigned long)report->parked),
			  report->parked);
	strbuf_addch(out, '.');
}

void return_add_json(struct json_writer *json, const struct return_report *report)
{
	if (!report->is_there) {
		json_null(json);
		return;
	}
	json_object_begin(json);
	json_string_member(json, "since", report->since);
	json_integer_member(json, "published", report->published);
	json_integer_member(json, "received", report->received);
	json_string_member(json, "by", report->others.data);
	json_name(json, "merged");
	json_array_begin(json);
	for (size_t i = 0; i < report->merged.count; i++)
		json_string(json, report->merged.items[i]);
	json_array_end(json);
	json_integer_member(json, "parked", report->parked);
	json_object_end(json);
}
