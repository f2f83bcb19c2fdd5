/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/model/sector_guess.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/base/strbuf.h"
#include "nucleo/base/utf8.h"
#include "nucleo/model/names.h"

/*
 * What an institution is comes first in its name, what it deals with behind:
 * the "Colegio de Administradores Públicos" is no public body. So the first
 * place in the name where words of the table stand decides, and of those the
 * longest. Folded, without the articles and prepositions between them; '*'
 * stands for the rest of a word. SECTOR_OTHER: nothing behind it counts.
 */
struct kind_words {
	const char *words;
	int sector;
};

/* clang-format off */
static const struct kind_words beginnings[] = {
	{"agencia", SECTOR_PUBLIC},
	{"agencia cooperacion", SECTOR_OTHER},
	{"alcaldia", SECTOR_PUBLIC},
	{"armada", SECTOR_PUBLIC},
	{"asamblea", SECTOR_PUBLIC},
	{"asamblea ciudadan*", SECTOR_CIVIL_SOCIETY},
	{"asamblea local", SECTOR_CIVIL_SOCIETY},
	{"asociacion", SECTOR_CIVIL_SOCIETY},
	{"asociacion bancos", SECTOR_PRIVATE},
	{"asociacion compa*", SECTOR_PRIVATE},
	{"asociacion empres*", SECTOR_PRIVATE},
	{"asociacion exportador*", SECTOR_PRIVATE},
	{"asociacion gad*", SECTOR_PUBLIC},
	{"asociacion gobiernos", SECTOR_PUBLIC},
	{"asociacion industr*", SECTOR_PRIVATE},
	{"asociacion juntas parroquiales", SECTOR_PUBLIC},
	{"asociacion municip*", SECTOR_PUBLIC},
	{"autoridad portuaria", SECTOR_PUBLIC},
	{"banco", SECTOR_PRIVATE},
	{"banco central", SECTOR_PUBLIC},
	{"banco desarrollo", SECTOR_PUBLIC},
	{"banco estado", SECTOR_PUBLIC},
	{"banco interamericano", SECTOR_OTHER},
	{"banco mundial", SECTOR_OTHER},
	{"banecuador", SECTOR_PUBLIC},
	{"camara", SECTOR_PRIVATE},
	{"casa cultura", SECTOR_PUBLIC},
	{"centro", SECTOR_OTHER},
	{"colectivo", SECTOR_CIVIL_SOCIETY},
	{"colegio", SECTOR_OTHER},
	{"comision", SECTOR_OTHER},
	{"comision legislativa", SECTOR_PUBLIC},
	{"comision nacional", SECTOR_PUBLIC},
	{"comite", SECTOR_OTHER},
	{"comite ciudadan*", SECTOR_CIVIL_SOCIETY},
	{"comite empresarial", SECTOR_PRIVATE},
	{"compania", SECTOR_PRIVATE},
	{"concejo", SECTOR_PUBLIC},
	{"confederacion", SECTOR_CIVIL_SOCIETY},
	{"consejo", SECTOR_PUBLIC},
	{"consejo ciudadan*", SECTOR_CIVIL_SOCIETY},
	{"consejo empres*", SECTOR_PRIVATE},
	{"consorcio", SECTOR_PRIVATE},
	{"consorcio gad*", SECTOR_PUBLIC},
	{"consorcio gobiernos", SECTOR_PUBLIC},
	{"consorcio juntas parroquiales", SECTOR_PUBLIC},
	{"consorcio municip*", SECTOR_PUBLIC},
	{"contraloria", SECTOR_PUBLIC},
	{"cooperativa", SECTOR_PRIVATE},
	{"coordinacion general", SECTOR_PUBLIC},
	{"corporacion", SECTOR_CIVIL_SOCIETY},
	{"corporacion electrica", SECTOR_PUBLIC},
	{"corporacion financiera nacional", SECTOR_PUBLIC},
	{"corporacion nacional", SECTOR_PUBLIC},
	{"corte", SECTOR_PUBLIC},
	{"cuerpo bomberos", SECTOR_PUBLIC},
	{"defensoria", SECTOR_PUBLIC},
	{"direccion", SECTOR_PUBLIC},
	{"ejercito", SECTOR_PUBLIC},
	{"embajada", SECTOR_OTHER},
	{"empresa", SECTOR_PRIVATE},
	{"empresa coordinadora empresas publicas", SECTOR_PUBLIC},
	{"empresa metropolitana", SECTOR_PUBLIC},
	{"empresa municipal", SECTOR_PUBLIC},
	{"empresa nacional", SECTOR_PUBLIC},
	{"empresa publica", SECTOR_PUBLIC},
	{"escuela", SECTOR_OTHER},
	{"escuela politecnica", SECTOR_ACADEMIA},
	{"escuela superior", SECTOR_ACADEMIA},
	{"facultad", SECTOR_ACADEMIA},
	{"federacion", SECTOR_CIVIL_SOCIETY},
	{"federacion camaras", SECTOR_PRIVATE},
	{"federacion empres*", SECTOR_PRIVATE},
	{"federacion exportador*", SECTOR_PRIVATE},
	{"federacion industr*", SECTOR_PRIVATE},
	{"federacion nacional camaras", SECTOR_PRIVATE},
	{"fiscalia", SECTOR_PUBLIC},
	{"flacso*", SECTOR_ACADEMIA},
	{"foro", SECTOR_CIVIL_SOCIETY},
	{"frente", SECTOR_CIVIL_SOCIETY},
	{"fuerza aerea", SECTOR_PUBLIC},
	{"fuerzas armadas", SECTOR_PUBLIC},
	{"fundacion", SECTOR_CIVIL_SOCIETY},
	{"gad", SECTOR_PUBLIC},
	{"gadip*", SECTOR_PUBLIC},
	{"gadm*", SECTOR_PUBLIC},
	{"gadp*", SECTOR_PUBLIC},
	{"gads", SECTOR_PUBLIC},
	{"gobernacion", SECTOR_PUBLIC},
	{"gobierno", SECTOR_PUBLIC},
	{"gremio", SECTOR_PRIVATE},
	{"grupo", SECTOR_OTHER},
	{"grupo empresarial", SECTOR_PRIVATE},
	{"instituto", SECTOR_OTHER},
	{"instituto altos estudios", SECTOR_ACADEMIA},
	{"instituto ecuatoriano", SECTOR_PUBLIC},
	{"instituto geografico", SECTOR_PUBLIC},
	{"instituto investigaci*", SECTOR_ACADEMIA},
	{"instituto nacional", SECTOR_PUBLIC},
	{"instituto superior", SECTOR_ACADEMIA},
	{"instituto tecnologico", SECTOR_ACADEMIA},
	{"intendencia", SECTOR_PUBLIC},
	{"junta", SECTOR_OTHER},
	{"junta parroquial", SECTOR_PUBLIC},
	{"juntas parroquiales", SECTOR_PUBLIC},
	{"mancomunidad", SECTOR_PUBLIC},
	{"mesa", SECTOR_OTHER},
	{"ministerio", SECTOR_PUBLIC},
	{"movimiento", SECTOR_CIVIL_SOCIETY},
	{"municipalidad", SECTOR_PUBLIC},
	{"municipio", SECTOR_PUBLIC},
	{"naciones unidas", SECTOR_OTHER},
	{"observatorio", SECTOR_CIVIL_SOCIETY},
	{"oficina", SECTOR_OTHER},
	{"ong", SECTOR_CIVIL_SOCIETY},
	{"organizacion", SECTOR_OTHER},
	{"organizacion sociedad civil", SECTOR_CIVIL_SOCIETY},
	{"parlamento", SECTOR_PUBLIC},
	{"plataforma ciudadan*", SECTOR_CIVIL_SOCIETY},
	{"policia", SECTOR_PUBLIC},
	{"politecnica", SECTOR_ACADEMIA},
	{"prefectura", SECTOR_PUBLIC},
	{"presidencia", SECTOR_PUBLIC},
	{"procuraduria", SECTOR_PUBLIC},
	{"programa", SECTOR_OTHER},
	{"red", SECTOR_CIVIL_SOCIETY},
	{"registro civil", SECTOR_PUBLIC},
	{"registro oficial", SECTOR_PUBLIC},
	{"registro propiedad", SECTOR_PUBLIC},
	{"secretaria", SECTOR_PUBLIC},
	{"servicio", SECTOR_PUBLIC},
	{"sindicato", SECTOR_CIVIL_SOCIETY},
	{"sociedad", SECTOR_OTHER},
	{"subsecretaria", SECTOR_PUBLIC},
	{"superintendencia", SECTOR_PUBLIC},
	{"tribunal", SECTOR_PUBLIC},
	{"unidad educativa", SECTOR_OTHER},
	{"union", SECTOR_OTHER},
	{"universidad", SECTOR_ACADEMIA},
	{"universitari*", SECTOR_ACADEMIA},
	{"veeduria", SECTOR_CIVIL_SOCIETY},
	{"viceministerio", SECTOR_PUBLIC},
	{"vicepresidencia", SECTOR_PUBLIC},
};

