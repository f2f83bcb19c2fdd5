/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/date.h"
#include "nucleo/base/memory.h"
#include "nucleo/ui/form.h"
#include "ui/screen_test.h"

/* A page from which a form is opened, and what was told of it. */
struct desk {
	struct strbuf told; /* what the form's owner was told, a word each */
	const struct form_field *fields;
	size_t count;
	bool refuses; /* to save */
	int changes;
};

static const struct form_choice institutions[] = {
	{"PR", "Presidencia de la República", "PR", NULL},
	{"AN", "Asamblea Nacional", "AN", "parlamento"},
	{"CJ", "Consejo de la Judicatura", "CJ", NULL},
	{"CNE", "Consejo Nacional Electoral", "CNE", "elecciones"},
	{"AME", "Asociación de Municipalidades Ecuatorianas", "AME", "municipios"},
};

enum { TITLE, DUE, LEAD, SUPPORT, NOTE, PLACE };

static const struct form_field fields[] = {
	[TITLE] = {.label = "Qué", .hint = "Lo que se hará, en una frase.", .is_required = true,
		   .limit = 60},
	[DUE] = {.label = "Vence", .hint = "31/12/2024 o 2024-12-31."},
	[LEAD] = {.label = "Responsable", .kind = FORM_CHOICE, .is_required = true,
		  .hint = "La institución que responde.", .choices = institutions,
		  .choice_count = ARRAY_COUNT(institutions)},
	[SUPPORT] = {.label = "Con el apoyo de", .kind = FORM_LIST, .choices = institutions,
		     .choice_count = ARRAY_COUNT(institutions), .value = "CJ,MDT"},
	[NOTE] = {.label = "Detalle", .kind = FORM_TEXT, .hint = "Lo que ayude a entenderlo.",
		  .value = "Primera línea.\nSegunda línea."},
	[PLACE] = {.label = "Lugar"},
};

/* ---- the owner of the form ---- */

static enum rc check(void *context, const struct form *form, size_t field, struct error *err)
{
	const char *value = form_value(form, field);
	const struct desk *desk = context;
	if (desk->fields == fields && field == DUE && *value && date_parse(value) == DATE_NONE)
		return error_set(err, RC_INVALID, "Esa fecha no existe.");
	return RC_OK;
}

static void changed(void *context, struct form *form, size_t field)
{
	struct desk *desk = context;
	(void)form;
	(void)field;
	desk->changes++;
}

static unsigned save(void *context, struct ui *ui, struct form *form)
{
	struct desk *desk = context;
	if (desk->refuses)
		return form_refuse(form, ui, DUE, "La reunión fue antes; escriba otra fecha.");
	for (size_t i = 0; i < desk->count; i++)
		strbuf_addf(&desk->told, "%s[%s]", i ? " " : "", form_value(form, i));
	ui_say(ui, ROLE_NOTICE, "%s", "Guardado.");
	return UI_CLOSE | UI_RELOAD;
}

static void discarded(void *context, struct form *form)
{
	struct desk *desk = context;
	strbuf_addf(&desk->told, "discarded %s", form_value(form, TITLE));
}

static void released(void *context)
{
	strbuf_adds(&((struct desk *)context)->told, " released");
}

/* ---- the page below ---- */

static void title(const struct view *view, struct strbuf *out)
{
	(void)view;
	strbuf_adds(out, "Acciones");
}

static enum rc load(struct view *view, struct ui *ui, struct error *err)
{
	(void)view;
	(void)ui;
	(void)err;
	return RC_OK;
}

static void draw(struct view *view, struct region body)
{
	(void)view;
	region_text(body, 0, 1, ROLE_TEXT, "below");
	region_cursor(body, 0, 0);
}

static unsigned op(struct view *view, struct ui *ui, enum op op)
{
	struct desk *desk = ui_context(ui);
	(void)view;
	if (op != OP_FILTER)
		return UI_PASS;
	return ui_open(ui, form_view_new(&(struct form_setup){
				   .title = "Acción nueva",
				   .sentence = "Lo marcado con * hace falta para guardar.",
				   .fields = desk->fields,
				   .count = desk->count,
				   .context = desk,
				   .check = check,
				   .changed = changed,
				   .save = save,
				   .discarded = discarded,
				   .release = released,
			   }));
}

static void close_page(struct view *view)
{
	free(view);
}

static struct view *open_page(void *context)
{
	static const struct view_class class = {
		.name = "page",
		.context = CONTEXT_LIST,
		.title = title,
		.load = load,
		.draw = draw,
		.op = op,
		.close = close_page,
	};
	struct view *view = mem_alloc_zero(1, sizeof(*view));
	(void)context;
	view->class = &class;
	return view;
}

