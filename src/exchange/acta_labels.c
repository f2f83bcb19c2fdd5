/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/exchange/acta_labels.h"

#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/memory.h"
#include "nucleo/base/utf8.h"
#include "nucleo/exchange/acta_words.h"
#include "nucleo/model/names.h"

struct attendee_label {
	/* Folded; begins the label. "*" at its end: also inside the last word; "$": all of it. */
	const char *name;
	int sector, capacity, status, mode; /* KEEP: as before */
	bool is_ignored;
};

#define KEEP (-2)
#define SECTOR(word, value)                                                                        \
	{                                                                                          \
		word, value, KEEP, KEEP, KEEP, false                                               \
	}
#define CAPACITY(word, value)                                                                      \
	{                                                                                          \
		word, SECTOR_OTHER, value, ATTENDANCE_PRESENT, ENUM_NONE, false                    \
	}
#define STATUS(word, value)                                                                        \
	{                                                                                          \
		word, SECTOR_OTHER, CAPACITY_MEMBER, value, ENUM_NONE, false                       \
	}
#define MODE(word, value)                                                                          \
	{                                                                                          \
		word, KEEP, KEEP, KEEP, value, false                                               \
	}
#define IGNORED(word)                                                                              \
	{                                                                                          \
		word, KEEP, KEEP, KEEP, KEEP, true                                                 \
	}

/* Longer names before their beginnings. */
static const struct attendee_label labels[] = {
	SECTOR("sector publico", SECTOR_PUBLIC),
	SECTOR("sector de gobierno", SECTOR_PUBLIC),
	SECTOR("instituciones publicas*", SECTOR_PUBLIC),
	SECTOR("entidades publicas", SECTOR_PUBLIC),
	SECTOR("publico", SECTOR_PUBLIC),
	SECTOR("publica", SECTOR_PUBLIC),
	SECTOR("gobierno", SECTOR_PUBLIC),
	SECTOR("gobiernos", SECTOR_PUBLIC),
	SECTOR("gad$", SECTOR_PUBLIC),
	SECTOR("gads$", SECTOR_PUBLIC),
	SECTOR("entidades del estado", SECTOR_PUBLIC),
	SECTOR("instituciones del estado", SECTOR_PUBLIC),
	SECTOR("funcion ejecutiva$", SECTOR_PUBLIC),
	SECTOR("osc", SECTOR_CIVIL_SOCIETY),
	SECTOR("organizaciones de la sociedad civil", SECTOR_CIVIL_SOCIETY),
	SECTOR("organizaciones de sociedad civil", SECTOR_CIVIL_SOCIETY),
	SECTOR("organizaciones sociales*", SECTOR_CIVIL_SOCIETY),
	SECTOR("sector sociedad civil", SECTOR_CIVIL_SOCIETY),
	SECTOR("sector osc", SECTOR_CIVIL_SOCIETY),
	SECTOR("sector de la sociedad civil", SECTOR_CIVIL_SOCIETY),
	SECTOR("sector social", SECTOR_CIVIL_SOCIETY),
	SECTOR("sociedad civil", SECTOR_CIVIL_SOCIETY),
	SECTOR("academia", SECTOR_ACADEMIA),
	SECTOR("academico", SECTOR_ACADEMIA),
	SECTOR("sector academi*", SECTOR_ACADEMIA),
	SECTOR("sector de la academia", SECTOR_ACADEMIA),
	SECTOR("instituciones academicas", SECTOR_ACADEMIA),
	SECTOR("universidades", SECTOR_ACADEMIA),
	SECTOR("sector privado", SECTOR_PRIVATE),
	SECTOR("sector empresarial", SECTOR_PRIVATE),
	SECTOR("sector productivo", SECTOR_PRIVATE),
	SECTOR("empresa privada", SECTOR_PRIVATE),
	SECTOR("empresas", SECTOR_PRIVATE),
	SECTOR("gremios", SECTOR_PRIVATE),
	SECTOR("camaras$", SECTOR_PRIVATE),
	SECTOR("privado", SECTOR_PRIVATE),
	SECTOR("privada", SECTOR_PRIVATE),
	SECTOR("sector*", SECTOR_OTHER),
	SECTOR("otros*", SECTOR_OTHER),
	SECTOR("otras*", SECTOR_OTHER),
	SECTOR("organismos internacionales", SECTOR_OTHER),
	SECTOR("organizaciones internacionales", SECTOR_OTHER),
	SECTOR("cooperacion internacional", SECTOR_OTHER),
	SECTOR("cooperacion$", SECTOR_OTHER),
	SECTOR("cooperantes", SECTOR_OTHER),
	STATUS("miembros ausentes*", ATTENDANCE_ABSENT),
	STATUS("justifica*", ATTENDANCE_EXCUSED),
	STATUS("inasistencias justificadas", ATTENDANCE_EXCUSED),
	STATUS("inasistencia justificada", ATTENDANCE_EXCUSED),
	STATUS("ausencias justificadas", ATTENDANCE_EXCUSED),
	STATUS("ausencia justificada", ATTENDANCE_EXCUSED),
	STATUS("ausentes con justificacion", ATTENDANCE_EXCUSED),
	STATUS("ausentes justificados", ATTENDANCE_EXCUSED),
	STATUS("excusa*", ATTENDANCE_EXCUSED),
	STATUS("con excusa", ATTENDANCE_EXCUSED),
	STATUS("ausente*", ATTENDANCE_ABSENT),
	STATUS("ausencia*", ATTENDANCE_ABSENT),
	STATUS("inasistencia*", ATTENDANCE_ABSENT),
	STATUS("no asiste*", ATTENDANCE_ABSENT),
	STATUS("no asistieron", ATTENDANCE_ABSENT),
	CAPACITY("miembro*", CAPACITY_MEMBER),
	CAPACITY("integrantes", CAPACITY_MEMBER),
	CAPACITY("asistente*", CAPACITY_MEMBER),
	CAPACITY("asistencia", CAPACITY_MEMBER),
	CAPACITY("participante*", CAPACITY_MEMBER),
	CAPACITY("presentes", CAPACITY_MEMBER),
	CAPACITY("instituciones asistentes", CAPACITY_MEMBER),
	CAPACITY("observador*", CAPACITY_OBSERVER),
	CAPACITY("invitad*", CAPACITY_GUEST),
	CAPACITY("invitaciones especiales", CAPACITY_GUEST),
	CAPACITY("e invitaciones especiales", CAPACITY_OBSERVER),
	MODE("presencial*", MODE_IN_PERSON),
	MODE("de manera presencial", MODE_IN_PERSON),
	MODE("de forma presencial", MODE_IN_PERSON),
	MODE("modalidad presencial", MODE_IN_PERSON),
	MODE("en sala", MODE_IN_PERSON),
	MODE("modalidad virtual", MODE_VIRTUAL),
	MODE("de manera virtual", MODE_VIRTUAL),
	MODE("de forma virtual", MODE_VIRTUAL),
	MODE("virtual*", MODE_VIRTUAL),
	MODE("via zoom", MODE_VIRTUAL),
	MODE("por zoom", MODE_VIRTUAL),
	MODE("zoom", MODE_VIRTUAL),
	MODE("conectad*", MODE_VIRTUAL),
	MODE("en linea", MODE_VIRTUAL),
	IGNORED("quorum*"),
	IGNORED("total*"),
	IGNORED("preside"),
	IGNORED("presidid*"),
	IGNORED("president*"),
	IGNORED("copreside"),
	IGNORED("copresident*"),
	IGNORED("modera*"),
	IGNORED("delegado*"),
};

