/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/health.h"

#include "nucleo/base/i18n.h"

/* What the log and the copy of this machine are like. */

enum { QUEUE_NOTICE_S = 3600, LAG_NOTICE = 200 /* operations, of a file others publish */ };
#define WAL_NOTICE ((int64_t)64 * 1000 * 1000)

#define KEEP_LOG                                                                                \
	_("No borre ni mueva nada de la carpeta que termina en «-log». Lo guardado en cada "    \
	  "máquina sigue ahí. Pida a soporte ese archivo de un respaldo del disco; si no hay, " \
	  "quien lo tenga en su máquina puede volver a publicarlo con «nucleo republish».")

void health_judge_log(health_findings *findings, const struct health_log *log)
{
	struct strbuf value;
	strbuf_init(&value);
	if (!log->highest)
		strbuf_adds(&value, _("ninguna todavía"));
	else if (log->last >= log->first)
		strbuf_addf(&value, _("de la %lld a la %lld, seguidas y enteras"),
			    (long long)log->first, (long long)log->last);
	if (log->damage) {
		strbuf_reset(&value);
		strbuf_addf(&value, _("la %lld está dañada"), (long long)log->last + 1);
		health_add_damage(findings, HEALTH_LOG, value.data, log->damage, KEEP_LOG);
	} else if (log->last < log->highest) {
		strbuf_reset(&value);
		strbuf_addf(&value, _("falta la %lld, y hay hasta la %lld"),
			    (long long)log->last + 1, (long long)log->highest);
		health_add(findings, HEALTH_LOG, HEALTH_PROBLEM, value.data, KEEP_LOG);
	} else {
		health_add(findings, HEALTH_LOG, HEALTH_OK, value.data, NULL);
	}
	strbuf_release(&value);
}

static const char *heads_advice(enum health_heads heads)
{
	static const char *const advice[] = {
		[HEADS_SAME] = NULL,
		[HEADS_BEHIND] = N_("Esta máquina todavía no leyó lo último: lo hace sola. Si no "
				    "cambia, mire los demás resultados."),
		[HEADS_AHEAD] =
			N_("El disco perdió operaciones que esta máquina tiene. Averigüe qué pasó "
			   "con el servidor; si no van a volver de un respaldo, publíquelas otra "
			   "vez con «nucleo republish»."),
		[HEADS_FORKED] = N_("El disco tiene otra operación donde esta máquina tiene la "
				    "suya. Nucleo la vuelve a publicar después de las del grupo."),
		[HEADS_UNREADABLE] =
			N_("La copia de esta máquina no dice hasta dónde llegó: hágala "
			   "de nuevo desde el disco."),
	};
	return advice[heads] ? _(advice[heads]) : NULL;
}

void health_judge_heads(health_findings *findings, enum health_heads heads, int64_t drive,
			int64_t machine)
{
	static const enum health_status status[] = {
		[HEADS_SAME] = HEALTH_OK,
		[HEADS_BEHIND] = HEALTH_NOTICE,
		[HEADS_AHEAD] = HEALTH_PROBLEM,
		[HEADS_FORKED] = HEALTH_PROBLEM,
		[HEADS_UNREADABLE] = HEALTH_PROBLEM,
	};
	struct strbuf value;
	strbuf_init(&value);
	if (heads == HEADS_SAME)
		strbuf_addf(&value, _("la %lld, aquí y en el disco"), (long long)drive);
	else if (heads == HEADS_UNREADABLE)
		strbuf_addf(&value, _("la %lld en el disco; aquí no se puede leer"),
			    (long long)drive);
	else
		strbuf_addf(&value, _("la %lld en el disco, la %lld aquí"), (long long)drive,
			    (long long)machine);
	health_add(findings, HEALTH_HEAD, status[heads], value.data, heads_advice(heads));
	strbuf_release(&value);
}

void health_judge_bases(health_findings *findings, int64_t count, int64_t newest,
			const char *damage)
{
	struct strbuf value;
	strbuf_init(&value);
	if (!count)
		strbuf_adds(&value, _("ninguna todavía"));
	else
		strbuf_addf(&value, _("%lld; la última llega a la operación %lld"),
			    (long long)count, (long long)newest);
	if (damage)
		health_add_damage(
			findings, HEALTH_BASES, value.data, damage,
			_("Solo alarga la primera apertura en una máquina nueva. Soporte puede "
			  "borrar ese archivo «base-…db»: el grupo hace otro más adelante."));
	else
		health_add(findings, HEALTH_BASES, HEALTH_OK, value.data, NULL);
	strbuf_release(&value);
}

