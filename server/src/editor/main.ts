/** Where the bundle of the server begins: with the language server, or, in a thread of it, with the scan of files, the messages of a workspace, the notices of a log or the tools for agents. */

import { isMainThread, workerData } from 'node:worker_threads';

const { kind } = (workerData ?? {}) as { readonly kind?: 'tools' | 'messages' | 'notices' };

if (isMainThread) void import('./server.ts');
else if (kind === 'tools') void import('./toolThread.ts');
else if (kind === 'messages') void import('./messageThread.ts');
else if (kind === 'notices') void import('./noticeThread.ts');
else void import('./scanThread.ts');