/* How the law has a company, or a public one, end its name: that is what it is. */
static const struct kind_words endings[] = {
	{"s a", SECTOR_PRIVATE},
	{"sa", SECTOR_PRIVATE},
	{"s a s", SECTOR_PRIVATE},
	{"sas", SECTOR_PRIVATE},
	{"c a", SECTOR_PRIVATE},
	{"cia", SECTOR_PRIVATE},
	{"ltda", SECTOR_PRIVATE},
	{"ep", SECTOR_PUBLIC},
	{"e p", SECTOR_PUBLIC},
};
/* clang-format on */

static bool is_between(const char *word)
{
	static const char *const words[] = {"de", "del", "la", "las", "el", "los", "y", "para"};
	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

/* Appends the folded words that say something, a blank before each and one at the end. */
static void add_words(struct strbuf *out, const char *name)
{
	struct strbuf folded, word;
	strbuf_init(&folded);
	strbuf_init(&word);
	utf8_fold(&folded, name);
	for (const char *at = folded.data;; at++) {
		unsigned char c = (unsigned char)*at;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
			strbuf_addch(&word, *at);
			continue;
		}
		if (word.length && !is_between(word.data))
			strbuf_addf(out, " %s", word.data);
		strbuf_reset(&word);
		if (!c)
			break;
	}
	strbuf_addch(out, ' ');
	strbuf_release(&folded);
	strbuf_release(&word);
}

