/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/cli/command.h"

#include "nucleo/base/i18n.h"
#include "nucleo/base/nearest.h"
#include "nucleo/base/utf8.h"

const struct cli_command cli_commands[] = {
	{
		.name = "init",
		.spanish = {"iniciar"},
		.arguments = "",
		.help = N_("crea la base de datos, vacía"),
		.options = CLI_BIT(CLI_JSON),
		.writes = true,
		.run = cli_initialise,
	},
	{
		.name = "import",
		.spanish = {"importar"},
		.choices = "acta organizations commitments milestones progress",
		.arguments = N_("CLASE ARCHIVO..."),
		.help = N_("lee actas u hojas de cálculo y actualiza la base con lo que dicen"),
		.details = N_(
			"Actas: PDF (con pdftotext), DOCX y ODT (con pandoc), o texto: columnas\n"
			"con tabuladores, o copiado de un procesador de textos.\n"
			"Hojas de cálculo: CSV con columnas en cualquier orden y títulos en\n"
			"español o las claves de --json: todo o nada, con errores por fila y\n"
			"columna.\n"
			"El mismo archivo otra vez no cambia nada; uno corregido cambia lo que\n"
			"difiere. Con --dry-run dice qué haría, sin escribir."),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_DRY_RUN) | CLI_BIT(CLI_PLAN),
		.least = 2,
		.most = CLI_ANY_NUMBER,
		.writes = true,
		.takes_files = true,
		.run = cli_import,
	},
	{
		.name = "list",
		.spanish = {"listar"},
		.arguments = N_("CLASE [FILTRO...]"),
		.help = N_("muestra los registros de una clase, una línea cada uno"),
		.details = N_(
			"Un filtro son palabras que el registro debe tener (\"así, seguidas\"),\n"
			"estados (vencidas, hecho, bloqueados), campos (resp:FCD,AME,\n"
			"estado:pendiente, avance:>=40, vence:2024-01; «vence:» da los que no lo\n"
			"tienen), la fecha de la lista (desde:2023-09 hasta:+30d), sector:osc,\n"
			"compromiso:C5 y el orden (orden:vence, orden:-avance). Deben cumplirse\n"
			"todos; un «-» delante niega:\n"
			"  nucleo list followups resp:FCD vencidas -hecho '\"datos abiertos\"'\n"
			"Lo que se quitó y no ha vuelto es «nucleo list trash»; «nucleo undo» con\n"
			"el número de cambio que allí se ve lo recupera."),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_CSV) | CLI_BIT(CLI_EXIT_CODE),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.takes_kind = true,
		.takes_filter = true,
		.run = cli_list,
	},
	{
		.name = "show",
		.spanish = {"mostrar"},
		.arguments = N_("CLASE CÓDIGO"),
		.help = N_("muestra un registro completo"),
		.details = N_("CÓDIGO es como lo escribe la gente: C5, paga2/C5, AM-2023-05,\n"
			      "AM-2023-05/8.a, S-2023-014, FCD."),
		.options = CLI_BIT(CLI_JSON),
		.least = 2,
		.most = 2,
		.takes_kind = true,
		.run = cli_show,
	},
	{
		.name = "search",
		.spanish = {"buscar"},
		.arguments = N_("TEXTO..."),
		.help = N_("busca en todo lo que se puede leer, lo que mejor responde primero"),
		.details = N_(
			"Encuentra lo que tiene todas las palabras, sin mirar tildes ni\n"
			"mayúsculas; la última puede estar solo empezada.\n"
			"'\"entre comillas\"' busca una frase exacta y «-palabra» quita lo que\n"
			"la tiene. Un código (C5, AM-2023-05, S-2023-014, FCD) sale primero:\n"
			"  nucleo search transparencia -portal"),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_CSV) | CLI_BIT(CLI_EXIT_CODE) |
			   CLI_BIT(CLI_LIMIT),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.takes_filter = true,
		.run = cli_search,
	},
	{
		.name = "add",
		.spanish = {"agregar", "añadir"},
		.arguments = N_("CLASE CAMPO=VALOR... | entry REUNIÓN PUNTO TEXTO"),
		.help = N_("agrega un registro, o una línea a una reunión"),
		.details = N_(
			"CAMPO es una clave de --json; una lista se separa con comas; las fechas\n"
			"son 2024-01-31 o 31/01/2024:\n"
			"  nucleo add followup description=\"Entregar los datos\" \\\n"
			"      responsible=FCD,AME due=2024-01-31\n"
			"Una reunión sin number= recibe el que sigue; con agenda=proposed, el orden\n"
			"del día que muestra «nucleo propose», y con agenda=AM-2023-05, una copia\n"
			"del de esa reunión (véase «nucleo convene --help»):\n"
			"  nucleo add meeting date=2024-03-15 starts=15:00 agenda=proposed\n"
			"Una línea de una reunión se escribe como en la sala: REUNIÓN, PUNTO («-»,\n"
			"antes del primero) y TEXTO, con sus signos: FCD: (quién habla), = (decisión),\n"
			"? (duda), ~ (privada), @AME (responsable), !+2s (fecha), #C5 (compromiso),\n"
			"%C6=38 (avance). Un signo que no se entiende queda como texto y se avisa.\n"
			"Con «-» por TEXTO se leen las líneas de la entrada, una a una:\n"
			"  nucleo add entry AM-2024-01 2 '@AME da los talleres !2024-03-31 #C5'"),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_MEASURE),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.writes = true,
		.takes_kind = true,
		.knows_kind = cli_can_edit,
		.run = cli_add,
	},
	{
		.name = "set",
		.spanish = {"cambiar"},
		.arguments = N_("CLASE CÓDIGO CAMPO=VALOR..."),
		.help = N_("cambia campos de un registro"),
		.details = N_(
			"Un valor vacío borra el que había. Solo se guarda lo que cambia: si otra\n"
			"persona cambió entretanto el mismo campo, no se guarda nada y lo dice.\n"
			"Un avance es COMPROMISO/FECHA (C5/2023-11-17) y un bloqueo, el código de\n"
			"su compromiso; donde haya varios, la clave «key» de --json:\n"
			"  nucleo set followup S-2023-014 due=2024-02-15 responsible=FCD,AME\n"
			"Con el número de una reunión se toma su asistencia: SIGLAS=presente,\n"
			"ausente o justificado, con virtual o presencial, titular o suplente y las\n"
			"horas. «last» comienza con la lista de la reunión anterior; sin él, en la\n"
			"primera lista falta quien no se nombra. Quien no es del grupo va como\n"
			"invitado:\n"
			"  nucleo set attendees AM-2024-01 last CNE=justificado \\\n"
			"      DPE=virtual,suplente,15h20-16h40\n"
			"Una votación se anota con la cuenta (votes_for=9 votes_against=4\n"
			"votes_abstained=1) o con las siglas (ballots_against=AME\n"
			"«ballots_for=*»: los demás presentes), y con vote_rule=:\n"
			"  nucleo set resolution AM-2023-05/3#2 vote_rule=two_thirds votes_for=9"),
		.options = CLI_BIT(CLI_JSON),
		.least = 3,
		.most = CLI_ANY_NUMBER,
		.writes = true,
		.takes_kind = true,
		.knows_kind = cli_can_edit,
		.run = cli_set,
	},
	{
		.name = "remove",
		.spanish = {"quitar", "borrar"},
		.arguments = N_("CLASE CÓDIGO"),
		.help = N_("quita un registro, con lo que es parte de él"),
		.details = N_(
			"Una acción se va con sus responsables y notas; una reunión, con su\n"
			"agenda y asistencia. Lo que otros registros usan no se quita: dice\n"
			"cuáles son. Con --dry-run dice qué haría, sin hacerlo."),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_DRY_RUN),
		.least = 2,
		.most = 2,
		.writes = true,
		.takes_kind = true,
		.knows_kind = cli_can_edit,
		.run = cli_remove,
	},
	{
		.name = "export",
		.spanish = {"exportar"},
		.choices = "convocatoria",
		.arguments = N_("convocatoria NÚMERO"),
		.help = N_("escribe la convocatoria de una reunión, para enviarla"),
		.details = N_(
			"Lleva fecha, lugar, orden del día y lo que cada institución tiene por\n"
			"entregar; sin lo aplazado ni notas privadas, siempre en español. Como\n"
			"calendario (ics), la reunión se agrega sola a la agenda de cada quien.\n"
			"No se escribe sobre un archivo que ya exista, salvo con --yes:\n"
			"  nucleo export convocatoria AM-2024-01 -o convocatoria.ics"),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_YES) | CLI_BIT(CLI_FORMAT) |
			   CLI_BIT(CLI_OUTPUT),
		.least = 1,
		.most = 2,
		.run = cli_export,
	},
	{
		.name = "entry",
		.spanish = {"línea"},
		.choices = "move up down split join kind followup",
		.arguments = N_("PASO CÓDIGO [...]"),
		.help = N_("mueve, parte, une o cambia una línea de una reunión"),
		.details = N_(
			"CÓDIGO es como AM-2024-01/3#2 o R-2024-01-03:\n"
			"  move CÓDIGO PUNTO [TRAS]     la pasa a otro punto, tras otra línea\n"
			"  up CÓDIGO, down CÓDIGO       la sube o la baja en su punto\n"
			"  split CÓDIGO PALABRAS        la parte donde empiezan las palabras\n"
			"  join CÓDIGO                  le une la línea que sigue\n"
			"  kind CÓDIGO CLASE            note, decision, request o undertaking\n"
			"  followup CÓDIGO [PALABRAS]   hace una acción de la frase que las tiene"),
		.options = CLI_BIT(CLI_JSON),
		.least = 2,
		.most = 4,
		.writes = true,
		.run = cli_entry,
	},
	{
		.name = "go",
		.spanish = {"pasar"},
		.arguments = N_("REUNIÓN [PUNTO [ESTADO]]"),
		.help = N_("pasa al punto siguiente de una reunión, o a otro"),
		.details = N_(
			"El punto que se trataba queda tratado y su reloj se detiene; el nuevo\n"
			"empieza el suyo. El primero abre la sesión. PUNTO es su número; «-» solo\n"
			"detiene el reloj. Con ESTADO (deferred, done, pending) el punto queda así\n"
			"sin pasar a otro:\n"
			"  nucleo go AM-2024-01 4 deferred"),
		.options = CLI_BIT(CLI_JSON),
		.least = 1,
		.most = 3,
		.writes = true,
		.run = cli_go,
	},
	{
		.name = "done",
		.spanish = {"hecho", "hecha"},
		.arguments = N_("ACCIÓN [CAMPO=VALOR...]"),
		.help = N_("da por hecha una acción"),
		.details = N_(
			"Con note= deja escrito qué pasó o dónde está la evidencia:\n"
			"  nucleo done S-2023-014 note=\"Se envió el oficio 12\""),
		.options = CLI_BIT(CLI_JSON),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.writes = true,
		.run = cli_done,
	},
	{
		.name = "propose",
		.spanish = {"proponer"},
		.arguments = N_("FECHA|REUNIÓN [agenda=REUNIÓN] [take=CÓDIGOS] [leave=CÓDIGOS]"),
		.help = N_("muestra lo que una reunión podría tratar, sin escribir nada"),
		.details = N_(
			"Es el orden del día que se escribe solo: lo de siempre (o el de la\n"
			"reunión que diga agenda=), los compromisos bloqueados o sin movimiento,\n"
			"las acciones pendientes con su antigüedad, lo diferido y lo aplazado.\n"
			"Lo marcado con x es lo que se tomaría:\n"
			"  nucleo propose 2024-03-15"),
		.options = CLI_BIT(CLI_JSON),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.run = cli_propose,
	},
	{
		.name = "convene",
		.spanish = {"convocar"},
		.arguments = N_("REUNIÓN [agenda=proposed|REUNIÓN] [take=CÓDIGOS] [leave=CÓDIGOS]"),
		.help = N_("da por convocada una reunión, y completa su orden del día"),
		.details = N_(
			"Con agenda=proposed agrega lo que «nucleo propose REUNIÓN» marca; con\n"
			"agenda=AM-2023-05, además los puntos de esa reunión. take= y leave=\n"
			"toman o dejan por su código, separados con comas («all»: todo); take=\n"
			"sin agenda= toma solo eso. Lo mismo sirve en «nucleo add meeting»:\n"
			"  nucleo convene AM-2024-02 agenda=proposed leave=S-2023-014"),
		.options = CLI_BIT(CLI_JSON),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.writes = true,
		.run = cli_convene,
	},
	{
		.name = "move",
		.spanish = {"mover"},
		.arguments = N_("PUNTO up|down|in|out|park|unpark|LUGAR"),
		.help = N_("mueve un punto del orden del día, y numera los demás"),
		.details = N_(
			"Arriba o abajo entre los suyos (up, down), a un LUGAR (1 es el primero),\n"
			"dentro del punto anterior como parte suya (in) o fuera de él (out). Con\n"
			"park sale del orden del día y se propone para la próxima reunión; unpark\n"
			"lo devuelve:\n"
			"  nucleo move AM-2024-02/5 2\n"
			"  nucleo move AM-2024-02/3.a out"),
		.options = CLI_BIT(CLI_JSON),
		.least = 2,
		.most = 2,
		.writes = true,
		.run = cli_move,
	},
	{
		.name = "confirm",
		.spanish = {"confirmar"},
		.arguments = N_("REUNIÓN [ACCIÓN...]"),
		.help = N_("confirma las acciones propuestas en una reunión"),
		.details = N_(
			"Sin ACCIÓN, todas las que ya dicen quién y hasta cuándo; las demás quedan\n"
			"propuestas, y dice cuáles son. Las nombradas se confirman como estén. Lo\n"
			"que falte se completa antes con «nucleo set followup»:\n"
			"  nucleo set followup S-2024-003 responsible=AME due=2024-03-31\n"
			"  nucleo confirm AM-2024-01"),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_DRY_RUN),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.writes = true,
		.run = cli_confirm,
	},
	{
		.name = "close",
		.spanish = {"cerrar"},
		.arguments = N_("REUNIÓN [reason=MOTIVO]"),
		.help = N_("cierra una reunión, y dice qué le falta a su registro"),
		.details = N_(
			"Lo que lleva «!» falta: asistencia, puntos sin tratar, acciones sin\n"
			"responsable o fecha, decisiones sin número, dudas. Con algo así, cierra\n"
			"solo si reason= dice por qué; lo que lleva «·» es un aviso. Con --dry-run\n"
			"lo dice sin cerrar. «nucleo undo» vuelve a abrirla:\n"
			"  nucleo close AM-2024-01 reason=\"Se cortó la luz a las 17h00\""),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_DRY_RUN),
		.least = 1,
		.most = 2,
		.writes = true,
		.run = cli_close,
	},
	{
		.name = "filter",
		.spanish = {"filtro"},
		.choices = "list save remove complete",
		.arguments = N_("list | save CLASE NOMBRE FILTRO... | remove CLASE NOMBRE |"
				" complete CLASE TEXTO"),
		.help = N_("guarda filtros con un nombre, para usarlos como @NOMBRE"),
		.details = N_(
			"Sirven aquí y en la pantalla, solos o con otras palabras:\n"
			"  nucleo filter save followups urgentes vencidas -resp:FCD\n"
			"  nucleo list followups @urgentes desde:2023\n"
			"Son de cada persona: quedan en su carpeta de configuración."),
		.options = CLI_BIT(CLI_JSON),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.takes_filter = true,
		.run = cli_filter,
	},
	{
		.name = "setting",
		.spanish = {"ajuste", "ajustes"},
		.arguments = N_("[NOMBRE[=VALOR]]"),
		.help = N_("muestra o cambia lo que el grupo tiene acordado para sus reuniones"),
		.details = N_(
			"Con =VALOR lo cambia, para todo el grupo; vacío vuelve a lo que rige por\n"
			"omisión.\n"
			"  quorum          quiénes deben estar: mayoría, 9, 2/3, 50%, o por\n"
			"                  sector, «público:3 OSC:1»; vacío: no se exige\n"
			"  vote_rule       con qué regla se vota si no se dice otra: simple,\n"
			"                  two_thirds, four_fifths o by_sector; vacía: consenso\n"
			"  stuck_meetings  tras cuántas reuniones sin movimiento se propone un\n"
			"                  compromiso para el orden del día, de 1 a 20\n"
			"  standing_items  títulos que abren cada orden del día, uno por línea o\n"
			"                  separados por punto y coma"),
		.options = CLI_BIT(CLI_JSON),
		.most = 1,
		.writes_now = cli_setting_writes,
		.run = cli_setting,
	},
	{
		.name = "undo",
		.spanish = {"deshacer"},
		.arguments = N_("[NÚMERO]"),
		.help = N_("deshace lo último que hizo, o la operación con ese número"),
		.details = N_(
			"Sin NÚMERO, lo último de esta institución en esta máquina que no esté\n"
			"deshecho. Con el NÚMERO que da «nucleo history», cualquiera, también de\n"
			"otra persona o de hace meses. Nada se borra: deshacer es otra operación,\n"
			"y «nucleo redo» la deshace a su vez. Cuando alguien cambió después lo\n"
			"mismo, se niega y dice quién y cuándo."),
		.options = CLI_BIT(CLI_JSON),
		.most = 1,
		.writes = true,
		.run = cli_undo,
	},
	{
		.name = "redo",
		.spanish = {"rehacer"},
		.arguments = N_("[NÚMERO]"),
		.help = N_("rehace lo último que deshizo, o la operación con ese número"),
		.details = N_(
			"Sin NÚMERO, lo último que esta institución deshizo en esta máquina, si\n"
			"después no hizo otra cosa."),
		.options = CLI_BIT(CLI_JSON),
		.most = 1,
		.writes = true,
		.run = cli_redo,
	},
	{
		.name = "history",
		.spanish = {"historial"},
		.arguments = N_("[FILTRO...]"),
		.help = N_("dice quién cambió qué y cuándo"),
		.details = N_(
			"Lo último primero; arriba, lo que aún no se publica. El filtro es el de\n"
			"la pantalla:\n"
			"  nucleo history por:FCD desde:2023-11  quién y cuándo\n"
			"  nucleo history registro:S-2023-014    lo que cambió un registro\n"
			"  nucleo history reunión:AM-2023-05     lo que es de una reunión\n"
			"  nucleo history nuevas                 de otros, desde que usted\n"
			"                                        lo miró en la pantalla\n"
			"y también quitados, deshechos, rechazados, conflictos. «nucleo show\n"
			"history 42» dice todo lo que hizo un cambio y quién lo deshizo; «nucleo\n"
			"list trash», lo quitado que no volvió y el número con que «nucleo undo»\n"
			"lo recupera."),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_CSV),
		.most = CLI_ANY_NUMBER,
		.takes_filter = true,
		.run = cli_history,
	},
	{
		.name = "conflicts",
		.spanish = {"conflictos"},
		.choices = "decided report",
		.arguments = "[decided | report]",
		.help = N_("muestra los cambios suyos que esperan una decisión"),
		.details = N_(
			"Son los que otra persona se adelantó a hacer en el mismo campo, o que\n"
			"una regla no admite: dice lo que usted vio, lo que puso y lo que hay\n"
			"ahora, de quién es y desde cuándo. Quedan guardados en esta máquina\n"
			"hasta que se deciden con «nucleo decide». Con «decided» muestra los ya\n"
			"decididos, como eran antes; con «report», lo que pasó cuando el disco\n"
			"volvió la última vez que algo esperó más de un minuto."),
		.options = CLI_BIT(CLI_JSON),
		.most = 1,
		.run = cli_conflicts,
	},
	{
		.name = "decide",
		.spanish = {"decidir"},
		.arguments = N_("NÚMERO [DECISIÓN] [CAMPO=DECISIÓN...]"),
		.help = N_("decide un cambio que espera"),
		.details = N_(
			"NÚMERO es su lugar en «nucleo conflicts»; DECISIÓN es mine (lo mío),\n"
			"theirs (lo que hay ahora) o both (los dos textos, uno tras otro), para\n"
			"todo o campo por campo; CAMPO==TEXTO escribe otro valor y drop descarta\n"
			"todo el cambio. Si se repite un campo, se le antepone el registro;\n"
			"«record» es el registro entero:\n"
			"  nucleo decide 1 mine\n"
			"  nucleo decide 2 theirs title=both due==2024-01-31\n"
			"  nucleo decide 3 C6.title==\"Otro título\""),
		.options = CLI_BIT(CLI_JSON),
		.least = 1,
		.most = CLI_ANY_NUMBER,
		.writes = true,
		.run = cli_decide,
	},
	{
		.name = "backup",
		.spanish = {"respaldar"},
		.arguments = N_("[ARCHIVO]"),
		.help = N_("guarda la base entera en un archivo, comprobado"),
		.details = N_(
			"ARCHIVO es una base SQLite con los datos, el historial y lo que esta\n"
			"máquina tenga en cola; no se escribe sobre uno que ya exista. Antes trae\n"
			"lo que haya en el disco; si no responde, respalda lo que hay aquí y lo\n"
			"dice. Con --replay comprueba además que los datos son lo que dice el\n"
			"historial. Con --list muestra los respaldos que el programa hace solo,\n"
			"uno por día en que se usa:\n"
			"  nucleo backup /media/usb/acta-2024-01-31.db"),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_LIST) | CLI_BIT(CLI_REPLAY),
		.most = 1,
		.takes_files = true,
		.run = cli_backup,
	},
	{
		.name = "restore",
		.spanish = {"restaurar"},
		.arguments = N_("ARCHIVO"),
		.help = N_("pone un respaldo en lugar de la base"),
		.details = N_(
			"ARCHIVO es de «nucleo backup», un acta.db, un base-*.db o la fecha de un\n"
			"respaldo diario (2024-01-31; véanse con «nucleo backup --list»).\n"
			"Primero dice qué es y qué se perdería, y pregunta; con --dry-run solo lo\n"
			"dice, y con --yes no pregunta. La base restaurada es otra: empieza un\n"
			"registro nuevo con el historial del archivo, y la anterior queda al lado\n"
			"con la fecha en el nombre. Los demás verán que en el disco hay otra; lo\n"
			"que tuvieran en cola queda en su máquina. No se puede deshacer.\n"
			"Donde no hay ninguna base la crea:\n"
			"  nucleo --db nueva/acta.db restore respaldo.db"),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_DRY_RUN) | CLI_BIT(CLI_YES),
		.least = 1,
		.most = 1,
		.takes_files = true,
		.writes = true,
		.run = cli_restore,
	},
	{
		.name = "republish",
		.spanish = {"republicar"},
		.arguments = "",
		.help = N_("publica otra vez los cambios que el disco perdió"),
		.details = N_(
			"Sirve cuando el servidor del disco volvió de un corte o de un respaldo\n"
			"sin los últimos cambios y esta máquina los tiene. Antes de usarla,\n"
			"averigüe qué pasó con el disco: lo que se publica es de todo el grupo."),
		.options = CLI_BIT(CLI_JSON),
		.writes = true,
		.run = cli_republish,
	},
	{
		.name = "upgrade",
		.spanish = {"actualizar"},
		.arguments = "",
		.help = N_("pasa la base al esquema que usa este nucleo"),
		.details = N_(
			"Hace falta después de instalar un nucleo que guarda más que el anterior;\n"
			"nunca empieza sola. Quien tenga todavía el anterior podrá leer lo de\n"
			"antes y nada más hasta que instale el nuevo: la orden dice quiénes son.\n"
			"Con --dry-run dice qué haría, sin hacerlo. No se puede deshacer. Si el\n"
			"disco no responde, nada queda en cola: se repite después."),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_DRY_RUN),
		.writes = true,
		.run = cli_upgrade,
	},
	{
		.name = "doctor",
		.spanish = {"salud", "revisar"},
		.arguments = "",
		.help = N_("dice cómo está la base: el disco, el registro y esta máquina"),
		.details = N_(
			"Cada resultado lleva un signo: ✓ bien, · aviso, ? no se sabe,\n"
			"! problema; y debajo, si hace falta, qué pasa y qué hacer. Nada se\n"
			"cambia, salvo con --repair: aparta la copia dañada de esta máquina,\n"
			"sin borrarla, hace otra desde el disco y recupera lo que esperaba en\n"
			"la cola.\n"
			"Termina con 0 si nada está dañado, 4 si el disco no responde y 5 si algo\n"
			"está dañado o no sirve."),
		.options = CLI_BIT(CLI_JSON) | CLI_BIT(CLI_FULL) | CLI_BIT(CLI_REPLAY) |
			   CLI_BIT(CLI_REPAIR),
		.run = cli_doctor,
	},
	{
		.name = "who",
		.spanish = {"quien", "quién"},
		.arguments = "",
		.help = N_("dice quién tiene abierta la base, y en qué pantalla"),
		.details = N_(
			"Una línea por cada otra pantalla: institución y cargo, dónde está, hace\n"
			"cuánto dio señal, desde cuándo, en qué equipo y con qué nucleo. Quien\n"
			"deja de dar señal sale solo de la lista; las horas son las de su reloj."),
		.options = CLI_BIT(CLI_JSON),
		.run = cli_who,
	},
	{
		.name = "whoami",
		.spanish = {"quien-soy", "quién-soy"},
		.arguments = N_("[as=SIGLAS] [post=CARGO]"),
		.help = N_("dice en nombre de quién se escribe, o lo guarda"),
		.details = N_(
			"Queda en la configuración de cada persona y sale en el historial: la\n"
			"institución y, si se quiere, el cargo; nunca nombres de personas. Vacíos\n"
			"(as=) se olvidan. --as y NUCLEO_AS valen más, sin cargo.\n"
			"Son palabra de quien escribe: la única puerta son los permisos de la\n"
			"carpeta. Por una institución observadora se escribe con --as-observer:\n"
			"  nucleo whoami as=FCD post=\"Dirección de proyectos\""),
		.options = CLI_BIT(CLI_JSON),
		.most = 2,
		.run = cli_whoami,
	},
	{
		.name = "help",
		.spanish = {"ayuda"},
		.arguments = N_("[ORDEN]"),
		.help = N_("explica el programa o una orden"),
		.options = CLI_BIT(CLI_COMMANDS),
		.most = 1,
		.run = cli_help,
	},
	{.name = NULL},
};

