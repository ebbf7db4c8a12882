/**
 * `npm run bench`: how fast the product is, each figure beside a reference of the same run, since machines differ and ratios hold.
 * Writes docs/benchmarks.md. Nothing here decides whether a change lands.
 */

import { stat } from 'node:fs/promises';
import process from 'node:process';
import { ensureDependencies, projectFolder, run } from './install.mjs';
import { exitOnSignals } from './vscodeHost.mjs';

exitOnSignals(1);
await ensureDependencies();
await run(process.execPath, ['scripts/build.mjs'], { cwd: projectFolder });
// Only now, because they need the packages.
const { measureCommandLine } = await import('./bench/commandLine.mjs');
const { measureDocument } = await import('./bench/document.mjs');
const { measureEngine } = await import('./bench/engine.mjs');
const { measureKeystrokes } = await import('./bench/keystroke.mjs');
const { report, writePage } = await import('./bench/page.mjs');
const { measureServer } = await import('./bench/server.mjs');
const { measureActivation } = await import('./bench/vscode.mjs');
const { packageExtension, unpackExtension } = await import('./package.mjs');

await measureEngine();
await measureDocument(50);
// `npm run bench -- 150` scans less, of which the start is a larger share.
measureCommandLine(Number(process.argv[2] ?? 1000));
for (const size of [1, 10, 50]) await measureServer(size);
await measureKeystrokes(40);
const { path: extension } = await packageExtension();
await measureActivation(await unpackExtension(extension));
report('VSIX', `${Math.round((await stat(extension)).size / 1024)} KB`);
await writePage();
