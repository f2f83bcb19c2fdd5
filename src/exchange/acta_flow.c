/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <string.h>

#include "nucleo/exchange/acta_text.h"
#include "nucleo/exchange/acta_words.h"

void acta_flow_init(struct acta_flow *flow)
{
	*flow = (struct acta_flow){0};
	strbuf_init(&flow->text);
}

void acta_flow_release(struct acta_flow *flow)
{
	strbuf_release(&flow->text);
	vector_release(&flow->marks);
}

/* "munici-" + "pales", but "2022-" + "2024", "Quito -" + "Loja" and "ex-" + "CNE" keep the hyphen.
 */
static bool is_broken_word(const struct strbuf *before, const char *after)
{
	size_t n = before->length;
	return n >= 3 && before->data[n - 1] == '-' &&
	       (islower((unsigned char)before->data[n - 2]) ||
		((unsigned char)before->data[n - 2] & 0x80)) &&
	       acta_starts_lower(after) &&
	       (islower((unsigned char)*after) || ((unsigned char)*after & 0x80));
}

void acta_flow_add(struct acta_flow *flow, const char *separator, const char *text, int line)
{
	if (flow->text.length)
		strbuf_adds(&flow->text, separator);
	struct acta_flow_mark mark = {flow->text.length, line};
	vector_push(&flow->marks, mark);
	acta_squeeze(&flow->text, text, strlen(text));
}

void acta_flow_join(struct acta_flow *flow, const char *text, int line)
{
	text += strspn(text, " \t");
	if (!*text)
		return;
	if (is_broken_word(&flow->text, text)) {
		strbuf_truncate(&flow->text, flow->text.length - 1);
		acta_flow_add(flow, "", text, line);
		return;
	}
	size_t n = flow->text.length;
	bool tight = n && flow->text.data[n - 1] == '-' && n >= 2 && flow->text.data[n - 2] != ' ';
	acta_flow_add(flow, tight ? "" : " ", text, line);
}

int acta_flow_line(const struct acta_flow *flow, size_t offset)
{
	size_t low = 0, high = flow->marks.count;
	if (!high)
		return 0;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (flow->marks.items[middle].offset <= offset)
			low = middle;
		else
			high = middle;
	}
	return flow->marks.items[low].line;
}

void acta_flow_split(struct acta_flow *flow, size_t offset, struct acta_flow *tail)
{
	int line = acta_flow_line(flow, offset);
	struct acta_flow_mark first = {0, line};
	vector_push(&tail->marks, first);
	for (size_t i = 0; i < flow->marks.count; i++) {
		struct acta_flow_mark mark = flow->marks.items[i];
		if (mark.offset <= offset)
			continue;
		mark.offset -= offset;
		vector_push(&tail->marks, mark);
	}
	strbuf_adds(&tail->text, flow->text.data + offset);
	strbuf_truncate(&flow->text, offset);
	while (flow->marks.count > 1 && flow->marks.items[flow->marks.count - 1].offset >= offset)
		flow->marks.count--;
	strbuf_trim(&flow->text);
}

enum { END_BYTES = 400 };

const char *acta_flow_end(const struct acta_flow *flow)
{
	const char *text = flow->text.data;
	if (flow->text.length <= END_BYTES)
		return text;
	text += flow->text.length - END_BYTES;
	return text + strcspn(text, " ");
}
