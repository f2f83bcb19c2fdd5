/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/words.h"

#include <ctype.h>

#include "nucleo/base/attributes.h"

#define PICK(list, dice) ((list)[dice_roll(dice, (unsigned)ARRAY_COUNT(list))])

static const struct {
	const char *letters, *name, *sector;
} bodies[] = {
	{"MIN", "Ministerio", "public"},
	{"GAD", "Gobierno Autónomo", "public"},
	{"SEC", "Secretaría Técnica", "public"},
	{"CON", "Consejo", "public"},
	{"FUN", "Fundación", "civil_society"},
	{"OBS", "Observatorio Ciudadano", "civil_society"},
	{"RED", "Red de Organizaciones", "civil_society"},
	{"UNI", "Universidad", "academia"},
	{"INS", "Instituto de Estudios", "academia"},
	{"CAM", "Cámara de Empresas", "private"},
};
static const struct {
	const char *letters, *name;
} regions[] = {
	{"CUE", "Cuenca"},  {"LOJ", "Loja"},	 {"MAN", "Manta"},   {"AMB", "Ambato"},
	{"RIO", "Riobamba"}, {"IBA", "Ibarra"},	 {"TUL", "Tulcán"},  {"PUY", "Puyo"},
	{"TEN", "Tena"},     {"MAC", "Machala"}, {"BAB", "Babahoyo"}, {"ESM", "Esmeraldas"},
};
static const char *const actions[] = {
	"publicar", "revisar",	 "actualizar", "difundir", "evaluar",	 "coordinar",
	"elaborar", "validar",	 "remitir",    "preparar", "sistematizar", "socializar",
	"ampliar",  "documentar", "medir",	 "acordar",
};
static const char *const gerunds[] = {
	"Fortalecimiento", "Publicación", "Actualización", "Evaluación", "Diseño",  "Creación",
	"Mejora",	   "Medición",	  "Articulación",  "Revisión",	 "Apertura", "Seguimiento",
};
static const char *const things[] = {
	"el catálogo de datos abiertos",    "la guía de cocreación",
	"el informe de avance",		    "la metodología de evaluación",
	"el portal de transparencia",	    "el plan de capacitación",
	"la matriz de seguimiento",	    "el registro de participantes",
	"la línea de base",		    "el mapa de actores",
	"la encuesta ciudadana",	    "el repositorio de evidencias",
	"el calendario de talleres",	    "la propuesta de reglamento",
	"el tablero de indicadores",	    "la estrategia de comunicación",
	"el módulo de rendición de cuentas", "la escuela de formación ciudadana",
};
static const char *const of_things[] = {
	"del catálogo de datos abiertos", "de la guía de cocreación",
	"de la información pesquera",	  "de la justicia abierta",
	"del portal de transparencia",	  "de los presupuestos locales",
	"de la contratación pública",	  "de los servicios en línea",
	"de la participación juvenil",	  "de los registros de agua",
	"de las compras de medicinas",	  "de la rendición de cuentas",
	"del acceso a la información",	  "de los archivos históricos",
	"de la educación cívica",	  "de la gestión de riesgos",
};
static const char *const places[] = {
	"en los territorios",		   "con los gobiernos locales",
	"en las parroquias rurales",	   "con la academia",
	"en las siete regionales",	   "con las organizaciones de la sociedad civil",
	"en la plataforma institucional", "con los equipos técnicos",
	"en el sector productivo",	   "con las veedurías ciudadanas",
	"en las zonas de frontera",	   "con los pueblos y nacionalidades",
};
static const char *const manners[] = {
	"durante el primer semestre",	     "según la metodología acordada",
	"con los recursos disponibles",	     "sin costo para las instituciones",
	"pese a los cambios de autoridades", "a partir de los aportes recibidos",
	"con enfoque de género",	     "en coordinación con las contrapartes",
	"como parte del segundo plan",	     "con indicadores comparables",
	"antes de la siguiente evaluación",  "en formatos reutilizables",
};
static const char *const past[] = {
	"presentó",  "expuso",	"revisó",    "actualizó", "difundió", "evaluó",
	"coordinó",  "elaboró", "sistematizó", "publicó",	  "explicó",  "terminó",
};
static const char *const promises[] = {
	"se compromete a", "solicita", "invita a las instituciones a", "pide", "propone",
	"se encargará de", "deberá",
};
static const char *const dues[] = {
	"hasta el 31 de marzo",	     "hasta fin de mes",     "para la próxima reunión",
	"en un plazo de 30 días",    "hasta diciembre",	     "para el próximo año",
	"hasta el 15 de septiembre", "en la primera semana", "hasta junio",
};
static const char *const levels[] = {"San", "Santa", "Villa", "Puerto", "Nueva",
				     "Alto", "Bajo", "Río", "Valle de", "Cantón"};