static void judge_lag(health_findings *findings, int64_t number, int64_t head)
{
	struct strbuf value;
	bool is_late = head - number > LAG_NOTICE;
	strbuf_init(&value);
	strbuf_addf(&value, _("entero, hasta la operación %lld"), (long long)number);
	if (number < head)
		strbuf_addf(&value, _(" de %lld"), (long long)head);
	health_add(findings, HEALTH_PUBLISHED, is_late ? HEALTH_NOTICE : HEALTH_OK, value.data,
		   is_late ? _("El archivo que ven otros programas quedó atrás. Nucleo no lo lee; "
			       "se pone al día solo cuando alguien deja una pantalla abierta un "
			       "rato. Si no ocurre, revise que se pueda escribir en la carpeta.")
			   : NULL);
	strbuf_release(&value);
}

void health_judge_published(health_findings *findings, enum health_published published,
			    int64_t number, int64_t head, const char *damage)
{
	switch (published) {
	case PUBLISHED_FINE:
		judge_lag(findings, number, head);
		break;
	case PUBLISHED_ABSENT:
		health_add(findings, HEALTH_PUBLISHED, HEALTH_NOTICE, _("no está"),
			   _("Falta el archivo que ven otros programas. Lo guardado no se pierde: "
			     "está en el registro. Nucleo lo escribe otra vez con el próximo "
			     "cambio."));
		break;
	case PUBLISHED_FOREIGN:
		health_add(
			findings, HEALTH_PUBLISHED, HEALTH_NOTICE, _("lo escribió otro programa"),
			_("Otro programa escribió en el archivo publicado. Nucleo no lo usa: con "
			  "el próximo cambio lo aparta con otro nombre y pone el suyo. Lo que "
			  "deba quedar, anótelo en nucleo."));
		break;
	case PUBLISHED_DAMAGED:
		health_add_damage(
			findings, HEALTH_PUBLISHED, _("dañado"), damage ? damage : "",
			_("Es una copia para otros programas: lo guardado está en el registro. "
			  "Cambie de nombre a ese archivo y guarde cualquier cambio: nucleo "
			  "escribe uno nuevo."));
		break;
	}
}

void health_judge_foreign(health_findings *findings, int64_t count, const char *last)
{
	struct strbuf value;
	strbuf_init(&value);
	if (!count)
		strbuf_adds(&value, _("ninguno"));
	else
		strbuf_addf(&value, _("%lld; el último es «%s»"), (long long)count, last);
	health_add(
		findings, HEALTH_FOREIGN, count ? HEALTH_NOTICE : HEALTH_OK, value.data,
		count ? _("Son copias del archivo publicado en las que escribió otro programa. "
			  "Mire si tienen algo que falte, anótelo en nucleo y borre esas copias.")
		      : NULL);
	strbuf_release(&value);
}

void health_judge_programs(health_findings *findings, const char *own, const char *seen)
{
	struct strbuf value;
	strbuf_init(&value);
	strbuf_addf(&value, _("este es nucleo %s"), own);
	if (*seen)
		strbuf_addf(&value, _("; abiertos ahora: %s"), seen);
	health_add(findings, HEALTH_PROGRAMS, HEALTH_OK, value.data, NULL);
	strbuf_release(&value);
}

/* ---- this machine */

#define MAKE_ANEW                                                                                  \
	_("La copia se hace de nuevo desde el disco con «nucleo doctor --repair», o con Enter "  \
	  "sobre este resultado (F12). La dañada no se borra, y lo que esperaba en su cola se "   \
	  "recupera.")

void health_judge_replica(health_findings *findings, const char *damage)
{
	struct strbuf advice;
	strbuf_init(&advice);
	/* What SQLite says is for those who know it. */
	strbuf_addf(&advice, _("%s Para soporte: %s"), MAKE_ANEW, damage ? damage : "");
	health_add(findings, HEALTH_REPLICA, damage ? HEALTH_PROBLEM : HEALTH_OK,
		   damage ? _("dañada") : _("entera"), damage ? advice.data : NULL);
	strbuf_release(&advice);
}

void health_judge_history(health_findings *findings, int64_t count, const char *damage)
{
	struct strbuf value;
	strbuf_init(&value);
	strbuf_addf(&value,
		    ngettext("%lld operación, en cadena", "%lld operaciones, en cadena",
			     (unsigned long)count),
		    (long long)count);
	if (damage)
		health_add_damage(findings, HEALTH_HISTORY, _("dañado"), damage, MAKE_ANEW);
	else
		health_add(findings, HEALTH_HISTORY, HEALTH_OK, value.data, NULL);
	strbuf_release(&value);
}

