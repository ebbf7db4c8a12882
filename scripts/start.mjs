/**
 * `npm start` and `npm start -- FOLDER`: shows the extension at work on samples/, or on a folder of your own, in a real VS Code.
 * The first command after a clone, so it begins with what Node alone can do.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ensureDependencies, projectFolder, run } from './install.mjs';
import { findCodeCommand, hasDisplay } from './vscodeDesktop.mjs';
import { ensureHost, exitOnSignals, isHostSupported, startServer } from './vscodeHost.mjs';

async function start([folder = path.join(projectFolder, 'samples')]) {
  exitOnSignals(0);
  // npm runs this in the project's folder and keeps the reader's own one in INIT_CWD.
  const opened = path.resolve(process.env.INIT_CWD ?? process.cwd(), folder);
  if (!existsSync(opened) || !statSync(opened).isDirectory()) throw new Error(`There is no folder ${opened}.`);
  const command = hasDisplay() ? findCodeCommand() : undefined;
  if (!command && !isHostSupported) {
    throw new Error('The command `code` was not found. Install Visual Studio Code and have it put `code` on the PATH: its command palette has a command for that.');
  }
  await ensureDependencies();
  if (!command) await ensureHost();
  console.log('Building ...');
  await run(process.execPath, [path.join('scripts', 'build.mjs')], { cwd: projectFolder });
  if (command) await openDesktop(command, opened);
  else await serve(opened);
}

async function openDesktop(command, folder) {
  console.log(`Opening ${folder} in Visual Studio Code, with the extension from this folder.`);
  const quoted = (text) => (process.platform === 'win32' ? `"${text}"` : text);
  await run(quoted(command), ['--new-window', `--extensionDevelopmentPath=${projectFolder}`, folder].map(quoted), { shell: process.platform === 'win32' });
}

async function serve(folder) {
  const server = await startServer({ extension: projectFolder });
  console.log(`\nVisual Studio Code shows ${folder} with the extension at\n\n    ${server.pageUrl(folder)}\n`);
  console.log('Open this address in a browser on this machine. Ctrl+C ends it.');
  // npm may be ended without passing that on; the window's server must not outlive it.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
    if (!server.hasEnded()) return;
    console.error(server.output());
    process.exit(1);
  }, 500);
}

start(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