static const struct ui_screen screens[] = {{OP_SCREEN_AGENDA, "Acciones", open_page},
					   {OP_SCREEN_FOLLOWUPS, "Otra", open_page}};

static void desk_init(struct desk *desk)
{
	*desk = (struct desk){.fields = fields, .count = ARRAY_COUNT(fields)};
	strbuf_init(&desk->told);
}

static void play(struct term_script *script, struct desk *desk, int rows, int columns,
		 const char *keys)
{
	bool mouse = true;
	struct ui_setup setup = {
		.screens = screens, .screen_count = 2, .context = desk, .mouse = &mouse};
	term_script_init(script, rows, columns, keys);
	screen_play(script, &setup);
}

/* ---- the tests ---- */

static void expect_dump(const char *name, int rows, int columns, const char *keys, bool refuses)
{
	struct term_script script;
	struct desk desk;
	desk_init(&desk);
	desk.refuses = refuses;
	play(&script, &desk, rows, columns, keys);
	screen_expect_canvas(name, &script.shown);
	strbuf_release(&desk.told);
	term_script_release(&script);
}

#define FILLED "/ type:Publicar Tab type:mañana Tab type:cjud Enter "

static void forms_look_so(void **state)
{
	static const struct {
		const char *name, *keys;
	} cases[] = {
		{"form", "/"},
		{"form-filled", FILLED},
		{"form-text", "/ Tab Tab Tab Tab"},
		{"form-save-line", "/ PgDn type:x"},
		{"form-choosing", "/ Tab Tab type:consejo"},
		{"form-list", "/ Tab Tab Tab type:parla Enter"},
		{"form-list-choosing", "/ Tab Tab Tab Enter"},
		{"form-wrong", FILLED "F2"},
		{"form-missing", "/ F2"},
		{"form-writing", "/ Tab Tab Tab Tab Enter type:Más_texto_aquí"},
		{"form-leaving", FILLED "Esc"},
		{"form-help", "/ F1"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		char name[64];
		snprintf(name, sizeof(name), "%s-80x24", cases[i].name);
		expect_dump(name, 24, 80, cases[i].keys, false);
		snprintf(name, sizeof(name), "%s-40x10", cases[i].name);
		expect_dump(name, 10, 40, cases[i].keys, false);
	}
	expect_dump("form-refused-80x24", 24, 80, "/ type:Publicar Tab Tab type:pres Enter F2", true);
	expect_dump("form-refused-40x10", 10, 40, "/ type:Publicar Tab Tab type:pres Enter F2", true);
}

static void colours_only_add(void **state)
{
	struct term_script script;
	struct desk desk;
	struct strbuf styles;
	(void)state;
	desk_init(&desk);
	strbuf_init(&styles);
	play(&script, &desk, 24, 80, FILLED "F2 PgDn");
	canvas_dump_styles(&script.shown, &styles);
	screen_expect_text("form-styles-80x24", styles.data);
	strbuf_release(&styles);
	strbuf_release(&desk.told);
	term_script_release(&script);
	desk_init(&desk);
	term_script_init(&script, 24, 80, FILLED);
	screen_play(&script, &(struct ui_setup){.screens = screens,
						.screen_count = 2,
						.context = &desk,
						.plain = true});
	screen_expect_canvas("form-plain-80x24", &script.shown);
	strbuf_release(&desk.told);
	term_script_release(&script);
}

#define SAVED(title, due, lead, support, note, place)                                       \
	"[" title "] [" due "] [" lead "] [" support "] [" note "] [" place "] released"
#define NOTE_WAS "Primera línea.\nSegunda línea."

static void keys_fill_in_and_save(void **state)
{
	static const struct {
		const char *keys, *told;
	} cases[] = {
		{"/ type:Uno Tab Tab type:pres Enter F2",
		 SAVED("Uno", "", "PR", "CJ,MDT", NOTE_WAS, "")},
		{"/ type:Uno Enter type:31/12/2024 Enter Enter Down Enter Ctrl-S",
		 SAVED("Uno", "31/12/2024", "AN", "CJ,MDT", NOTE_WAS, "")},
		/* Enter in the last field, and on the line behind it */
		{"/ type:Uno Down Down type:pres Enter Down Down type:Quito Enter",
		 SAVED("Uno", "", "PR", "CJ,MDT", NOTE_WAS, "Quito")},
		{"/ type:Uno Down Down type:pres Enter PgDn Enter",
		 SAVED("Uno", "", "PR", "CJ,MDT", NOTE_WAS, "")},
		/* letters that are keys elsewhere are letters here */
		{"/ type:q?1:/u Tab Tab type:pres Enter F2",
		 SAVED("q?1:/u", "", "PR", "CJ,MDT", NOTE_WAS, "")},
		/* lists: one is added, one taken out again, the last one taken */
		{"/ type:U Tab Tab type:pres Enter type:parla Enter type:judic Enter F2",
		 SAVED("U", "", "PR", "MDT,AN", NOTE_WAS, "")},
		{"/ type:U Tab Tab type:pres Enter Backspace F2",
		 SAVED("U", "", "PR", "CJ", NOTE_WAS, "")},
		{"/ type:U Tab Tab type:pres Enter Ctrl-U Ctrl-U F2",
		 SAVED("U", "", "PR", "", NOTE_WAS, "")},
		/* the long text, written in its editor; Tab and Esc come back with it */
		{"/ type:U Tab Tab type:pres Enter Tab type:! Enter type:fin Tab type:Loja F2",
		 SAVED("U", "", "PR", "CJ,MDT", NOTE_WAS "!\nfin", "Loja")},
		{"/ type:U Tab Tab type:pres Enter Tab Enter Ctrl-Home type:A Esc F2",
		 SAVED("U", "", "PR", "CJ,MDT", "A" NOTE_WAS, "")},
		{"/ type:U Tab Tab type:pres Enter Tab type:xyz F7 F2",
		 SAVED("U", "", "PR", "CJ,MDT", NOTE_WAS, "")},
		{"/ type:U Tab Tab type:pres Enter Tab type:xyz F7 F8 F2",
		 SAVED("U", "", "PR", "CJ,MDT", NOTE_WAS "xyz", "")},
		/* what is pasted stays one line in a line, and lines in a text */
		{"/ paste:dos\\nlíneas Tab Tab type:pres Enter Tab paste:_tres\\ncuatro F2",
		 SAVED("dos líneas", "", "PR", "CJ,MDT", NOTE_WAS " tres\ncuatro", "")},
		/* a choice that is left by Esc stays as it was */
		{"/ type:U Tab Tab type:pres Enter Shift-Tab type:asam Esc F2",
		 SAVED("U", "", "PR", "CJ,MDT", NOTE_WAS, "")},
		{"/ type:U Tab Tab type:pres Enter Shift-Tab paste:asam Enter F2",
		 SAVED("U", "", "AN", "CJ,MDT", NOTE_WAS, "")},
		/* a line takes what its limit allows, whole characters only */
		{"/ type:0123456789012345678901234567890123456789012345678901234567ñaé Tab Tab "
		 "type:pres Enter F2",
		 SAVED("0123456789012345678901234567890123456789012345678901234567ñ", "", "PR",
		       "CJ,MDT", NOTE_WAS, "")},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct term_script script;
		struct desk desk;
		desk_init(&desk);
		play(&script, &desk, 24, 80, cases[i].keys);
		assert_string_equal(desk.told.data, cases[i].told);
		strbuf_release(&desk.told);
		term_script_release(&script);
	}
}

static void leaving_asks_only_when_something_was_typed(void **state)
{
	static const struct {
		const char *keys, *told;
	} cases[] = {
		{"/ Tab Tab Esc", " released"},
		{"/ type:x Backspace Esc", " released"},
		{"/ type:x Esc Down Down Enter", "discarded x released"},
		{"/ type:x Esc type:sin_guardar Enter", "discarded x released"},
		/* Enter alone, and Esc, go on writing; the end of the script closes the page */
		{"/ type:x Esc Enter type:y Esc Down Down Enter", "discarded xy released"},
		{"/ type:x Esc Esc type:y Esc Down Down Enter", "discarded xy released"},
		/* saved from there, once it is right */
		{"/ type:x Esc Down Enter type:pres Enter Esc Down Enter",
		 SAVED("x", "", "PR", "CJ,MDT", NOTE_WAS, "")},
		/* clicks on the path leave as Esc does */
		{"/ type:x click:0,2 Down Down Enter", "discarded x released"},
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
		struct term_script script;
		struct strbuf row;
		struct desk desk;
		desk_init(&desk);
		strbuf_init(&row);
		play(&script, &desk, 24, 80, cases[i].keys);
		assert_string_equal(desk.told.data, cases[i].told);
		screen_row(&script.shown, 2, &row);
		assert_string_equal(row.data, " below");
		strbuf_release(&row);
		strbuf_release(&desk.told);
		term_script_release(&script);
	}
}

/* A form that is over cannot be come back to, and cannot be saved twice. */
static void no_way_leads_back_to_a_form(void **state)
{
	static const char *const keys[] = {
		"/ type:x Tab Tab type:pres Enter F1 Esc F2 [ ] Esc ]",
		"4 2 / type:x Tab Tab type:pres Enter F2 [ ] ] F2",
	};
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
		struct term_script script;
		struct strbuf row;
		struct desk desk;
		desk_init(&desk);
		strbuf_init(&row);
		play(&script, &desk, 24, 80, keys[i]);
		assert_string_equal(desk.told.data,
				    SAVED("x", "", "PR", "CJ,MDT", NOTE_WAS, ""));
		screen_row(&script.shown, 2, &row);
		assert_string_equal(row.data, " below");
		strbuf_release(&row);
		strbuf_release(&desk.told);
		term_script_release(&script);
	}
}

