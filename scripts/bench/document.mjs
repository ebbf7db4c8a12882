/** The text of an open document, beside the document of the protocol's library: what a keystroke in the middle of it costs. */

import { TextDocument } from 'vscode-languageserver-textdocument';
import { loadServerCode } from './load.mjs';
import { sendLog } from './logs/index.mjs';
import { median, milliseconds } from './measure.mjs';
import { report } from './page.mjs';

export async function measureDocument(size) {
  const { LogText } = await loadServerCode('document', { LogText: 'service/documentText.ts' });
  const text = sendLog(size * 1_000_000);
  let own = LogText.create('file:///SEND.LOG', 'log', 1, text);
  let other = TextDocument.create('file:///SEND.LOG', 'log', 1, text);
  const line = own.lineCount >> 1;
  const place = { line, character: 30 };
  const change = { range: { start: place, end: place }, text: 'x' };
  const end = own.offsetAt({ line: line + 1_000, character: 0 });
  // What an editor's edit is followed by: somebody asks where something stands.
  const seconds = median(() => {
    const at = own.offsetAt(place);
    own = own.replace(at, at, change.text, own.version + 1);
    own.positionAt(end);
  });
  const reference = median(() => {
    other = TextDocument.update(other, [change], other.version + 1);
    other.positionAt(end);
  });
  if (own.getText() !== other.getText()) throw new Error('The documents differ after the same edits.');
  report(`A letter typed into ${size} MB`, `${(seconds * 1000).toFixed(2)} ms`, `the library's document ${milliseconds(reference)}`);
}
