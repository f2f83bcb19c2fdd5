/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/health.h"

#include <stdlib.h>
#include <string.h>

#include "nucleo/base/i18n.h"

/* What is measured on the drive: from which values on a person should know. */
#define MEGABYTE ((int64_t)1000 * 1000)
#define SPACE_PROBLEM (16 * MEGABYTE)
#define SPACE_NOTICE (200 * MEGABYTE)
enum {
	CLOCK_NOTICE_S = 5 * 60,
	READ_NOTICE_US = 500 * 1000, /* in the middle */
	STALL_NOTICE_US = 5 * 1000 * 1000,
	WRITE_NOTICE_US = 2 * 1000 * 1000,
	OLD_NOTICE = 20,   /* temporaries of more than a day */
	TURNS_NOTICE = 20, /* they go within seconds */
};

/* Adds a finding whose value is being put together, and gives that up. */
static void add(health_findings *findings, enum health_check check, enum health_status status,
		struct strbuf *value, const char *advice)
{
	health_add(findings, check, status, value->data, advice);
	strbuf_release(value);
}

void health_judge_away(health_findings *findings, const char *reason)
{
	health_add(
		findings, HEALTH_DRIVE, HEALTH_UNKNOWN, reason,
		_("Puede seguir trabajando: lo que guarde queda en esta máquina y se publica "
		  "cuando el disco vuelva. Revise que la carpeta de red esté conectada; si otros "
		  "tampoco la ven, avise a soporte que el servidor no responde."));
}

void health_judge_answers(health_findings *findings)
{
	health_add(findings, HEALTH_DRIVE, HEALTH_OK, _("responde"), NULL);
}

void health_judge_place(health_findings *findings, const struct health_place *place)
{
	struct strbuf value;
	strbuf_init(&value);
	strbuf_adds(&value, place->words);
	if (*place->type)
		strbuf_addf(&value, " · %s", place->type);
	if (*place->options)
		strbuf_addf(&value, " (%s)", place->options);
	add(findings, HEALTH_PLACE, place->refusal ? HEALTH_PROBLEM : HEALTH_OK, &value,
	    place->refusal);
}

static void add_bits(struct strbuf *out, unsigned bits)
{
	static const char letters[] = "rwxrwxrwx";
	for (int i = 0; i < 9; i++)
		strbuf_addch(out, bits & (0400u >> i) ? letters[i] : '-');
}

void health_judge_access(health_findings *findings, const struct health_access *access)
{
	struct strbuf value;
	const char *advice = NULL;
	strbuf_init(&value);
	strbuf_adds(&value, access->can_write ? _("lectura y escritura") : _("solo lectura"));
	strbuf_adds(&value, " · ");
	add_bits(&value, access->bits);
	if (!access->can_write)
		advice = _("Aquí solo se puede leer: lo que otros publiquen le llega, y usted no "
			   "puede publicar. Si debe poder, pida a soporte permiso de escritura en "
			   "la carpeta de la base y en la que termina en «-log».");
	else if (access->is_asked)
		advice = _("Se abrió para solo leer, con --read-only: nada se publica.");
	add(findings, HEALTH_ACCESS, advice ? HEALTH_NOTICE : HEALTH_OK, &value, advice);
}

void health_judge_primitive(health_findings *findings, const char *word, enum rc rc,
			    const char *reason)
{
	bool is_broken = rc == RC_REFUSED && word;
	if (rc == RC_OK && word)
		health_add(findings, HEALTH_PRIMITIVE, HEALTH_OK,
			   strcmp(word, "link") == 0 ? _("se cumple, con enlaces")
						     : _("se cumple, con carpetas"),
			   NULL);
	else if (is_broken)
		health_add_damage(
			findings, HEALTH_PRIMITIVE, _("no se cumple"), reason,
			_("Dos personas podrían publicar con un mismo número y perderse un "
			  "cambio. No use esta carpeta para compartir: pida a soporte otra, en "
			  "una carpeta de red SMB, NFS o sshfs."));
	else
		health_add(findings, HEALTH_PRIMITIVE, HEALTH_UNKNOWN, _("no se pudo probar"),
			   reason);
}

static void add_size(struct strbuf *out, int64_t bytes)
{
	static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
	size_t unit = 0;
	double size = (double)bytes;
	for (; size >= 10 * 1000 && unit + 1 < ARRAY_COUNT(units); unit++)
		size /= 1000;
	strbuf_addf(out, "%.0f %s", size, units[unit]);
}

void health_judge_space(health_findings *findings, int64_t available, int64_t total)
{
	struct strbuf value;
	enum health_status status = HEALTH_OK;
	const char *advice = NULL;
	strbuf_init(&value);
	if (available < 0) {
		strbuf_adds(&value, _("no se sabe"));
		add(findings, HEALTH_SPACE, HEALTH_UNKNOWN, &value, NULL);
		return;
	}
	add_size(&value, available);
	if (total > 0) {
		strbuf_adds(&value, _(" de "));
		add_size(&value, total);
	}
	if (available < SPACE_NOTICE) {
		status = available < SPACE_PROBLEM ? HEALTH_PROBLEM : HEALTH_NOTICE;
		advice = _("Al disco compartido le queda poco espacio. Cuando se llene, los "
			   "cambios esperarán en cada máquina. Pida a soporte que lo amplíe o "
			   "libere espacio; no borre nada de la carpeta que termina en «-log».");
	}
	add(findings, HEALTH_SPACE, status, &value, advice);
}