static void what_is_typed_is_told_at_once(void **state)
{
	struct term_script script;
	struct desk desk;
	(void)state;
	desk_init(&desk);
	play(&script, &desk, 24, 80, "/ type:abc Left Left Home Tab Tab type:pres Enter");
	assert_int_equal(desk.changes, 4);
	strbuf_release(&desk.told);
	term_script_release(&script);
}

static void a_draft_is_shown_and_is_a_change(void **state)
{
	static const struct form_field drafted[] = {
		{.label = "Qué", .value = "guardado", .draft = "a medias"},
		{.label = "Nota", .kind = FORM_TEXT, .value = "uno", .draft = "uno\ndos"},
	};
	struct term_script script;
	struct desk desk;
	(void)state;
	desk_init(&desk);
	desk.fields = drafted;
	desk.count = ARRAY_COUNT(drafted);
	play(&script, &desk, 24, 80, "/ Esc Down Enter");
	assert_string_equal(desk.told.data, "[a medias] [uno\ndos] released");
	strbuf_release(&desk.told);
	term_script_release(&script);
	desk_init(&desk);
	desk.fields = drafted;
	desk.count = ARRAY_COUNT(drafted);
	play(&script, &desk, 24, 80, "/ Ctrl-U type:guardado Tab Enter Ctrl-U Ctrl-U Esc Esc");
	assert_string_equal(desk.told.data, " released");
	strbuf_release(&desk.told);
	term_script_release(&script);
}

