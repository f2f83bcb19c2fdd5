/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nucleo/base/attributes.h"
#include "nucleo/model/prose_words.h"

/*
 * Sorted by stem. A verb whose vowel changes has a row for each stem ("ped",
 * "pid"), an irregular form a row of its own. The table need not hold every
 * verb: a future or a preterite is known by its ending, so only the present of
 * the verbs that matter, and what they do, must be here.
 */
/* clang-format off */
static const struct verb verbs[] = {
	{"acced", 'e', TENSE_NONE, 0, "acceder"},
	{"acept", 'a', TENSE_NONE, 0, "aceptar"},
	{"aclar", 'a', TENSE_NONE, VERB_SAYS, "aclarar"},
	{"acoge", '=', TENSE_PRESENT, 0, "acoger"},
	{"acompan", 'a', TENSE_NONE, 0, "acompanar"},
	{"acord", 'a', TENSE_NONE, VERB_SAYS | VERB_AGREES, "acordar"},
	{"acot", 'a', TENSE_NONE, VERB_SAYS, "acotar"},
	{"actualiz", 'a', TENSE_NONE, 0, "actualizar"},
	{"acuerd", 'a', TENSE_NONE, VERB_SAYS | VERB_AGREES, "acordar"},
	{"adelant", 'a', TENSE_NONE, VERB_SAYS, "adelantar"},
	{"adopt", 'a', TENSE_NONE, 0, "adoptar"},
	{"advert", 'i', TENSE_NONE, VERB_SAYS, "advertir"},
	{"adviert", 'i', TENSE_NONE, VERB_SAYS, "advertir"},
	{"advirt", 'i', TENSE_NONE, VERB_SAYS, "advertir"},
	{"afirm", 'a', TENSE_NONE, VERB_SAYS, "afirmar"},
	{"agradec", 'e', TENSE_NONE, VERB_SAYS, "agradecer"},
	{"agreg", 'a', TENSE_NONE, VERB_SAYS, "agregar"},
	{"agregu", 'e', TENSE_NONE, VERB_SAYS, "agregar"},
	{"alcanz", 'a', TENSE_NONE, 0, "alcanzar"},
	{"alert", 'a', TENSE_NONE, VERB_SAYS, "alertar"},
	{"ampli", 'a', TENSE_NONE, VERB_SAYS, "ampliar"},
	{"anad", 'i', TENSE_NONE, VERB_SAYS, "anadir"},
	{"analiz", 'a', TENSE_NONE, 0, "analizar"},
	{"anim", 'a', TENSE_NONE, VERB_SAYS | VERB_INVITES, "animar"},
	{"anunci", 'a', TENSE_NONE, VERB_SAYS, "anunciar"},
	{"aplic", 'a', TENSE_NONE, 0, "aplicar"},
	{"aport", 'a', TENSE_NONE, VERB_SAYS, "aportar"},
	{"apoy", 'a', TENSE_NONE, 0, "apoyar"},
	{"aprob", 'a', TENSE_NONE, VERB_SAYS | VERB_AGREES, "aprobar"},
	{"aprueb", 'a', TENSE_NONE, VERB_SAYS | VERB_AGREES, "aprobar"},
	{"apunt", 'a', TENSE_NONE, VERB_SAYS, "apuntar"},
	{"argument", 'a', TENSE_NONE, VERB_SAYS, "argumentar"},
	{"articul", 'a', TENSE_NONE, 0, "articular"},
	{"asegur", 'a', TENSE_NONE, VERB_SAYS, "asegurar"},
	{"asever", 'a', TENSE_NONE, VERB_SAYS, "aseverar"},
	{"asign", 'a', TENSE_NONE, 0, "asignar"},
	{"asum", 'i', TENSE_NONE, 0, "asumir"},
	{"autoriz", 'a', TENSE_NONE, 0, "autorizar"},
	{"avanz", 'a', TENSE_NONE, 0, "avanzar"},
	{"busc", 'a', TENSE_NONE, 0, "buscar"},
	{"capacit", 'a', TENSE_NONE, 0, "capacitar"},
	{"cerr", 'a', TENSE_NONE, 0, "cerrar"},
	{"cierr", 'a', TENSE_NONE, 0, "cerrar"},
	{"coincid", 'i', TENSE_NONE, VERB_SAYS, "coincidir"},
	{"coment", 'a', TENSE_NONE, VERB_SAYS, "comentar"},
	{"compart", 'i', TENSE_NONE, VERB_SAYS, "compartir"},
	{"complement", 'a', TENSE_NONE, VERB_SAYS, "complementar"},
	{"complet", 'a', TENSE_NONE, 0, "completar"},
	{"compromet", 'e', TENSE_NONE, VERB_SAYS, "comprometer"},
	{"comunic", 'a', TENSE_NONE, VERB_SAYS, "comunicar"},
	{"conclu", 'i', TENSE_NONE, VERB_SAYS, "concluir"},
	{"concluy", 'e', TENSE_NONE, VERB_SAYS, "concluir"},
	{"confirm", 'a', TENSE_NONE, VERB_SAYS, "confirmar"},
	{"conmin", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "conminar"},
	{"consider", 'a', TENSE_NONE, VERB_SAYS, "considerar"},
	{"constat", 'a', TENSE_NONE, VERB_SAYS, "constatar"},
	{"constru", 'i', TENSE_NONE, 0, "construir"},
	{"construy", 'e', TENSE_NONE, 0, "construir"},
	{"consult", 'a', TENSE_NONE, VERB_SAYS | VERB_ASKS, "consultar"},
	{"cont", 'a', TENSE_NONE, 0, "contar"},
	{"contest", 'a', TENSE_NONE, VERB_SAYS, "contestar"},
	{"continu", 'a', TENSE_NONE, 0, "continuar"},
	{"conven", 'i', TENSE_NONE, VERB_AGREES, "convenir"},
	{"convien", 'e', TENSE_NONE, 0, "convenir"},
	{"convoc", 'a', TENSE_NONE, 0, "convocar"},
	{"coordin", 'a', TENSE_NONE, 0, "coordinar"},
	{"cre", 'e', TENSE_NONE, VERB_SAYS, "creer"},
	{"cuent", 'a', TENSE_NONE, VERB_SAYS, "contar"},
	{"cuenta", '=', TENSE_PRESENT, 0, "contar"},
	{"cuestion", 'a', TENSE_NONE, VERB_SAYS | VERB_ASKS, "cuestionar"},
	{"culmin", 'a', TENSE_NONE, 0, "culminar"},
	{"cumpl", 'i', TENSE_NONE, 0, "cumplir"},
	{"da", '=', TENSE_PRESENT, 0, "dar"},
	{"dan", '=', TENSE_PRESENT, 0, "dar"},
	{"dar", '=', TENSE_INFINITIVE, 0, "dar"},
	{"deb", 'e', TENSE_NONE, 0, "deber"},
	{"dec", 'i', TENSE_NONE, VERB_SAYS, "decir"},
	{"decid", 'i', TENSE_NONE, VERB_SAYS | VERB_AGREES, "decidir"},
	{"declar", 'a', TENSE_NONE, VERB_SAYS, "declarar"},
	{"dej", 'a', TENSE_NONE, 0, "dejar"},
	{"deleg", 'a', TENSE_NONE, 0, "delegar"},
	{"desarroll", 'a', TENSE_NONE, 0, "desarrollar"},
	{"describ", 'i', TENSE_NONE, VERB_SAYS, "describir"},
	{"design", 'a', TENSE_NONE, 0, "designar"},
	{"destac", 'a', TENSE_NONE, VERB_SAYS, "destacar"},
	{"detall", 'a', TENSE_NONE, VERB_SAYS, "detallar"},
	{"determin", 'a', TENSE_NONE, VERB_SAYS | VERB_AGREES, "determinar"},
	{"dic", 'e', TENSE_NONE, VERB_SAYS, "decir"},
	{"dieron", '=', TENSE_PAST, 0, "dar"},
	{"difund", 'i', TENSE_NONE, 0, "difundir"},
	{"dig", 'e', TENSE_NONE, VERB_SAYS, "decir"},
	{"dij", 'e', TENSE_NONE, VERB_SAYS, "decir"},
	{"dijo", '=', TENSE_PAST, VERB_SAYS, "decir"},
	{"dio", '=', TENSE_PAST, 0, "dar"},
	{"dirig", 'i', TENSE_NONE, 0, "dirigir"},
	{"discrep", 'a', TENSE_NONE, VERB_SAYS, "discrepar"},
	{"dispon", 'e', TENSE_NONE, VERB_SAYS | VERB_AGREES, "disponer"},
	{"dispuso", '=', TENSE_PAST, VERB_SAYS, "disponer"},
	{"ejecut", 'a', TENSE_NONE, 0, "ejecutar"},
	{"elabor", 'a', TENSE_NONE, 0, "elaborar"},
	{"encarg", 'a', TENSE_NONE, 0, "encargar"},
	{"encomend", 'a', TENSE_NONE, 0, "encomendar"},
	{"encomiend", 'a', TENSE_NONE, 0, "encomendar"},
	{"enfatiz", 'a', TENSE_NONE, VERB_SAYS, "enfatizar"},
	{"entiend", 'e', TENSE_NONE, VERB_SAYS, "entender"},
	{"entreg", 'a', TENSE_NONE, 0, "entregar"},
	{"envi", 'a', TENSE_NONE, 0, "enviar"},
	{"era", '=', TENSE_PAST, 0, "ser"},
	{"eran", '=', TENSE_PAST, 0, "ser"},
	{"es", '=', TENSE_PRESENT, 0, "ser"},
	{"especific", 'a', TENSE_NONE, VERB_SAYS, "especificar"},
	{"esper", 'a', TENSE_NONE, VERB_SAYS, "esperar"},
	{"esta", '!', TENSE_PRESENT, 0, "estar"},
	{"estaba", '=', TENSE_PAST, 0, "estar"},
	{"estaban", '=', TENSE_PAST, 0, "estar"},
	{"establec", 'e', TENSE_NONE, VERB_AGREES, "establecer"},
	{"estan", '=', TENSE_PRESENT, 0, "estar"},
	{"estara", '!', TENSE_FUTURE, 0, "estar"},
	{"estaran", '!', TENSE_FUTURE, 0, "estar"},
	{"estim", 'a', TENSE_NONE, VERB_SAYS, "estimar"},
	{"estuvieron", '=', TENSE_PAST, 0, "estar"},
	{"estuvo", '=', TENSE_PAST, 0, "estar"},
	{"evalu", 'a', TENSE_NONE, 0, "evaluar"},
	{"evidenci", 'a', TENSE_NONE, VERB_SAYS, "evidenciar"},
	{"exhort", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "exhortar"},
	{"exig", 'i', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "exigir"},
	{"explay", 'a', TENSE_NONE, VERB_SAYS, "explayar"},
	{"explic", 'a', TENSE_NONE, VERB_SAYS, "explicar"},
	{"expon", 'e', TENSE_NONE, VERB_SAYS, "exponer"},
	{"expres", 'a', TENSE_NONE, VERB_SAYS, "expresar"},
	{"expusieron", '=', TENSE_PAST, VERB_SAYS, "exponer"},
	{"expuso", '=', TENSE_PAST, VERB_SAYS, "exponer"},
	{"felicit", 'a', TENSE_NONE, VERB_SAYS, "felicitar"},
	{"finaliz", 'a', TENSE_NONE, 0, "finalizar"},
	{"firm", 'a', TENSE_NONE, 0, "firmar"},
	{"fue", '=', TENSE_PAST, 0, "ser"},
	{"fueron", '=', TENSE_PAST, 0, "ser"},
	{"gestion", 'a', TENSE_NONE, 0, "gestionar"},
	{"ha", '=', TENSE_PRESENT, 0, "haber"},
	{"habia", '=', TENSE_PAST, 0, "haber"},
	{"habian", '=', TENSE_PAST, 0, "haber"},
	{"hac", 'e', TENSE_NONE, 0, "hacer"},
	{"hace", '=', TENSE_PRESENT, 0, "hacer"},
	{"hacen", '=', TENSE_PRESENT, 0, "hacer"},
	{"hacer", '=', TENSE_INFINITIVE, 0, "hacer"},
	{"haga", '=', TENSE_SUBJUNCTIVE, 0, "hacer"},
	{"hagan", '=', TENSE_SUBJUNCTIVE, 0, "hacer"},
	{"han", '=', TENSE_PRESENT, 0, "haber"},
	{"hay", '=', TENSE_PRESENT, 0, "haber"},
	{"hicieron", '=', TENSE_PAST, 0, "hacer"},
	{"hizo", '=', TENSE_PAST, 0, "hacer"},
	{"hubo", '=', TENSE_PAST, 0, "haber"},
	{"impuls", 'a', TENSE_NONE, 0, "impulsar"},
	{"indic", 'a', TENSE_NONE, VERB_SAYS, "indicar"},
	{"inform", 'a', TENSE_NONE, VERB_SAYS, "informar"},
	{"inici", 'a', TENSE_NONE, 0, "iniciar"},
	{"inquier", 'i', TENSE_NONE, VERB_SAYS | VERB_ASKS, "inquirir"},
	{"insist", 'i', TENSE_NONE, VERB_SAYS, "insistir"},
	{"inst", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "instar"},
	{"integr", 'a', TENSE_NONE, 0, "integrar"},
	{"interven", 'i', TENSE_NONE, VERB_SAYS, "intervenir"},
	{"intervien", 'e', TENSE_NONE, VERB_SAYS, "intervenir"},
	{"intervin", 'e', TENSE_NONE, VERB_SAYS, "intervenir"},
	{"intervino", '=', TENSE_PAST, VERB_SAYS, "intervenir"},
	{"invit", 'a', TENSE_NONE, VERB_SAYS | VERB_INVITES, "invitar"},
	{"ir", '=', TENSE_INFINITIVE, 0, "ir"},
	{"ira", '!', TENSE_FUTURE, 0, "ir"},
	{"iran", '!', TENSE_FUTURE, 0, "ir"},
	{"justific", 'a', TENSE_NONE, VERB_SAYS, "justificar"},
	{"lament", 'a', TENSE_NONE, VERB_SAYS, "lamentar"},
	{"lider", 'a', TENSE_NONE, 0, "liderar"},
	{"llam", 'a', TENSE_NONE, 0, "llamar"},
	{"llev", 'a', TENSE_NONE, 0, "llevar"},
	{"logr", 'a', TENSE_NONE, 0, "lograr"},
	{"manifest", 'a', TENSE_NONE, VERB_SAYS, "manifestar"},
	{"manifiest", 'a', TENSE_NONE, VERB_SAYS, "manifestar"},
	{"manten", 'e', TENSE_NONE, 0, "mantener"},
	{"mantien", 'e', TENSE_NONE, 0, "mantener"},
	{"mencion", 'a', TENSE_NONE, VERB_SAYS, "mencionar"},
	{"mocion", 'a', TENSE_NONE, VERB_SAYS, "mocionar"},
	{"mostr", 'a', TENSE_NONE, VERB_SAYS, "mostrar"},
	{"muestr", 'a', TENSE_NONE, VERB_SAYS, "mostrar"},
	{"necesit", 'a', TENSE_NONE, 0, "necesitar"},
	{"notific", 'a', TENSE_NONE, VERB_SAYS, "notificar"},
	{"objet", 'a', TENSE_NONE, VERB_SAYS, "objetar"},
	{"observ", 'a', TENSE_NONE, VERB_SAYS, "observar"},
	{"ocup", 'a', TENSE_NONE, 0, "ocupar"},
	{"ofrec", 'e', TENSE_NONE, 0, "ofrecer"},
	{"opin", 'a', TENSE_NONE, VERB_SAYS, "opinar"},
	{"opon", 'e', TENSE_NONE, 0, "oponer"},
	{"organiz", 'a', TENSE_NONE, 0, "organizar"},
	{"particip", 'a', TENSE_NONE, 0, "participar"},
	{"pas", 'a', TENSE_NONE, 0, "pasar"},
	{"ped", 'i', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "pedir"},
	{"permit", 'i', TENSE_NONE, 0, "permitir"},
	{"pid", 'i', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "pedir"},
	{"plane", 'a', TENSE_NONE, 0, "planear"},
	{"planific", 'a', TENSE_NONE, 0, "planificar"},
	{"plante", 'a', TENSE_NONE, VERB_SAYS, "plantear"},
	{"pon", 'e', TENSE_NONE, 0, "poner"},
	{"precis", 'a', TENSE_NONE, VERB_SAYS, "precisar"},
	{"pregunt", 'a', TENSE_NONE, VERB_SAYS | VERB_ASKS, "preguntar"},
	{"prepar", 'a', TENSE_NONE, 0, "preparar"},
	{"present", 'a', TENSE_NONE, VERB_SAYS, "presentar"},
	{"pretend", 'e', TENSE_NONE, 0, "pretender"},
	{"prev", 'e', TENSE_NONE, 0, "prever"},
	{"preve", '!', TENSE_PRESENT, 0, "prever"},
	{"preven", '=', TENSE_PRESENT, 0, "prever"},
	{"program", 'a', TENSE_NONE, 0, "programar"},
	{"promet", 'e', TENSE_NONE, VERB_SAYS, "prometer"},
	{"promov", 'e', TENSE_NONE, 0, "promover"},
	{"promuev", 'e', TENSE_NONE, 0, "promover"},
	{"propon", 'e', TENSE_NONE, VERB_SAYS, "proponer"},
	{"propusieron", '=', TENSE_PAST, VERB_SAYS, "proponer"},
	{"propuso", '=', TENSE_PAST, VERB_SAYS, "proponer"},
	{"public", 'a', TENSE_NONE, 0, "publicar"},
	{"pudo", '=', TENSE_PAST, 0, "poder"},
	{"puede", '=', TENSE_PRESENT, 0, "poder"},
	{"pueden", '=', TENSE_PRESENT, 0, "poder"},
	{"puntualiz", 'a', TENSE_NONE, VERB_SAYS, "puntualizar"},
	{"pusieron", '=', TENSE_PAST, 0, "poner"},
	{"puso", '=', TENSE_PAST, 0, "poner"},
	{"qued", 'a', TENSE_NONE, 0, "quedar"},
	{"quiere", '=', TENSE_PRESENT, 0, "querer"},
	{"quieren", '=', TENSE_PRESENT, 0, "querer"},
	{"ratific", 'a', TENSE_NONE, VERB_SAYS, "ratificar"},
	{"realc", 'a', TENSE_NONE, 0, "realzar"},
	{"realiz", 'a', TENSE_NONE, 0, "realizar"},
	{"recalc", 'a', TENSE_NONE, VERB_SAYS, "recalcar"},
	{"recept", 'a', TENSE_NONE, 0, "receptar"},
	{"recib", 'i', TENSE_NONE, 0, "recibir"},
	{"recomend", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "recomendar"},
	{"recomiend", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "recomendar"},
	{"record", 'a', TENSE_NONE, VERB_SAYS, "recordar"},
	{"recuerd", 'a', TENSE_NONE, VERB_SAYS, "recordar"},
	{"refer", 'i', TENSE_NONE, VERB_SAYS, "referir"},
	{"refier", 'i', TENSE_NONE, VERB_SAYS, "referir"},
	{"refir", 'i', TENSE_NONE, VERB_SAYS, "referir"},
	{"registr", 'a', TENSE_NONE, 0, "registrar"},
	{"reiter", 'a', TENSE_NONE, VERB_SAYS, "reiterar"},
	{"relat", 'a', TENSE_NONE, VERB_SAYS, "relatar"},
	{"remarc", 'a', TENSE_NONE, VERB_SAYS, "remarcar"},
	{"remit", 'i', TENSE_NONE, 0, "remitir"},
	{"replic", 'a', TENSE_NONE, VERB_SAYS, "replicar"},
	{"report", 'a', TENSE_NONE, VERB_SAYS, "reportar"},
	{"requer", 'i', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "requerir"},
	{"requier", 'i', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "requerir"},
	{"requir", 'i', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "requerir"},
	{"resalt", 'a', TENSE_NONE, VERB_SAYS, "resaltar"},
	{"reserv", 'a', TENSE_NONE, 0, "reservar"},
	{"resolv", 'e', TENSE_NONE, VERB_SAYS | VERB_AGREES, "resolver"},
	{"respald", 'a', TENSE_NONE, 0, "respaldar"},
	{"respond", 'e', TENSE_NONE, VERB_SAYS, "responder"},
	{"responsabiliz", 'a', TENSE_NONE, 0, "responsabilizar"},
	{"resuelv", 'e', TENSE_NONE, VERB_SAYS | VERB_AGREES, "resolver"},
	{"revis", 'a', TENSE_NONE, 0, "revisar"},
	{"rog", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "rogar"},
	{"rueg", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "rogar"},
	{"salud", 'a', TENSE_NONE, VERB_SAYS, "saludar"},
	{"sea", '=', TENSE_SUBJUNCTIVE, 0, "ser"},
	{"sean", '=', TENSE_SUBJUNCTIVE, 0, "ser"},
	{"senal", 'a', TENSE_NONE, VERB_SAYS, "senalar"},
	{"ser", '=', TENSE_INFINITIVE, 0, "ser"},
	{"sera", '!', TENSE_FUTURE, 0, "ser"},
	{"seran", '!', TENSE_FUTURE, 0, "ser"},
	{"seria", '=', TENSE_CONDITIONAL, 0, "ser"},
	{"serian", '=', TENSE_CONDITIONAL, 0, "ser"},
	{"sigue", '=', TENSE_PRESENT, 0, "seguir"},
	{"siguen", '=', TENSE_PRESENT, 0, "seguir"},
	{"socializ", 'a', TENSE_NONE, VERB_SAYS, "socializar"},
	{"solicit", 'a', TENSE_NONE, VERB_SAYS | VERB_REQUESTS, "solicitar"},
	{"solidariz", 'a', TENSE_NONE, VERB_SAYS, "solidarizar"},
	{"son", '=', TENSE_PRESENT, 0, "ser"},
	{"sosten", 'e', TENSE_NONE, VERB_SAYS, "sostener"},
	{"sostien", 'e', TENSE_NONE, VERB_SAYS, "sostener"},
	{"sostuvo", '=', TENSE_PAST, VERB_SAYS, "sostener"},
	{"subray", 'a', TENSE_NONE, VERB_SAYS, "subrayar"},
	{"suger", 'i', TENSE_NONE, VERB_SAYS, "sugerir"},
	{"sugier", 'i', TENSE_NONE, VERB_SAYS, "sugerir"},
	{"sugir", 'i', TENSE_NONE, VERB_SAYS, "sugerir"},
	{"sum", 'a', TENSE_NONE, 0, "sumar"},
	{"suscrib", 'i', TENSE_NONE, 0, "suscribir"},
	{"tendra", '!', TENSE_FUTURE, 0, "tener"},
	{"tendran", '!', TENSE_FUTURE, 0, "tener"},
	{"tener", '=', TENSE_INFINITIVE, 0, "tener"},
	{"tenia", '=', TENSE_PAST, 0, "tener"},
	{"termin", 'a', TENSE_NONE, 0, "terminar"},
	{"tiene", '=', TENSE_PRESENT, 0, "tener"},
	{"tienen", '=', TENSE_PRESENT, 0, "tener"},
	{"tom", 'a', TENSE_NONE, 0, "tomar"},
	{"trabaj", 'a', TENSE_NONE, 0, "trabajar"},
	{"tuvieron", '=', TENSE_PAST, 0, "tener"},
	{"tuvo", '=', TENSE_PAST, 0, "tener"},
	{"va", '=', TENSE_PRESENT, 0, "ir"},
	{"valid", 'a', TENSE_NONE, 0, "validar"},
	{"valor", 'a', TENSE_NONE, VERB_SAYS, "valorar"},
	{"vamos", '=', TENSE_PRESENT, 0, "ir"},
	{"van", '=', TENSE_PRESENT, 0, "ir"},
	{"venc", 'e', TENSE_NONE, 0, "vencer"},
	{"ver", '=', TENSE_INFINITIVE, 0, "ver"},
	{"vot", 'a', TENSE_NONE, 0, "votar"},
};
/* clang-format on */