static const char *const towns[] = {
	"Rosa",	 "Elena",    "Lucía",	"Andrés", "Isidro",  "Mirador", "Palma", "Cedro",
	"Nieve", "Esperanza", "Colina", "Jardín", "Laguna", "Sauce",   "Guayabo", "Molino",
	"Roble", "Arenal",   "Peñón",	"Amparo", "Frontera", "Cruz",	 "Loma",  "Bosque",
	"Paz",	 "Unión",    "Victoria", "Aurora", "Ceiba",   "Quinta",	 "Fuente", "Barranco",
	"Playa", "Cascada",  "Olivo",	"Nogal",  "Cumbre",  "Ribera",	 "Llano", "Encino",
};

/* SplitMix64: a counter and a mixer, enough to shuffle words. */
unsigned dice_roll(struct dice *dice, unsigned sides)
{
	uint64_t x = dice->state += 0x9E3779B97F4A7C15U;
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
	return (unsigned)((x ^ (x >> 31)) >> 32) % sides;
}

int dice_chance(struct dice *dice, unsigned percent)
{
	return dice_roll(dice, 100) < percent;
}

void words_add_acronym(struct strbuf *out, unsigned index)
{
	strbuf_addf(out, "%s%s", bodies[index % ARRAY_COUNT(bodies)].letters,
		    regions[index / ARRAY_COUNT(bodies) % ARRAY_COUNT(regions)].letters);
}

void words_add_organization(struct strbuf *out, unsigned index)
{
	strbuf_addf(out, "%s de %s", bodies[index % ARRAY_COUNT(bodies)].name,
		    regions[index / ARRAY_COUNT(bodies) % ARRAY_COUNT(regions)].name);
}

const char *words_sector(unsigned index)
{
	return bodies[index % ARRAY_COUNT(bodies)].sector;
}

void words_add_place(struct strbuf *out, unsigned index)
{
	strbuf_addf(out, "%s %s", levels[index / ARRAY_COUNT(towns) % ARRAY_COUNT(levels)],
		    towns[index % ARRAY_COUNT(towns)]);
}

void words_add_title(struct strbuf *out, struct dice *dice)
{
	strbuf_addf(out, "%s %s %s", PICK(gerunds, dice), PICK(of_things, dice),
		    PICK(places, dice));
}

void words_add_sentence(struct strbuf *out, struct dice *dice, const char *speaker)
{
	strbuf_addf(out, "%s %s %s %s", speaker, PICK(past, dice), PICK(things, dice),
		    PICK(places, dice));
	if (dice_chance(dice, 60))
		strbuf_addf(out, ", %s", PICK(manners, dice));
	strbuf_addch(out, '.');
}

void words_add_promise(struct strbuf *out, struct dice *dice, const char *speaker)
{
	strbuf_addf(out, "%s %s %s %s %s", speaker, PICK(promises, dice), PICK(actions, dice),
		    PICK(things, dice), PICK(places, dice));
	if (dice_chance(dice, 50))
		strbuf_addf(out, " %s", words_due(dice));
	strbuf_addch(out, '.');
}

void words_add_task(struct strbuf *out, struct dice *dice)
{
	size_t start = out->length;
	strbuf_addf(out, "%s %s %s", PICK(actions, dice), PICK(things, dice), PICK(places, dice));
	out->data[start] = (char)toupper((unsigned char)out->data[start]);
	if (dice_chance(dice, 40))
		strbuf_addf(out, ", %s", PICK(manners, dice));
}

const char *words_due(struct dice *dice)
{
	return PICK(dues, dice);
}
