/** Where the bundle of the server begins: with the language server, or, in a thread of it, with the scan of files, the messages of a workspace or the tools for agents. */

import { isMainThread, workerData } from 'node:worker_threads';

const { kind } = (workerData ?? {}) as { readonly kind?: 'tools' | 'messages' };

if (isMainThread) void import('./server.ts');
else if (kind === 'tools') void import('./toolThread.ts');
else if (kind === 'messages') void import('./messageThread.ts');
else void import('./scanThread.ts');
