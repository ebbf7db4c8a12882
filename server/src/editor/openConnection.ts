/** The connection to an editor, in whichever way the editor has started the server. */

import { type Connection, createConnection, type Message, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { decodeUtf8 } from '../files/utf8.ts';

/** An editor that talks over standard input sends whole documents there: they are decoded as fast as files are. */
export function openConnection(): Connection {
  if (!process.argv.includes('--stdio')) return createConnection(ProposedFeatures.all);
  const decode = (bytes: Uint8Array): Promise<Message> => Promise.resolve(JSON.parse(decodeUtf8(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) as Message);
  let isShutDown = false;
  // The library ends with an editor that is gone only where it has opened the stream itself.
  for (const event of ['end', 'close']) process.stdin.once(event, () => process.exit(isShutDown ? 0 : 1));
  const reader = new StreamMessageReader(process.stdin, { charset: 'utf-8', contentTypeDecoder: { name: 'utf-8', decode } });
  const connection = createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
  connection.onShutdown(() => {
    isShutDown = true;
  });
  return connection;
}