static bool is_called(const struct cli_command *command, const char *word)
{
	if (utf8_equal_folded(command->name, word))
		return true;
	for (size_t i = 0; i < ARRAY_COUNT(command->spanish) && command->spanish[i]; i++)
		if (utf8_equal_folded(command->spanish[i], word))
			return true;
	return false;
}

const struct cli_command *cli_command_named(const char *word)
{
	for (const struct cli_command *command = cli_commands; command->name; command++)
		if (is_called(command, word))
			return command;
	return NULL;
}

enum rc cli_unknown_command(const char *word, struct error *err)
{
	struct nearest nearest;
	nearest_init(&nearest, word);
	for (const struct cli_command *command = cli_commands; command->name; command++) {
		nearest_offer(&nearest, command->name);
		for (size_t i = 0; i < ARRAY_COUNT(command->spanish) && command->spanish[i]; i++)
			nearest_offer(&nearest, command->spanish[i]);
	}
	if (nearest.best)
		return error_set(err, RC_USAGE, _("no existe la orden «%s»; ¿quiso decir «%s»?"),
				 word, nearest.best);
	return error_set(err, RC_USAGE, _("no existe la orden «%s»; vea nucleo --help"), word);
}

static void offer_kind(struct nearest *nearest, const struct record_kind *kind)
{
	nearest_offer(nearest, kind->name);
	nearest_offer(nearest, kind->plural);
	for (size_t i = 0; i < ARRAY_COUNT(kind->spanish) && kind->spanish[i]; i++)
		nearest_offer(nearest, kind->spanish[i]);
}

const struct record_kind *cli_kind(const char *word, struct error *err)
{
	const struct record_kind *kind = record_kind_named(word);
	struct nearest nearest;
	struct strbuf names;
	if (kind)
		return kind;
	nearest_init(&nearest, word);
	strbuf_init(&names);
	for (size_t i = 0; i < RECORD_KIND_COUNT; i++) {
		offer_kind(&nearest, &record_kinds[i]);
		strbuf_addf(&names, "%s%s", i ? ", " : "", record_kinds[i].name);
	}
	if (nearest.best)
		error_set(err, RC_USAGE, _("no existe la clase «%s»; ¿quiso decir «%s»?"), word,
			  nearest.best);
	else
		error_set(err, RC_USAGE, _("no existe la clase «%s»; hay: %s"), word, names.data);
	strbuf_release(&names);
	return NULL;
}
