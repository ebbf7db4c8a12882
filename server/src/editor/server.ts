/** The edge to an editor: opens the connection, and hands it to what remembers the editor and to what answers it. */

import { parse } from 'node:path';
import { answerRequests, serverCapabilities } from './features.ts';
import { answerMessageRequests } from './messageRequests.ts';
import { openConnection } from './openConnection.ts';
import { offerQuickFixes } from './quickFixes.ts';
import { EditorSession } from './session.ts';

// An editor starts it in the folder of the logs. Whoever works there can be asked nothing once it is gone, and on Windows keeps it from being removed.
process.chdir(parse(process.execPath).root);
const connection = openConnection();
const session = new EditorSession(connection, serverCapabilities);
answerRequests(connection, session);
answerMessageRequests(connection, session);
offerQuickFixes(connection, session);
connection.listen();

// What nobody has caught is a fault of ours. It costs one answer, and not all documents that are open.
process.stderr.on('error', () => undefined);
for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, session.messages.logFault);