struct ending {
	const char *ending;
	unsigned char tense;
	bool stressed; /**< counts only with its written accent */
};

static const struct ending endings_ar[] = {
	{"a", TENSE_PRESENT, false},	    {"an", TENSE_PRESENT, false},
	{"amos", TENSE_PRESENT, false},	    {"o", TENSE_PAST, true},
	{"aron", TENSE_PAST, false},	    {"aba", TENSE_PAST, false},
	{"aban", TENSE_PAST, false},	    {"ara", TENSE_FUTURE, true},
	{"aran", TENSE_FUTURE, true},	    {"aremos", TENSE_FUTURE, false},
	{"ara", TENSE_SUBJUNCTIVE, false},  {"aran", TENSE_SUBJUNCTIVE, false},
	{"e", TENSE_SUBJUNCTIVE, false},    {"en", TENSE_SUBJUNCTIVE, false},
	{"aria", TENSE_CONDITIONAL, false}, {"arian", TENSE_CONDITIONAL, false},
	{"ando", TENSE_GERUND, false},	    {"ado", TENSE_PARTICIPLE, false},
	{"ada", TENSE_PARTICIPLE, false},   {"ados", TENSE_PARTICIPLE, false},
	{"adas", TENSE_PARTICIPLE, false},  {"ar", TENSE_INFINITIVE, false},
};