static const struct attendee_label *label_named(const char *folded)
{
	for (size_t i = 0; i < ARRAY_COUNT(labels); i++) {
		size_t length = strcspn(labels[i].name, "*$");
		if (strncmp(folded, labels[i].name, length) != 0)
			continue;
		char after = folded[length];
		if (after && labels[i].name[length] == '$')
			continue;
		if (!after || after == ' ' || after == '(' || labels[i].name[length] == '*')
			return &labels[i];
	}
	return NULL;
}

void attendee_label_apply(const struct attendee_label *label, struct attendee_state *state)
{
	if (label->capacity != KEEP)
		state->capacity = label->capacity;
	if (label->status != KEEP)
		state->status = label->status;
	if (label->sector != KEEP)
		state->sector = label->sector;
	if (label->mode != KEEP)
		state->mode = label->mode;
	state->is_ignored = label->is_ignored;
}

enum { LABEL_WORDS = 7 };

struct attendee_label_end attendee_label_ending(const char *text)
{
	struct attendee_label_end end = {0};
	struct strbuf folded;
	size_t at = strlen(text);
	strbuf_init(&folded);
	for (int words = 0; words < LABEL_WORDS && at; words++) {
		while (at && text[at - 1] == ' ')
			at--;
		while (at && text[at - 1] != ' ')
			at--;
		strbuf_reset(&folded);
		utf8_fold(&folded, text + at);
		const struct attendee_label *label = label_named(folded.data);
		if (!label)
			continue;
		if (end.whole && end.whole->capacity == KEEP && !end.inner)
			end.inner = end.whole;
		end.whole = label;
		end.start = at;
	}
	strbuf_release(&folded);
	return end;
}

bool attendee_label_is_line(const char *text, size_t length)
{
	static const char *const fillers =
		"|organizada|organizadas|organizado|presentes|asistentes|convocados|principales|"
		"academico|academica|academia|publico|publica|privado|privada|social|civil|sector|"
		"de|del|la|los|las|el|y|e|en|foro|grupo|mesa|ausentes|especiales|invitados|"
		"invitaciones|justificada|justificadas|inasistencia|internacional|nucleo|"
		"sociedad|virtual|presencial|";
	const char *paren = memchr(text, '(', length);
	struct strbuf folded;
	strbuf_init(&folded);
	acta_fold_n(&folded, text, paren ? (size_t)(paren - text) : length);
	strbuf_trim(&folded);
	const struct attendee_label *label = label_named(folded.data);
	const char *at = folded.data + (label ? strcspn(label->name, "*$") : 0);
	at += strcspn(at, " ");
	bool is = label != NULL;
	while (is && *(at += strspn(at, " "))) {
		is = acta_word_in(at, acta_word_length(at), fillers);
		at += acta_word_length(at);
	}
	strbuf_release(&folded);
	return is;
}
