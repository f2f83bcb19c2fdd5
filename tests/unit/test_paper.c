/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents block by block, in plain text and in Markdown. */
#include "test.h"

#include <locale.h>
#include <string.h>

#include "nucleo/exchange/paper.h"

static void add_blocks(struct paper *paper)
{
	paper_heading(paper, 1, "Título");
	paper_fact(paper, "Fecha", "viernes");
	paper_fact(paper, "Lugar", "Sala *uno*");
	paper_heading(paper, 2, "Orden");
	paper_point(paper, 0, "9", "Nueve", NULL);
	paper_point(paper, 0, "10", "Diez", NULL);
	paper_point(paper, 1, "a", "Parte", NULL);
	paper_paragraph(paper, "Fin de la lista.");
	paper_heading(paper, 3, "AME");
	paper_point(paper, 0, NULL, "Entregar", "Sin fecha");
	paper_point(paper, 0, NULL, "Pedir", NULL);
}

static void expect_blocks(enum paper_format format, const char *wanted)
{
	struct paper paper;
	struct strbuf out;
	strbuf_init(&out);
	paper_init(&paper, &out, format);
	add_blocks(&paper);
	assert_string_equal(out.data, wanted);
	strbuf_release(&out);
}

static void blocks_follow_each_other(void **state)
{
	(void)state;
	expect_blocks(PAPER_TEXT, "Título\n"
				  "======\n"
				  "\n"
				  "Fecha:   viernes\n"
				  "Lugar:   Sala *uno*\n"
				  "\n"
				  "Orden\n"
				  "-----\n"
				  "\n"
				  " 9. Nueve\n"
				  "10. Diez\n"
				  "    a. Parte\n"
				  "\n"
				  "Fin de la lista.\n"
				  "\n"
				  "AME\n"
				  "\n"
				  "  - Entregar\n"
				  "    Sin fecha\n"
				  "  - Pedir\n");
	expect_blocks(PAPER_MARKDOWN, "# Título\n"
				      "\n"
				      "**Fecha:** viernes\\\n"
				      "**Lugar:** Sala \\*uno\\*\n"
				      "\n"
				      "## Orden\n"
				      "\n"
				      "- **9.** Nueve\n"
				      "- **10.** Diez\n"
				      "  - **a.** Parte\n"
				      "\n"
				      "Fin de la lista.\n"
				      "\n"
				      "### AME\n"
				      "\n"
				      "- Entregar\\\n"
				      "  Sin fecha\n"
				      "- Pedir\n");
}

/* A text, and the one line it is in each format. */
static const struct {
	const char *text, *plain, *markdown;
} texts[] = {
	{"ñandú", "ñandú", "ñandú"},
	{"a\x1b[31mb\x07\x7f", "a[31mb", "a\\[31mb"},
	{"uno\r\n- dos\n\n# tres\tcuatro", "uno - dos # tres cuatro", "uno - dos # tres cuatro"},
	{"# uno", "# uno", "\\# uno"},
	{"- uno", "- uno", "\\- uno"},
	{"> uno", "> uno", "\\> uno"},
	{"=====", "=====", "\\====="},
	{"2024. Plan", "2024. Plan", "2024\\. Plan"},
	{"12) uno", "12) uno", "12\\) uno"},
	{"2024", "2024", "2024"},
	{"<b>&lt;</b>", "<b>&lt;</b>", "\\<b\\>\\&lt;\\</b\\>"},
	{"[x](http://y) `z` _w_ ~~v~~ |", "[x](http://y) `z` _w_ ~~v~~ |",
	 "\\[x\\](http://y) \\`z\\` \\_w\\_ \\~\\~v\\~\\~ \\|"},
	{"\\* C:\\", "\\* C:\\", "\\\\\\* C:\\\\"},
	{"derecha\u202eizquierda", "derechaizquierda", "derechaizquierda"},
	{"no\xff" "es", "no\uFFFDes", "no\uFFFDes"},
	{"   ", "", ""},
};

static void text_stands_for_itself_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		for (int format = PAPER_TEXT; format <= PAPER_MARKDOWN; format++) {
			struct paper paper;
			struct strbuf out;
			strbuf_init(&out);
			paper_init(&paper, &out, (enum paper_format)format);
			paper_paragraph(&paper, texts[i].text);
			strbuf_truncate(&out, out.length - 1);
			assert_string_equal(out.data, format == PAPER_TEXT ? texts[i].plain
									   : texts[i].markdown);
			strbuf_release(&out);
		}
}

/* Columns of the widest line, all of one byte a character here. */
static size_t widest(const char *text)
{
	size_t most = 0;
	while (*text) {
		size_t length = strcspn(text, "\n");
		most = length > most ? length : most;
		text += length + (text[length] == '\n');
	}
	return most;
}

static void lines_have_72_columns_and_addresses_stay_whole(void **state)
{
	(void)state;
	struct paper paper;
	struct strbuf out, words;
	char address[200];
	strbuf_init(&out);
	strbuf_init(&words);
	for (int i = 0; i < 100; i++)
		strbuf_addf(&words, "%s%.*s", i ? " " : "", 1 + i % 9, "abcdefghi");
	paper_init(&paper, &out, PAPER_TEXT);
	paper_point(&paper, 1, "a", words.data, words.data);
	paper_fact(&paper, "Lugar", words.data);
	paper_heading(&paper, 1, words.data);
	assert_true(widest(out.data) <= 72);
	assert_true(widest(out.data) > 66);
	memset(address, 'x', sizeof(address) - 1);
	address[sizeof(address) - 1] = '\0';
	strbuf_reset(&words);
	strbuf_addf(&words, "antes https://%s después", address);
	paper_fact(&paper, "Enlace", words.data);
	assert_non_null(strstr(out.data, address));
	strbuf_release(&words);
	strbuf_release(&out);
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_follow_each_other),
		cmocka_unit_test(text_stands_for_itself_alone),
		cmocka_unit_test(lines_have_72_columns_and_addresses_stay_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
