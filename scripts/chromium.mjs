/** A headless Chromium that sees nothing but this machine: the window of the VS Code that vscodeHost.mjs serves. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { projectFolder } from './install.mjs';
import { hostFolder, hostNode } from './vscodeHost.mjs';

const requireFromHost = createRequire(path.join(hostFolder, 'package.json'));

/**
 * Opens a page in a Chromium of its own.
 *
 * @param {object} [options]
 * @param {number} [options.width] of the page, in CSS pixels
 * @param {number} [options.height]
 * @returns {Promise<BrowserPage>}
 *
 * @typedef {object} BrowserPage
 * @property {import('playwright-core').Page} page
 * @property {string[]} console what the page said on its console
 * @property {string[]} foreignRequests the addresses on other machines that the page asked for; none could be reached
 * @property {() => Promise<void>} close
 */
export async function openPage({ width = 1200, height = 700 } = {}) {
  const { chromium } = requireFromHost('playwright-core');
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    // The process that asked for the page owns its signals; the browser ends with that process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-lcd-text', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    ],
  });
  const page = await browser.newPage({ viewport: { width, height } });
  const consoleLines = [];
  const foreignRequests = [];
  page.on('console', (message) => consoleLines.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => consoleLines.push(`uncaught: ${error.stack}`));
  // No name resolves but this machine's, so that failure marks a request that would have left. Requests that VS Code's own service worker
  // answers, such as a preview's style sheets, name a foreign host too, but go nowhere.
  page.context().on('requestfailed', (request) => {
    if (request.failure()?.errorText.includes('ERR_NAME_NOT_RESOLVED')) foreignRequests.push(request.url());
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).hostname !== '127.0.0.1') foreignRequests.push(socket.url());
  });
  return { page, console: consoleLines, foreignRequests, close: () => browser.close() };
}

/** $CHROME, else the Chromium of the system, else the one from npm. */
async function findChromium() {
  if (process.env.CHROME) return process.env.CHROME;
  const system = '/usr/bin/chromium';
  return existsSync(system) ? system : await unpackChromium();
}

/**
 * The package holds Chromium compressed and unpacks it into the temporary folder, which is here one inside the project.
 * It asks for a later Node than this project does, so the host's Node runs it.
 */
async function unpackChromium() {
  const { version } = requireFromHost('./node_modules/@sparticuz/chromium/package.json');
  const cache = path.join(projectFolder, '.cache');
  const unpacked = path.join(cache, `chromium-${version}`);
  if (!existsSync(unpacked)) {
    mkdirSync(cache, { recursive: true });
    const partial = mkdtempSync(path.join(cache, 'chromium-partial-'));
    const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    await promisify(execFile)(hostNode, ['-e', script], { cwd: hostFolder, env: { ...process.env, TMPDIR: partial } });
    // Renamed when complete: an interrupted unpacking is never taken for a browser.
    if (existsSync(unpacked)) rmSync(partial, { recursive: true });
    else renameSync(partial, unpacked);
  }
  return path.join(unpacked, 'chromium');
}
