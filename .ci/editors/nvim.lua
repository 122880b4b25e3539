-- Edits a page in Neovim, with its built-in client, and ends with 1 where something is
-- not as it should be.

local root = vim.env.ARCHIVE
local seconds = 20

local function fail(what)
	io.stderr:write('nvim: ' .. what .. '\n')
	vim.cmd('cquit')
end

local function await(what, is)
	if not vim.wait(seconds * 1000, is, 20) then
		fail(what)
	end
end

local function run()
	vim.o.hidden = true
	vim.cmd('silent edit ' .. root .. '/news/2024/03/6/bridge-opens.md')
	local page = vim.api.nvim_get_current_buf()
	local id = vim.lsp.start_client({ name = 'newsctl', cmd = { 'newsctl', 'lsp' }, root_dir = root })
	vim.lsp.buf_attach_client(page, id)
	local client = vim.lsp.get_client_by_id(id)
	await('the server does not start', function() return client.initialized end)

	local function line(pattern)
		for i, text in ipairs(vim.api.nvim_buf_get_lines(page, 0, -1, false)) do
			if text:find(pattern) then
				return i, text
			end
		end
		fail('the page has no line ' .. pattern)
	end
	local function at(pattern, column)
		local i = line(pattern)
		vim.api.nvim_win_set_cursor(0, { i, column })
		return vim.lsp.util.make_position_params(0, client.offset_encoding)
	end
	local function ask(method, params)
		local answer, err = client.request_sync(method, params, seconds * 1000, page)
		if not answer or answer.err then
			fail(method .. ': ' .. vim.inspect(answer and answer.err or err))
		end
		return answer.result
	end
	local function codes()
		local out = {}
		for _, d in ipairs(vim.diagnostic.get(page)) do
			table.insert(out, d.code)
		end
		table.sort(out)
		return table.concat(out, ' ')
	end
	local function findings(want)
		await('findings are ' .. codes() .. ', not ' .. want, function() return codes() == want end)
	end

	-- What is typed is checked before it is saved.
	local i, entry = line('^1%. %[Ferry')
	vim.api.nvim_buf_set_lines(page, i - 1, i, false, { (entry:gsub('%[Ferry sails', '[Fery sails')) })
	findings('related-title')

	-- A fix.
	at('^1%. %[Fery', 6)
	local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
	params.context = { diagnostics = {}, only = { 'quickfix' } }
	local action = ask('textDocument/codeAction', params)[1]
	if not action.edit then
		action = ask('codeAction/resolve', action)
	end
	vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
	findings('')
	if vim.api.nvim_buf_get_lines(page, i - 1, i, false)[1] ~= entry then
		fail('the fix made another line')
	end

	-- A context and a page are completed.
	local function complete(pattern, typed, label, want)
		local j, text = line(pattern)
		vim.api.nvim_buf_set_lines(page, j - 1, j, false, { typed })
		local params = at(vim.pesc(typed), 0)
		params.position.character = #typed
		local list = ask('textDocument/completion', params)
		for _, item in ipairs(list.items) do
			if item.label == label then
				vim.lsp.util.apply_text_edits({ item.textEdit }, page, client.offset_encoding)
				local made = vim.api.nvim_buf_get_lines(page, j - 1, j, false)[1]
				if made ~= want then
					fail('completed as ' .. made)
				end
				vim.api.nvim_buf_set_lines(page, j - 1, j, false, { text })
				return
			end
		end
		fail(label .. ' is not among ' .. vim.inspect(list.items))
	end
	complete('^1%. %[Ferry', '1. [Ferry sails.](/news/2024/03/5/ferry-sails.md) _Context: Po', 'Port strike',
		'1. [Ferry sails.](/news/2024/03/5/ferry-sails.md) _Context: Port strike')
	complete('^1%. %[Ferry', '1. [strike e', 'Strike ends.', '1. [Strike ends.](/news/2024/03/6/strike-ends.md)')
	findings('')

	-- Hover, definition and references.
	local hover = vim.inspect(ask('textDocument/hover', at('^1%. %[Ferry', 6)))
	if not (hover:find('Ferry sails', 1, true) and hover:find('shares Harbour', 1, true)) then
		fail('hover: ' .. hover)
	end
	if not ask('textDocument/definition', at('^1%. %[Ferry', 6)).uri:find('ferry%-sails%.md$') then
		fail('definition')
	end
	local where = at('^1%. %[Ferry', 6)
	where.context = { includeDeclaration = false }
	local listed = vim.inspect(ask('textDocument/references', where))
	if not (listed:find('03/5/index.md', 1, true) and listed:find('bridge-opens.md', 1, true)) then
		fail('references: ' .. listed)
	end

	-- Rename: the page moves, and the pages that name it follow.
	at('^1%. %[Ferry', 6)
	vim.lsp.buf.rename('Ferry returns.')
	await('the entry does not follow', function()
		return vim.api.nvim_buf_get_lines(page, i - 1, i, false)[1]:find('Ferry returns', 1, true)
	end)
	vim.cmd('silent wall')
	findings('')

	vim.lsp.stop_client(id)
	await('the server does not stop', function() return vim.lsp.client_is_stopped(id) end)
end

local ok, err = xpcall(run, debug.traceback)
if not ok then
	fail(err)
end
vim.cmd('quitall!')
