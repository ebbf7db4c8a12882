-- In a Neovim that the documented configuration has attached to the language server: writes down what a user sees.

local deadline = 20000

local function wait_for(what, condition)
  if not vim.wait(deadline, condition, 10) then
    error('Waited in vain for ' .. what)
  end
end

local function seen_diagnostics()
  return vim.tbl_map(function(found)
    return { line = found.lnum, start = found.col, ['end'] = found.end_col, code = found.code, source = found.source, message = found.message }
  end, vim.diagnostic.get(0))
end

local function hover(client)
  local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/hover', parameters, deadline) or {}) do
    return answer.result and answer.result.contents
  end
end

-- Opens the menu of code actions, chooses the entry with these words, and gives the titles of all.
local function choose_action(words)
  local titles
  vim.ui.select = function(items, options, on_choice)
    titles = vim.tbl_map(options.format_item, items)
    for index, title in ipairs(titles) do
      if title:find(words, 1, true) then
        return on_choice(items[index], index)
      end
    end
    error('No code action for ' .. words)
  end
  vim.lsp.buf.code_action()
  wait_for('the menu of code actions', function()
    return titles ~= nil
  end)
  return titles
end

local function lines_of(path)
  local buffer = vim.fn.bufnr(path)
  return buffer < 0 and {} or vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end

local function session()
  local seen = { version = tostring(vim.version().major) .. '.' .. tostring(vim.version().minor) }
  local folder = vim.fn.getcwd()
  wait_for('diagnostics', function()
    return #vim.diagnostic.get(0) > 0
  end)
  seen.diagnostics = seen_diagnostics()
  vim.fn.search('454')
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = 'mailflow-lens' })
  seen.hover = hover(clients[1])

  local scratch = folder .. '/mailflow-remediation.ps1'
  seen.titles = choose_action('evidence')
  wait_for('the scratch script', function()
    return #lines_of(scratch) > 1
  end)
  seen.script = lines_of(scratch)
  vim.api.nvim_buf_call(vim.fn.bufnr(scratch), function()
    vim.cmd('write')
  end)

  -- A cursor column counts bytes, as the buffer does: the mark must follow an edit before it.
  vim.fn.search('Send connector')
  vim.cmd('normal! iЖ📬 ')
  local first = seen.diagnostics[1].start
  wait_for('diagnostics after an edit', function()
    local found = vim.diagnostic.get(0)[1]
    return found ~= nil and found.col ~= first
  end)
  seen.edited = seen_diagnostics()
  return seen
end

local succeeded, seen = xpcall(session, debug.traceback)
vim.fn.writefile({ vim.fn.json_encode(succeeded and seen or { failure = seen }) }, vim.env.MAILFLOW_LENS_SEEN)
vim.cmd('qall!')
