/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nucleo/ui/term_script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nucleo/base/utf8.h"

static struct term_script *script_of(struct term *term)
{
	return (struct term_script *)(void *)term;
}

static void script_size(struct term *term, int *rows, int *columns)
{
	*rows = script_of(term)->rows;
	*columns = script_of(term)->columns;
}

/* The next word of the script in `text`; false at its end. */
static bool next_word(struct term_script *script)
{
	strbuf_reset(&script->text);
	script->typing = NULL;
	script->clock += 1000;
	script->rest += strspn(script->rest, " ");
	size_t length = strcspn(script->rest, " ");
	strbuf_add(&script->text, script->rest, length);
	script->rest += length;
	return length > 0;
}

/* Cuts `start` off the word and puts the blanks in it; false when it starts otherwise. */
static bool argument(struct strbuf *word, const char *start)
{
	struct strbuf result;
	if (strncmp(word->data, start, strlen(start)) != 0)
		return false;
	strbuf_init(&result);
	for (const char *at = word->data + strlen(start); *at; at++) {
		bool line_end = at[0] == '\\' && at[1] == 'n';
		strbuf_addch(&result, *at == '_' ? ' ' : line_end ? '\n' : *at);
		at += line_end;
	}
	strbuf_release(word);
	*word = result;
	return true;
}

static void play_key(struct term_script *script, struct term_event *event)
{
	event->kind = TERM_KEY;
	event->key = key_parse(script->text.data);
	if (event->key != K_NONE)
		return;
	fprintf(stderr, "term_script: unknown word %s\n", script->text.data);
	exit(EXIT_FAILURE);
}

/* "R,C" of a word for the mouse. */
static void play_mouse(struct term_script *script, enum mouse_act act, struct term_event *event)
{
	char *end;
	long row = strtol(script->text.data, &end, 10);
	event->kind = TERM_MOUSE;
	event->mouse = (struct mouse_event){.act = act,
					    .row = (int)row,
					    .column = (int)strtol(end + (*end == ','), NULL, 10),
					    .at = script->clock};
}

static void play_click(struct term_script *script, bool twice, struct term_event *event)
{
	play_mouse(script, MOUSE_PRESS, event);
	script->click = event->mouse;
	script->clicks_again = twice;
}

static void play_click_again(struct term_script *script, struct term_event *event)
{
	script->click.at += 10;
	event->kind = TERM_MOUSE;
	event->mouse = script->click;
}

static void play(struct term_script *script, struct term_event *event)
{
	if (!next_word(script)) {
		event->kind = TERM_END;
	} else if (strcmp(script->text.data, "idle") == 0) {
		event->kind = TERM_TIMEOUT;
	} else if (strcmp(script->text.data, "batch") == 0) {
		script->batch = true;
		play(script, event);
	} else if (argument(&script->text, "size:")) {
		char *end;
		script->columns = (int)strtol(script->text.data, &end, 10);
		script->rows = (int)strtol(*end ? end + 1 : end, NULL, 10);
		event->kind = TERM_RESIZE;
	} else if (argument(&script->text, "click:")) {
		play_click(script, false, event);
	} else if (argument(&script->text, "dblclick:")) {
		play_click(script, true, event);
	} else if (strcmp(script->text.data, "again") == 0) {
		play_click_again(script, event);
	} else if (argument(&script->text, "wheel-up:")) {
		play_mouse(script, MOUSE_WHEEL_UP, event);
	} else if (argument(&script->text, "wheel-down:")) {
		play_mouse(script, MOUSE_WHEEL_DOWN, event);
	} else if (argument(&script->text, "paste:")) {
		event->kind = TERM_PASTE;
		event->text = script->text.data;
	} else if (argument(&script->text, "type:")) {
		script->typing = script->text.data;
		event->kind = TERM_KEY;
		event->key = utf8_next(&script->typing);
	} else {
		play_key(script, event);
	}
}

static void script_read(struct term *term, int timeout, struct term_event *event)
{
	struct term_script *script = script_of(term);
	*event = (struct term_event){.kind = TERM_TIMEOUT};
	bool at_end = !script->rest[strspn(script->rest, " ")];
	if (timeout == 0 && (!script->batch || (at_end && !(script->typing && *script->typing))))
		return;
	if (script->typing && *script->typing) {
		event->kind = TERM_KEY;
		event->key = utf8_next(&script->typing);
		return;
	}
	if (script->clicks_again) {
		script->clicks_again = false;
		play_click_again(script, event);
		return;
	}
	play(script, event);
}

static void script_draw(struct term *term, const struct canvas *canvas)
{
	canvas_copy(&script_of(term)->shown, canvas);
	script_of(term)->draws++;
}

static void script_forget(struct term *term)
{
	script_of(term)->forgets++;
}

static enum rc script_copy(struct term *term, const char *text, struct error *err)
{
	(void)err;
	strbuf_reset(&script_of(term)->copied);
	strbuf_adds(&script_of(term)->copied, text);
	return RC_OK;
}

static void script_set_mouse(struct term *term, bool on)
{
	script_of(term)->mouse = on;
}

static void script_suspend(struct term *term)
{
	script_of(term)->suspends++;
}

static void script_lend(struct term *term, void (*run)(void *context), void *context)
{
	script_of(term)->suspends++;
	run(context);
}

static void script_close(struct term *term)
{
	(void)term;
}

void term_script_init(struct term_script *script, int rows, int columns, const char *keys)
{
	static const struct term_class class = {
		.size = script_size,
		.read = script_read,
		.draw = script_draw,
		.forget = script_forget,
		.copy = script_copy,
		.set_mouse = script_set_mouse,
		.suspend = script_suspend,
		.lend = script_lend,
		.close = script_close,
	};
	*script = (struct term_script){
		.term = {.class = &class}, .rows = rows, .columns = columns, .rest = keys};
	canvas_init(&script->shown);
	strbuf_init(&script->text);
	strbuf_init(&script->copied);
}

void term_script_release(struct term_script *script)
{
	canvas_release(&script->shown);
	strbuf_release(&script->text);
	strbuf_release(&script->copied);
}