static const struct ending endings_er[] = {
	{"e", TENSE_PRESENT, false},	    {"en", TENSE_PRESENT, false},
	{"emos", TENSE_PRESENT, false},	    {"io", TENSE_PAST, true},
	{"ieron", TENSE_PAST, false},	    {"ia", TENSE_PAST, false},
	{"ian", TENSE_PAST, false},	    {"era", TENSE_FUTURE, true},
	{"eran", TENSE_FUTURE, true},	    {"eremos", TENSE_FUTURE, false},
	{"ra", TENSE_FUTURE, true},	    {"ran", TENSE_FUTURE, true},
	{"a", TENSE_SUBJUNCTIVE, false},    {"an", TENSE_SUBJUNCTIVE, false},
	{"eria", TENSE_CONDITIONAL, false}, {"erian", TENSE_CONDITIONAL, false},
	{"iendo", TENSE_GERUND, false},	    {"ido", TENSE_PARTICIPLE, false},
	{"ida", TENSE_PARTICIPLE, false},   {"idos", TENSE_PARTICIPLE, false},
	{"idas", TENSE_PARTICIPLE, false},  {"er", TENSE_INFINITIVE, false},
};

static const struct ending endings_ir[] = {
	{"e", TENSE_PRESENT, false},	    {"en", TENSE_PRESENT, false},
	{"imos", TENSE_PRESENT, false},	    {"io", TENSE_PAST, true},
	{"ieron", TENSE_PAST, false},	    {"ia", TENSE_PAST, false},
	{"ian", TENSE_PAST, false},	    {"ira", TENSE_FUTURE, true},
	{"iran", TENSE_FUTURE, true},	    {"iremos", TENSE_FUTURE, false},
	{"a", TENSE_SUBJUNCTIVE, false},    {"an", TENSE_SUBJUNCTIVE, false},
	{"iria", TENSE_CONDITIONAL, false}, {"irian", TENSE_CONDITIONAL, false},
	{"iendo", TENSE_GERUND, false},	    {"ido", TENSE_PARTICIPLE, false},
	{"ida", TENSE_PARTICIPLE, false},   {"idos", TENSE_PARTICIPLE, false},
	{"idas", TENSE_PARTICIPLE, false},  {"ir", TENSE_INFINITIVE, false},
};