static void clicks_go_to_fields(void **state)
{
	struct term_script script;
	struct desk desk;
	(void)state;
	desk_init(&desk);
	/* into a line, behind its second letter; a double click on a choice opens it */
	play(&script, &desk, 24, 80,
	     "/ type:abcd Tab click:3,20 type:X dblclick:5,30 type:pres Enter F2");
	assert_string_equal(desk.told.data, SAVED("abXcd", "", "PR", "CJ,MDT", NOTE_WAS, ""));
	strbuf_release(&desk.told);
	term_script_release(&script);
}

static void blind_keys_and_pastes_are_not_taken(void **state)
{
	struct term_script script;
	struct desk desk;
	struct strbuf row;
	(void)state;
	strbuf_init(&row);
	desk_init(&desk);
	play(&script, &desk, 24, 80,
	     "/ size:20x5 type:no paste:no F2 size:80x24 type:x Tab Tab type:pres Enter F2");
	assert_string_equal(desk.told.data, SAVED("x", "", "PR", "CJ,MDT", NOTE_WAS, ""));
	strbuf_release(&desk.told);
	term_script_release(&script);
	/* in a list nothing pasted is a key: neither `/`, which opens the form, nor `q` */
	desk_init(&desk);
	play(&script, &desk, 24, 80, "paste:/q\\nq");
	screen_row(&script.shown, 22, &row);
	assert_string_equal(row.data, " Aquí no se escribe: lo pegado no se tomó.");
	assert_string_equal(desk.told.data, "");
	strbuf_release(&row);
	strbuf_release(&desk.told);
	term_script_release(&script);
}

int main(void)
{
	setlocale(LC_ALL, "");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_look_so),
		cmocka_unit_test(colours_only_add),
		cmocka_unit_test(keys_fill_in_and_save),
		cmocka_unit_test(leaving_asks_only_when_something_was_typed),
		cmocka_unit_test(no_way_leads_back_to_a_form),
		cmocka_unit_test(what_is_typed_is_told_at_once),
		cmocka_unit_test(a_draft_is_shown_and_is_a_change),
		cmocka_unit_test(clicks_go_to_fields),
		cmocka_unit_test(blind_keys_and_pastes_are_not_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
