-- SPDX-License-Identifier: GPL-3.0-or-later
-- A pandoc filter: the document as the lines the acta reader knows from text
-- pasted out of a word processor. A paragraph is a line; a row of a table is
-- as many lines as its longest cell has, cells parted by tabs; numbers of lists,
-- which are no text in the document, are written out.

local lines_of

local function clean(text)
	return (text:gsub('[%s\194\160]+', ' '):gsub('^ ', ''):gsub(' $', ''))
end

-- A break inside a paragraph begins a line; a footnote stands where it is called.
local function lines_of_inlines(inlines)
	local lines = {}
	local broken = pandoc.walk_block(pandoc.Plain(inlines), {
		LineBreak = function() return pandoc.Str('\n') end,
		Image = function() return {} end,
		Note = function(note)
			return pandoc.Str(' (' .. table.concat(lines_of(note.content), ' ') .. ')')
		end,
	})
	for line in (pandoc.utils.stringify(broken) .. '\n'):gmatch('(.-)\n') do
		lines[#lines + 1] = clean(line)
	end
	return lines
end

local function append(lines, more)
	for _, line in ipairs(more) do
		lines[#lines + 1] = line
	end
end

-- ---- lists

local function roman(number)
	local text = ''
	for _, step in ipairs({{100, 'c'}, {90, 'xc'}, {50, 'l'}, {40, 'xl'}, {10, 'x'}, {9, 'ix'},
			       {5, 'v'}, {4, 'iv'}, {1, 'i'}}) do
		while number >= step[1] do
			text, number = text .. step[2], number - step[1]
		end
	end
	return text
end

local function letters(number)
	return string.char(97 + (number - 1) % 26):rep(math.min(1 + (number - 1) // 26, 3))
end

local function marker(number, style, delimiter)
	local text = tostring(number)
	if number >= 1 and number < 1000 and style:match('Roman') then
		text = roman(number)
	elseif number >= 1 and style:match('Alpha') then
		text = letters(number)
	end
	if style:match('^Upper') then
		text = text:upper()
	end
	return text .. (delimiter:match('Paren') and ') ' or '. ')
end

local function lines_of_list(items, mark)
	local lines = {}
	for i, item in ipairs(items) do
		local inner = lines_of(item)
		if inner[1] then
			inner[1] = mark(i) .. inner[1]
		end
		append(lines, inner)
	end
	return lines
end

-- `tally` goes on with the numbers over the rows of a table: the lists of its
-- cells look like one to whoever reads it, whatever the document calls them.
local function lines_of_numbers(list, tally)
	local attributes = list.listAttributes or list
	local start, style = attributes.start, tostring(attributes.style)
	local delimiter = tostring(attributes.delimiter)
	if tally then
		if start == 1 and tally[style] then
			start = tally[style] + 1
		end
		tally[style] = start + #list.content - 1
	end
	return lines_of_list(list.content, function(i)
		return marker(start + i - 1, style, delimiter)
	end)
end

-- ---- tables

local function begins_item(line)
	return line:match('^%d+[.)]') or line:match('^%a[.)]%s')
end

-- The text beside several items of one cell belongs to the last of them, unless
-- there is a paragraph for each.
local function align(cells)
	local left, right = cells[1], cells[2]
	local last = 1
	for i = 2, #left do
		last = begins_item(left[i]) and i or last
	end
	if #cells == 2 and #left ~= #right then
		for _ = 2, last do
			table.insert(right, 1, '')
		end
	end
end

local function lines_of_row(row, tallies)
	local cells, height, lines = {}, 0, {}
	for i, cell in ipairs(row) do
		tallies[i] = tallies[i] or {}
		cells[i] = lines_of(cell, tallies[i])
	end
	if #cells > 1 then
		align(cells)
	end
	for _, cell in ipairs(cells) do
		height = math.max(height, #cell)
	end
	for i = 1, height do
		local parts = {}
		for j, cell in ipairs(cells) do
			parts[j] = cell[i] or ''
		end
		lines[i] = table.concat(parts, '\t')
	end
	return lines
end

local function lines_of_table(block)
	local simple, lines, tallies = pandoc.utils.to_simple_table(block), {}, {}
	append(lines, lines_of_row(simple.headers, {}))
	for _, row in ipairs(simple.rows) do
		append(lines, lines_of_row(row, tallies))
	end
	return lines
end

-- ---- blocks

local function bullet()
	return '• '
end

lines_of = function(blocks, tally)
	local lines = {}
	for _, block in ipairs(blocks) do
		if block.t == 'Table' then
			append(lines, lines_of_table(block))
		elseif block.t == 'OrderedList' then
			append(lines, lines_of_numbers(block, tally))
		elseif block.t == 'BulletList' then
			append(lines, lines_of_list(block.content, bullet))
		elseif block.t == 'Div' or block.t == 'BlockQuote' then
			append(lines, lines_of(block.content, tally))
		elseif block.t == 'LineBlock' then
			for _, line in ipairs(block.content) do
				append(lines, lines_of_inlines(line))
			end
		elseif block.t == 'CodeBlock' then
			lines[#lines + 1] = clean(block.text)
		elseif block.t == 'Para' or block.t == 'Plain' or block.t == 'Header' then
			append(lines, lines_of_inlines(block.content))
		end
	end
	return lines
end

function Pandoc(document)
	local text = table.concat(lines_of(document.blocks), '\n')
	return pandoc.Pandoc({pandoc.RawBlock('plain', text)})
end
