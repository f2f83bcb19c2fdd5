/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/health.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"

/* Of one text: both fit in a message of the worker, and on a page. */
enum { TEXT_MAX = 1500 };

static const struct {
	const char *name;
	enum health_group group;
	const char *label;
} checks[HEALTH_CHECKS] = {
#define CHECK(id, name, group, label) [HEALTH_##id] = {name, group, label},
	HEALTH_TABLE(CHECK)
#undef CHECK
};

const char *health_check_name(enum health_check check)
{
	return checks[check].name;
}

const char *health_check_label(enum health_check check)
{
	return checks[check].label;
}

enum health_group health_check_group(enum health_check check)
{
	return checks[check].group;
}

const char *health_group_label(enum health_group group)
{
	static const char *const labels[HEALTH_GROUPS] = {
		[HEALTH_DISK] = N_("Disco"),
		[HEALTH_LOG_GROUP] = N_("Registro"),
		[HEALTH_MACHINE] = N_("Esta máquina"),
		[HEALTH_PROGRAM_GROUP] = N_("Programas"),
	};
	return labels[group];
}

const char *health_status_name(enum health_status status)
{
	static const char *const names[HEALTH_STATUSES] = {"ok", "notice", "unknown", "problem"};
	return names[status];
}

const char *health_status_label(enum health_status status)
{
	static const char *const labels[HEALTH_STATUSES] = {
		[HEALTH_OK] = N_("bien"),
		[HEALTH_NOTICE] = N_("aviso"),
		[HEALTH_UNKNOWN] = N_("no se sabe"),
		[HEALTH_PROBLEM] = N_("problema"),
	};
	return labels[status];
}

const char *health_status_sign(enum health_status status)
{
	static const char *const signs[HEALTH_STATUSES] = {"✓", "·", "?", "!"};
	return signs[status];
}

/* Parts of it come from a drive that anybody can write to. */
static char *clean(const char *text)
{
	struct strbuf out;
	strbuf_init(&out);
	while (*text && out.length < TEXT_MAX)
		if (*text == '\n' || *text == '\t')
			strbuf_addch(&out, (text++, ' '));
		else
			utf8_next_grapheme(&text, &out);
	if (*text)
		strbuf_adds(&out, "…");
	return strbuf_detach(&out);
}

static struct health_finding *find(const health_findings *findings, enum health_check check)
{
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].check == check)
			return &findings->items[i];
	return NULL;
}

const struct health_finding *health_find(const health_findings *findings, enum health_check check)
{
	return find(findings, check);
}

void health_add(health_findings *findings, enum health_check check, enum health_status status,
		const char *value, const char *advice)
{
	struct health_finding *finding = find(findings, check);
	if (!finding)
		finding = vector_add(findings);
	free(finding->value);
	free(finding->advice);
	*finding = (struct health_finding){.check = check,
					   .status = status,
					   .value = clean(value),
					   .advice = advice ? clean(advice) : NULL};
}

void health_add_damage(health_findings *findings, enum health_check check, const char *value,
		       const char *damage, const char *advice)
{
	struct strbuf all;
	strbuf_init(&all);
	strbuf_addf(&all, "%s. %s", damage, advice);
	health_add(findings, check, HEALTH_PROBLEM, value, all.data);
	strbuf_release(&all);
}

void health_findings_release(health_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++) {
		free(findings->items[i].value);
		free(findings->items[i].advice);
	}
	vector_release(findings);
}

enum health_status health_worst(const health_findings *findings)
{
	enum health_status worst = HEALTH_OK;
	for (size_t i = 0; i < findings->count; i++)
		if (findings->items[i].status > worst)
			worst = findings->items[i].status;
	return worst;
}

enum rc health_outcome(const health_findings *findings)
{
	const struct health_finding *drive = find(findings, HEALTH_DRIVE);
	if (health_worst(findings) == HEALTH_PROBLEM)
		return RC_IO;
	return drive && drive->status == HEALTH_UNKNOWN ? RC_BUSY : RC_OK;
}