static unsigned char tense_in(const struct ending *endings, size_t count, const char *ending,
			      bool stressed)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(endings[i].ending, ending) == 0 && (stressed || !endings[i].stressed))
			return endings[i].tense;
	return TENSE_NONE;
}

static unsigned char tense_of(const struct verb *verb, const char *ending, bool stressed)
{
	switch (verb->conjugation) {
	case 'a':
		return tense_in(endings_ar, ARRAY_COUNT(endings_ar), ending, stressed);
	case 'e':
		return tense_in(endings_er, ARRAY_COUNT(endings_er), ending, stressed);
	case 'i':
		return tense_in(endings_ir, ARRAY_COUNT(endings_ir), ending, stressed);
	case '!':
		return *ending || !stressed ? TENSE_NONE : (unsigned char)verb->tense;
	default:
		return *ending ? TENSE_NONE : (unsigned char)verb->tense;
	}
}

static bool ends_with(const char *folded, size_t length, const char *ending)
{
	size_t count = strlen(ending);
	return length > count && folded[length - 1] == ending[count - 1] &&
	       memcmp(folded + length - count, ending, count) == 0;
}

static bool ends_with_any(const char *folded, const char *const *endings, size_t count)
{
	size_t length = strlen(folded);
	for (size_t i = 0; i < count; i++)
		if (ends_with(folded, length, endings[i]))
			return true;
	return false;
}

