/** Where the bundle of the server begins: with the language server, or, in a thread of it, with the scan of files. */

import { isMainThread } from 'node:worker_threads';

if (isMainThread) void import('./server.ts');
else void import('./scanThread.ts');
