/** Runs the tests of test/vscode/ inside a real VS Code, against the extension as it is packed. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { openPage } from './chromium.mjs';
import { projectFolder } from './install.mjs';
import { canHaveDisplay, findCodeProgram, withDisplay } from './vscodeDesktop.mjs';
import { createTemporaryFolder, ensureHost, exitOnSignals, isHostSupported, quietSettings, startServer, waitFor } from './vscodeHost.mjs';

const suiteFile = path.join(projectFolder, 'dist', 'test', 'suite.cjs');
const failureFolder = path.join(projectFolder, 'failure', 'host');
const limit = 120_000;
/** Where these are off, VS Code names no tools of language models. */
const suiteSettings = { 'chat.agent.enabled': true };

/**
 * Builds the tests and runs them in the VS Code that this machine has, or in the one from npm.
 * `MAILFLOW_LENS_VSCODE` set to `desktop` or `browser` decides instead; `MAILFLOW_LENS_VSCODE_VERSION` names the desktop version to download,
 * and `MAILFLOW_LENS_VSCODE_HOST`, `…_NODE` and `…_START` another one from npm.
 *
 * @param {string} unpackedFolder the content of the VSIX: the folder that holds the packed package.json
 * @returns {Promise<{ passed: number, failed: number }>} rejects when VS Code could not be started, or gave no result within two minutes
 */
export async function runSuite(unpackedFolder) {
  if (!existsSync(path.join(unpackedFolder, 'package.json'))) throw new Error(`${unpackedFolder} holds no package.json: name the folder of an unpacked VSIX.`);
  await buildSuite();
  const temporary = createTemporaryFolder();
  const run = { extension: path.resolve(unpackedFolder), workspace: path.join(temporary, 'workspace'), resultFile: path.join(temporary, 'result.json'), temporary };
  cpSync(path.join(projectFolder, 'samples'), run.workspace, { recursive: true });
  rmSync(failureFolder, { recursive: true, force: true });
  const program = await chooseProgram();
  if (program) await runInDesktop(run, program);
  else await runInBrowser(run);
  return readResult(run.resultFile);
}

/** Bundles test/vscode/ to dist/test/suite.cjs. mocha goes into the bundle: VS Code then needs nothing from node_modules. */
export async function buildSuite() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path.join(projectFolder, 'test', 'vscode', 'suite.ts')],
    outfile: suiteFile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    // mocha looks for its worker processes with require.resolve; they are for --parallel alone, which is not used.
    logOverride: { 'require-resolve-not-external': 'silent' },
    logLevel: 'warning',
  });
}

/** The desktop program to run, or nothing for the VS Code from npm. */
async function chooseProgram() {
  const wish = process.env.MAILFLOW_LENS_VSCODE;
  if (wish && wish !== 'desktop' && wish !== 'browser') throw new Error(`MAILFLOW_LENS_VSCODE is "${wish}"; it can be desktop or browser.`);
  if (wish === 'browser') return undefined;
  if (wish !== 'desktop' && !canHaveDisplay()) {
    if (isHostSupported) return undefined;
    throw new Error('No VS Code can run here: there is no display for the desktop one (an Xvfb would do), and the one from npm runs on Linux x64 only.');
  }
  const version = process.env.MAILFLOW_LENS_VSCODE_VERSION;
  const installed = version ? undefined : findCodeProgram();
  if (installed) return installed;
  try {
    const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
    return await downloadAndUnzipVSCode({ cachePath: path.join(projectFolder, '.vscode-test'), ...(version && { version }) });
  } catch (error) {
    if (wish === 'desktop' || !isHostSupported) throw new Error(`No VS Code is installed, and downloading one failed: ${error.message}`);
    console.log(`No VS Code is installed, and downloading one failed (${error.message}).`);
    return undefined;
  }
}