void health_judge_replay(health_findings *findings, const char *damage)
{
	if (damage)
		health_add_damage(findings, HEALTH_REPLAY, _("no coinciden"), damage, MAKE_ANEW);
	else
		health_add(findings, HEALTH_REPLAY, HEALTH_OK, _("coinciden, rehechos desde cero"),
			   NULL);
}

void health_judge_size(health_findings *findings, int64_t file, int64_t wal)
{
	struct strbuf value;
	bool is_large = wal > WAL_NOTICE;
	strbuf_init(&value);
	strbuf_addf(&value, _("%lld kB, y %lld kB por incorporar"), (long long)(file + 999) / 1000,
		    (long long)(wal + 999) / 1000);
	health_add(findings, HEALTH_SIZE, is_large ? HEALTH_NOTICE : HEALTH_OK, value.data,
		   is_large ? _("La copia tiene mucho por incorporar. Ocurre solo cuando hay un "
				"rato de calma: cierre los nucleo que no use.")
			    : NULL);
	strbuf_release(&value);
}

void health_judge_queue(health_findings *findings, int64_t waiting, int64_t parked,
			const char *since, int64_t seconds)
{
	struct strbuf value, advice;
	strbuf_init(&value);
	strbuf_init(&advice);
	if (waiting || parked)
		strbuf_addf(&value, _("%lld en espera"), (long long)waiting);
	else
		strbuf_adds(&value, _("vacía"));
	if (*since)
		strbuf_addf(&value, _(" desde %s"), since);
	if (parked)
		strbuf_addf(&value, _(" · %lld por decidir"), (long long)parked);
	if (waiting && seconds > QUEUE_NOTICE_S)
		strbuf_adds(&advice, _("Hay cambios suyos que solo están en esta máquina. Se "
				       "publican solos cuando el disco responda: mire por qué no "
				       "responde, y no reinstale la máquina antes. "));
	if (parked)
		strbuf_adds(&advice, _("Hay cambios suyos que no se publicaron porque otra persona "
				       "cambió lo mismo: quedan guardados y esperan su decisión."));
	strbuf_trim(&advice);
	health_add(findings, HEALTH_QUEUE, advice.length ? HEALTH_NOTICE : HEALTH_OK, value.data,
		   advice.length ? advice.data : NULL);
	strbuf_release(&advice);
	strbuf_release(&value);
}

void health_judge_search(health_findings *findings, int64_t behind, const char *damage)
{
	struct strbuf value;
	strbuf_init(&value);
	if (damage) {
		health_add(
			findings, HEALTH_SEARCH, HEALTH_NOTICE, _("dañado"),
			_("El índice se rehace solo con la próxima búsqueda: no se pierde nada."));
		strbuf_release(&value);
		return;
	}
	if (behind < 0)
		strbuf_adds(&value, _("se hace con la primera búsqueda"));
	else if (!behind)
		strbuf_adds(&value, _("al día"));
	else
		strbuf_addf(&value, _("%lld operaciones atrás; se pone al día al buscar"),
			    (long long)behind);
	health_add(findings, HEALTH_SEARCH, HEALTH_OK, value.data, NULL);
	strbuf_release(&value);
}

void health_judge_drafts(health_findings *findings, bool is_there, const char *damage)
{
	if (damage)
		health_add_damage(
			findings, HEALTH_DRAFTS, _("dañados"), damage,
			_("«nucleo doctor --repair» aparta ese archivo, sin borrarlo; los "
			  "borradores que tenía no vuelven. Lo ya guardado no está ahí."));
	else
		health_add(findings, HEALTH_DRAFTS, HEALTH_OK,
			   is_there ? _("enteros") : _("ninguno"), NULL);
}

void health_judge_schema(health_findings *findings, int64_t schema, int64_t newest,
			 const char *outdated)
{
	struct strbuf value, advice;
	strbuf_init(&value);
	strbuf_init(&advice);
	strbuf_addf(&value, _("la base usa el %lld; este nucleo conoce hasta el %lld"),
		    (long long)schema, (long long)newest);
	if (schema < newest)
		strbuf_adds(&advice,
			    _("Para guardar con este nucleo hay que pasar la base a su esquema con "
			      "«nucleo upgrade». "));
	if (*outdated)
		strbuf_addf(&advice,
			    schema < newest
				    ? _("Podrán entonces solo leer, hasta actualizar nucleo: %s.")
				    : _("Escribieron hace poco con un nucleo más viejo: %s."),
			    outdated);
	health_add(findings, HEALTH_SCHEMA, advice.length ? HEALTH_NOTICE : HEALTH_OK, value.data,
		   advice.length ? advice.data : NULL);
	strbuf_release(&advice);
	strbuf_release(&value);
}