/* Length of the table's words where they stand at the text; 0 when they do not. */
static size_t match_length(const char *text, const char *words)
{
	size_t length = strcspn(words, "*");
	if (strncmp(text, words, length) != 0 || (!words[length] && text[length] != ' '))
		return 0;
	return length;
}

static const struct kind_words *longest_at(const char *text)
{
	const struct kind_words *best = NULL;
	size_t most = 0;
	for (size_t i = 0; i < ARRAY_COUNT(beginnings); i++) {
		size_t length = match_length(text, beginnings[i].words);
		if (length > most) {
			best = &beginnings[i];
			most = length;
		}
	}
	return best;
}

static const struct kind_words *ending_of(const struct strbuf *words)
{
	for (size_t i = 0; i < ARRAY_COUNT(endings); i++) {
		/* The blanks around it. */
		size_t length = strlen(endings[i].words) + 2;
		if (words->length <= length)
			continue;
		const char *end = words->data + words->length - length;
		if (*end == ' ' && match_length(end + 1, endings[i].words))
			return &endings[i];
	}
	return NULL;
}

int sector_of_name(const char *name)
{
	struct strbuf words;
	strbuf_init(&words);
	add_words(&words, name);
	const struct kind_words *found = ending_of(&words);
	for (const char *at = words.data; !found && at[1]; at = strchr(at + 1, ' '))
		found = longest_at(at + 1);
	strbuf_release(&words);
	return found ? found->sector : SECTOR_OTHER;
}
