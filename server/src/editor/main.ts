/** Where the bundle of the server begins: with the language server, or, in a thread of it, with the scan of files or the tools for agents. */

import { isMainThread, workerData } from 'node:worker_threads';

if (isMainThread) void import('./server.ts');
else if ((workerData as { readonly kind?: unknown } | null)?.kind === 'tools') void import('./toolThread.ts');
else void import('./scanThread.ts');