async function runInDesktop({ extension, workspace, resultFile, temporary }, program) {
  console.log(`Running in the desktop VS Code: ${program}`);
  const { runTests } = await import('@vscode/test-electron');
  const profile = path.join(temporary, 'profile');
  mkdirSync(path.join(profile, 'User'), { recursive: true });
  writeFileSync(path.join(profile, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...suiteSettings }));
  const stopFollowing = followSpecText(resultFile);
  try {
    await withDisplay((display) =>
      Promise.race([
        runTests({
          vscodeExecutablePath: program,
          extensionDevelopmentPath: extension,
          extensionTestsPath: suiteFile,
          extensionTestsEnv: { ...display, MAILFLOW_LENS_RESULT: resultFile },
          launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${profile}`, `--extensions-dir=${path.join(temporary, 'extensions')}`],
        }),
        waitFor('the tests in VS Code end', () => false, limit),
      ]),
    );
  } catch (error) {
    keepLogs(path.join(profile, 'logs'));
    // A failed test ends VS Code with an error too; its numbers say more.
    if (!existsSync(resultFile)) throw error;
  } finally {
    stopFollowing();
  }
}

async function runInBrowser({ extension, workspace, resultFile }) {
  await ensureHost();
  console.log('Running in the VS Code from npm, shown by headless Chromium.');
  const server = await startServer({ runsTests: true, settings: suiteSettings, environment: { MAILFLOW_LENS_RESULT: resultFile } });
  const stopFollowing = followSpecText(resultFile);
  let view;
  try {
    view = await openPage();
    const remote = (file) => `vscode-remote://${server.address}${file}`;
    const payload = [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(suiteFile)],
    ];
    await view.page.goto(server.pageUrl(workspace, payload), { waitUntil: 'commit' });
    await waitFor('the tests in VS Code end', () => hasResult(resultFile, server, view), limit);
    if (view.foreignRequests.length > 0) throw new Error(`VS Code asked for other machines: ${view.foreignRequests.join(', ')}`);
    stopFollowing();
    if (readResult(resultFile).failed > 0) await keepEvidence(server, view);
  } catch (error) {
    stopFollowing();
    await keepEvidence(server, view);
    throw error;
  } finally {
    await view?.close();
    await server.stop();
  }
}

/** Whether the tests are through. Throws when they no longer can be, with what the window's console said. */
function hasResult(resultFile, server, view) {
  const isOver = server.hasEnded() || server.output().includes('Extension Host Process exited');
  if (existsSync(resultFile)) return true;
  if (isOver) throw new Error(`The extension host ended before the tests did.\n${view.console.filter((line) => line.startsWith('error: Error')).join('\n')}`);
  return false;
}

/** Shows the tests' own text as it is written. The returned function shows the rest and ends it. */
function followSpecText(resultFile) {
  let shown = 0;
  const show = () => {
    if (!existsSync(`${resultFile}.txt`)) return;
    const text = readFileSync(`${resultFile}.txt`);
    process.stdout.write(text.subarray(shown));
    shown = text.length;
  };
  const timer = setInterval(show, 100);
  return () => {
    clearInterval(timer);
    show();
  };
}

async function keepEvidence(server, view) {
  keepLogs(server.logFolder);
  writeFileSync(path.join(failureFolder, 'server.txt'), server.output());
  if (!view) return;
  writeFileSync(path.join(failureFolder, 'console.txt'), view.console.join('\n'));
  await view.page.screenshot({ path: path.join(failureFolder, 'screen.png'), timeout: 5_000 }).catch(() => {});
}

function keepLogs(folder) {
  mkdirSync(failureFolder, { recursive: true });
  if (existsSync(folder)) cpSync(folder, path.join(failureFolder, 'logs'), { recursive: true });
  console.log(`What VS Code left is in ${path.relative(process.cwd(), failureFolder)}.`);
}

function readResult(resultFile) {
  const { passes, failures, tests } = JSON.parse(readFileSync(resultFile, 'utf8'));
  if (tests === 0) throw new Error('No test ran inside VS Code.');
  return { passed: passes, failed: failures };
}

async function main([unpackedFolder]) {
  exitOnSignals(1);
  const { passed, failed } = await runSuite(unpackedFolder ?? (await packedExtension()));
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

/** The extension as it is packed from what stands here. */
async function packedExtension() {
  const { packageExtension, unpackExtension } = await import('./package.mjs');
  const { path: packed } = await packageExtension();
  return await unpackExtension(packed);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}
