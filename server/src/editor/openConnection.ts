/** The connection to an editor, in whichever way the editor has started the server. It ends with the editor, or where the editor can no longer be understood. */

import { writeSync } from 'node:fs';
import { connect } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import {
  AbstractMessageReader,
  type Connection,
  createConnection,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  IPCMessageWriter,
  type MessageWriter,
  ProposedFeatures,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { reasonOf } from '../files/faults.ts';
import { decodeUtf8 } from '../files/utf8.ts';
import { visible } from '../text/visible.ts';
import { readFrames } from './frames.ts';
import { cancelled, createLifecycle, refusal } from './lifecycle.ts';

/** Messages as they come, and where the answers go. */
interface Transport {
  readonly writer: MessageWriter;
  listen(take: (message: unknown) => void): void;
}

/** Ends the process where nothing says how an editor talks to it. */
export function openConnection(): Connection {
  if (!process.argv.some((argument) => /^--(stdio|node-ipc|socket=|pipe=)/.test(argument))) {
    process.stderr.write('This is the language server of Mailflow Lens. An editor starts it with --stdio.\n');
    process.exit(2);
  }
  let isShutDown = false;
  const end = (): never => process.exit(isShutDown ? 0 : 1);
  const transport = process.argv.includes('--node-ipc') ? openChannel(end) : openStreams(end);
  const connection = createConnection(ProposedFeatures.all, new OrderedReader(transport), transport.writer, { connectionStrategy: { cancelUndispatched: cancelled } });
  connection.onShutdown(() => {
    isShutDown = true;
  });
  return connection;
}

class OrderedReader extends AbstractMessageReader {
  private readonly transport: Transport;

  constructor(transport: Transport) {
    super();
    this.transport = transport;
  }

  listen(admit: DataCallback): Disposable {
    const { writer } = this.transport;
    this.transport.listen(createLifecycle(admit, (answer) => void writer.write(answer).catch(() => undefined)));
    return { dispose: () => undefined };
  }
}

/** Node's own channel to a process that it has started. */
function openChannel(end: () => never): Transport {
  process.once('disconnect', end);
  return { writer: new IPCMessageWriter(process), listen: (take) => void process.on('message', take) };
}

/** An editor that talks over a stream sends whole documents there: they are decoded as fast as files are. */
function openStreams(end: () => never): Transport {
  const [input, output] = streams();
  input.once('error', (error: NodeJS.ErrnoException) => error.syscall === 'connect' && endTelling(`the editor cannot be reached, ${reasonOf(error)}`));
  for (const event of ['end', 'close', 'error']) input.once(event, end);
  for (const event of ['close', 'error']) output.once(event, end);
  const writer = new StreamMessageWriter(output);
  return {
    writer,
    listen(take) {
      const read = (content: Buffer): void => {
        let message: unknown;
        try {
          message = JSON.parse(decodeUtf8(content));
        } catch {
          void writer.write(refusal(null, ErrorCodes.ParseError, 'The content of a message is no JSON.')).catch(() => undefined);
          return;
        }
        take(message);
      };
      readFrames(input, read, (reason) => endTelling(`what the editor sends cannot be read, ${reason}`));
    },
  };
}

/** A pipe or a socket that the editor has opened, or standard input and output. */
function streams(): readonly [Readable, Writable] {
  const [, kind, place = ''] = process.argv.map((argument) => /^--(pipe|socket)=(.*)$/.exec(argument)).find((found) => found !== null) ?? [];
  if (kind === undefined) return [process.stdin, process.stdout];
  if (kind === 'socket' && !(/^\d{1,5}$/.test(place) && Number(place) <= 65_535)) endTelling(`there is no port "${visible(place)}"`);
  if (place === '') endTelling('no pipe is named');
  const socket = kind === 'pipe' ? connect(place) : connect(Number(place), '127.0.0.1');
  return [socket, socket];
}

/** Nobody can be answered any more; an editor that sees the server end can start it anew. */
function endTelling(reason: string): never {
  try {
    writeSync(process.stderr.fd, `The language server of Mailflow Lens ends: ${reason}.\n`);
  } catch {
    // Nobody reads that either.
  }
  process.exit(1);
}
