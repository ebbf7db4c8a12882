/** What the language server of a checkout answers about documents: everything that an editor shows of them. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** As our extension announces itself, and as a client that knows nothing of us. */
const clients = {
  ours: {
    capabilities: {
      textDocument: {
        hover: { contentFormat: ['markdown', 'plaintext'] },
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } }, dataSupport: true, resolveSupport: { properties: ['edit'] } },
        diagnostic: {},
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] }, diagnostics: { refreshSupport: true } },
    },
    initializationOptions: { commands: ['mailflowLens.insertRunbook', 'mailflowLens.openPage', 'mailflowLens.reopen'] },
  },
  plain: { capabilities: { textDocument: { diagnostic: {}, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } } } } },
};

/** Answers are asked for at so many places of a document at most. */
const mostPlaces = 60;

/**
 * @param {string} checkout a folder whose dist/ is built
 * @param {readonly { name: string, text: string }[]} documents
 * @returns {Promise<Map<string, string>>} what was asked, and the answer as JSON
 */
export async function askServer(checkout, documents) {
  const answers = new Map();
  for (const [kind, parameters] of Object.entries(clients)) {
    const child = spawn(process.execPath, [join(checkout, 'dist/server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    connection.listen();
    const ask = async (name, method, question) => {
      const answer = await connection.sendRequest(method, question).catch((error) => ({ error: error.message }));
      answers.set(`${kind} ${name} ${method}`, JSON.stringify(answer) ?? 'nothing');
      return answer;
    };
    await ask('start', 'initialize', { processId: null, rootUri: 'file:///workspace', ...parameters });
    await connection.sendNotification('initialized', {});
    for (const document of documents) await askAbout(document, connection, ask);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
  }
  return answers;
}

async function askAbout({ name, text }, connection, ask) {
  const uri = `file:///logs/${encodeURIComponent(name)}`;
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'log', version: 1, text } });
  const textDocument = { uri };
  const { items = [] } = await ask(name, 'textDocument/diagnostic', { textDocument });
  for (const noun of ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens']) await ask(name, `textDocument/${noun}`, { textDocument });
  for (const [index, { range }] of items.slice(0, mostPlaces).entries()) {
    await ask(`${name} ${index}`, 'textDocument/hover', { textDocument, position: range.start });
    const actions = await ask(`${name} ${index}`, 'textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
    for (const [number, action] of (Array.isArray(actions) ? actions : []).entries()) {
      if (action.data) await ask(`${name} ${index} ${number}`, 'codeAction/resolve', action);
    }
  }
  const lines = text.split('\n');
  for (let line = 0; line < lines.length; line += Math.ceil(lines.length / mostPlaces)) {
    await ask(`${name} line ${line}`, 'textDocument/hover', { textDocument, position: { line, character: Math.floor((lines[line]?.length ?? 0) / 2) } });
  }
  await connection.sendNotification('textDocument/didClose', { textDocument });
}