/* An infinitive with or without pronouns: "enviar", "enviarles", "comprometerse". */
static bool is_infinitive(const char *folded)
{
	static const char *const endings[] = {
		"ar",	 "er",	  "ir",	  "arse",  "erse",  "irse",  "arlo",  "arla",
		"arlos", "arlas", "arle", "arles", "erlo",  "erla",  "erlos", "erlas",
		"erle",	 "erles", "irlo", "irla",  "irlos", "irlas", "irle",  "irles",
	};
	static const char *const others[] = {
		"lugar",   "mujer",    "ayer",	     "taller",	   "caracter", "par",
		"militar", "familiar", "similar",    "particular", "primer",   "tercer",
		"poder",   "titular",  "preliminar", "escolar",	   "popular",  "bar",
		"mar",	   "azucar",   "hogar",	     "regular",	   "auxiliar", "ejemplar",
		"ecuador", "alquiler", "bienestar",  "singular",   "pilar",    "circular",
		"peculiar"};
	if (strlen(folded) <= 3 || !ends_with_any(folded, endings, ARRAY_COUNT(endings)))
		return false;
	for (size_t i = 0; i < ARRAY_COUNT(others); i++)
		if (strcmp(others[i], folded) == 0)
			return false;
	return true;
}

/* What the ending alone tells. The accent makes "hará" a future and "para" no verb. */
static unsigned char tense_by_ending(const char *folded, bool stressed)
{
	static const char *const future[] = {"ra", "ran"};
	static const char *const plural[] = {"aremos", "eremos", "iremos", "dremos"};
	static const char *const conditional[] = {"aria",  "eria",  "iria", "arian",
						  "erian", "irian", "dria", "drian"};
	static const char *const past[] = {"aron", "ieron", "jeron"};
	static const char *const gerund[] = {"ando", "iendo"};
	size_t length = strlen(folded);
	if (length > 3 && stressed && ends_with_any(folded, future, ARRAY_COUNT(future)))
		return TENSE_FUTURE;
	if (length > 6 && ends_with_any(folded, plural, ARRAY_COUNT(plural)))
		return TENSE_FUTURE;
	if (length > 6 && ends_with_any(folded, past, ARRAY_COUNT(past)))
		return TENSE_PAST;
	if (length > 3 && stressed && folded[length - 1] == 'o')
		return TENSE_PAST;
	if (is_infinitive(folded))
		return TENSE_INFINITIVE;
	if (length > 6 && ends_with_any(folded, gerund, ARRAY_COUNT(gerund)) &&
	    strcmp(folded, "memorando") != 0)
		return TENSE_GERUND;
	/* "secretaría" and "mayoría" end like conditionals: only after the table said no. */
	if (length > 7 && ends_with_any(folded, conditional, ARRAY_COUNT(conditional)) &&
	    (ends_with(folded, length, "ian") || ends_with(folded, length, "dria")))
		return TENSE_CONDITIONAL;
	return TENSE_NONE;
}

