/** An installed VS Code and a display to show it on: what a developer's own machine has, and what npm start and the tests prefer. */
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/**
 * The `code` command.
 *
 * @returns {string | undefined} absolute path, from PATH or, on macOS, from the application's usual place
 */
export function findCodeCommand() {
  const inApplication = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
  return findOnPath(process.platform === 'win32' ? 'code.cmd' : 'code') ?? (existsSync(inApplication) ? inApplication : undefined);
}

/**
 * The program that the `code` command starts: @vscode/test-electron wants this one, because the command doesn't wait for its window.
 *
 * @returns {string | undefined} absolute path; nothing where VS Code is installed in a form not known here, such as a snap
 */
export function findCodeProgram() {
  const command = findCodeCommand();
  if (!command) return undefined;
  const bin = path.dirname(realpathSync(command));
  const candidates = {
    linux: [path.join(bin, '..', 'code')],
    darwin: [path.join(bin, '..', '..', '..', 'MacOS', 'Electron'), path.join(bin, '..', '..', '..', 'MacOS', 'Code')],
    win32: [path.join(bin, '..', 'Code.exe')],
  };
  return candidates[process.platform]?.find((file) => existsSync(file));
}

/** Whether a window would be seen. Only Linux runs without a display. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Whether a display exists or can be made by {@link withDisplay}. */
export function canHaveDisplay() {
  return hasDisplay() || findOnPath('Xvfb') !== undefined;
}

/**
 * Runs `work` with a display: the one there is, or else an invisible one that ends with the work.
 *
 * @template T
 * @param {(environment: Record<string, string>) => Promise<T>} work gets the variables that name the display
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (hasDisplay()) return await work({});
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const stop = () => server.kill();
  process.once('exit', stop);
  try {
    const display = await new Promise((resolve, reject) => {
      server.stdio[3].setEncoding('utf8').once('data', (number) => resolve(`:${number.trim()}`));
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    });
    return await work({ DISPLAY: display });
  } finally {
    process.removeListener('exit', stop);
    stop();
  }
}

function findOnPath(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