static void add_span(struct strbuf *out, int64_t seconds)
{
	if (seconds < 120)
		strbuf_addf(out, "%lld s", (long long)seconds);
	else if (seconds < 2 * 3600)
		strbuf_addf(out, "%lld min", (long long)seconds / 60);
	else
		strbuf_addf(out, "%lld h", (long long)seconds / 3600);
}

void health_judge_clock(health_findings *findings, bool is_known, int64_t ahead)
{
	struct strbuf value;
	strbuf_init(&value);
	int64_t apart = ahead < 0 ? -ahead : ahead;
	if (!is_known) {
		strbuf_adds(&value, _("no se pudo comparar"));
		add(findings, HEALTH_CLOCK, HEALTH_UNKNOWN, &value, NULL);
		return;
	}
	if (apart < 2) {
		strbuf_adds(&value, _("igual al del disco"));
	} else {
		add_span(&value, apart);
		strbuf_adds(&value, ahead > 0 ? _(" adelantado al del disco")
					      : _(" atrasado del reloj del disco"));
	}
	bool is_wrong = apart >= CLOCK_NOTICE_S;
	add(findings, HEALTH_CLOCK, is_wrong ? HEALTH_NOTICE : HEALTH_OK, &value,
	    is_wrong ? _("El reloj de esta máquina y el del disco no coinciden: el historial dirá "
			 "horas falsas. Active la hora automática de esta máquina; si ya lo está, "
			 "el que anda mal es el servidor: avise a soporte.")
		     : NULL);
}

static void add_time(struct strbuf *out, int64_t us)
{
	if (us < 1000)
		strbuf_adds(out, _("menos de 1 ms"));
	else if (us < 10 * 1000 * 1000)
		strbuf_addf(out, "%lld ms", (long long)us / 1000);
	else
		strbuf_addf(out, "%lld s", (long long)us / 1000 / 1000);
}

static int by_time(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

#define SLOW                                                                                       \
	_("El disco responde despacio. Nada se pierde y la pantalla no espera por él, pero lo "   \
	  "que otros hacen tarda en verse. Acérquese a la red por cable; si sigue así, diga a "  \
	  "soporte estos tiempos.")

void health_judge_reads(health_findings *findings, struct health_times *times)
{
	struct strbuf value;
	strbuf_init(&value);
	if (!times->count) {
		strbuf_adds(&value, _("no se pudo medir"));
		add(findings, HEALTH_READ, HEALTH_UNKNOWN, &value, NULL);
		return;
	}
	qsort(times->took, times->count, sizeof(times->took[0]), by_time);
	int64_t middle = times->took[times->count / 2], longest = times->took[times->count - 1];
	add_time(&value, middle);
	if (longest >= 1000) {
		strbuf_adds(&value, _("; la lectura más lenta, "));
		add_time(&value, longest);
	}
	bool is_slow = middle >= READ_NOTICE_US || longest >= STALL_NOTICE_US;
	add(findings, HEALTH_READ, is_slow ? HEALTH_NOTICE : HEALTH_OK, &value,
	    is_slow ? SLOW : NULL);
}

void health_judge_write(health_findings *findings, int64_t took, const char *reason)
{
	struct strbuf value;
	strbuf_init(&value);
	if (reason) {
		strbuf_adds(&value, _("no se pudo medir"));
		add(findings, HEALTH_WRITE, HEALTH_UNKNOWN, &value, reason);
		return;
	}
	add_time(&value, took);
	bool is_slow = took >= WRITE_NOTICE_US;
	add(findings, HEALTH_WRITE, is_slow ? HEALTH_NOTICE : HEALTH_OK, &value,
	    is_slow ? SLOW : NULL);
}

void health_judge_leftovers(health_findings *findings, int64_t temporaries, int64_t old,
			    int64_t turns)
{
	struct strbuf value;
	strbuf_init(&value);
	bool is_much = old > OLD_NOTICE || turns > TURNS_NOTICE;
	if (temporaries || turns)
		strbuf_addf(&value, _("%lld temporales, %lld de hace más de un día; %lld turnos"),
			    (long long)temporaries, (long long)old, (long long)turns);
	else
		strbuf_adds(&value, _("ninguno"));
	add(findings, HEALTH_LEFTOVERS, is_much ? HEALTH_NOTICE : HEALTH_OK, &value,
	    is_much ? _("Quedaron archivos de programas que terminaron mal. No estorban y nucleo "
			"los borra en sus ratos libres, si le dejan: si no bajan en un día, "
			"soporte "
			"puede revisar los permisos de la carpeta «tmp».")
		    : NULL);
}