/* Stems have two letters at least, so the first two find the few rows that can fit. */
static int compare_start(const char *stem, const char *folded)
{
	return stem[0] != folded[0] ? stem[0] - folded[0] : stem[1] - folded[1];
}

static size_t first_like(const char *folded)
{
	size_t low = 0, high = ARRAY_COUNT(verbs);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (compare_start(verbs[middle].stem, folded) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct verb *verb_of(const char *folded, bool stressed, unsigned char *tense)
{
	*tense = TENSE_NONE;
	for (size_t i = first_like(folded);
	     folded[0] && i < ARRAY_COUNT(verbs) && compare_start(verbs[i].stem, folded) == 0;
	     i++) {
		size_t length = 0;
		while (verbs[i].stem[length] && folded[length] == verbs[i].stem[length])
			length++;
		if (verbs[i].stem[length])
			continue;
		*tense = tense_of(&verbs[i], folded + length, stressed);
		if (*tense != TENSE_NONE)
			return &verbs[i];
	}
	*tense = tense_by_ending(folded, stressed);
	return NULL;
}

bool word_is_finite(const struct prose_words *words, size_t at)
{
	switch (word_at(words, at)->tense) {
	case TENSE_PRESENT:
	case TENSE_FUTURE:
	case TENSE_PAST:
	case TENSE_CONDITIONAL:
	case TENSE_SUBJUNCTIVE:
		return true;
	default:
		return false;
	}
}

bool word_is_verb(const struct prose_words *words, size_t at, unsigned uses)
{
	const struct prose_word *word = word_at(words, at);
	return word->verb && (word->verb->uses & uses) && word_is_finite(words, at);
}
