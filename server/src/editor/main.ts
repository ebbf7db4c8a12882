/** Where the bundle of the server begins: with the language server, or, in a thread of it, with the scan of files or with the messages of a workspace. */

import { isMainThread, workerData } from 'node:worker_threads';

if (isMainThread) void import('./server.ts');
else if ((workerData as { readonly isForMessages?: true }).isForMessages) void import('./messageThread.ts');
else void import('./scanThread.ts');
