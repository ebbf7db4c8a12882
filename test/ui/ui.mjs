/**
 * The user interface as a reader meets it: mouse and keys in VS Code's own window, in both themes.
 * Its pictures are those of the README, so they can't show what the extension doesn't do.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ensureDependencies, projectFolder, run } from '../../scripts/install.mjs';
import { chooseQuickFix, closeSideBar, findUnderlined, goTo, hover, openFile, openLightbulb, openWorkbench, readActiveEditor, runCommand } from '../../scripts/uiHost.mjs';
import { createTemporaryFolder, exitOnSignals } from '../../scripts/vscodeHost.mjs';

const log = 'SEND2026011508-1.LOG';
const failure = '454 4.7.0';
const evidence = 'Insert evidence (read-only)';
const images = path.join(projectFolder, 'images');
const failureFolder = path.join(projectFolder, 'failure', 'ui');
const limit = 180_000;

exitOnSignals(1);
setTimeout(() => {
  console.error(`The test of the user interface did not end within ${limit / 1000} s.`);
  process.exit(1);
}, limit).unref();

rmSync(failureFolder, { recursive: true, force: true });
await ensureDependencies();
await run(process.execPath, [path.join('scripts', 'build.mjs')], { cwd: projectFolder });

let passed = 0;
let failed = 0;
for (const theme of ['dark', 'light']) {
  await readLog(theme);
  await readIncident(theme);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** One reader's way through one window: every step needs the one before. */
async function readLog(theme) {
  // A copy, so that nothing the reader does changes the samples.
  const folder = path.join(createTemporaryFolder(), 'samples');
  cpSync(path.join(projectFolder, 'samples'), folder, { recursive: true });
  let workbench;
  // What fades in is shown as it stays.
  const picture = (name) => workbench.page.screenshot({ path: path.join(images, `${name}-${theme}.png`), animations: 'disabled' });
  try {
    await step(theme, 'a log opens and its failure is underlined', async () => {
      workbench = await openWorkbench({ extension: projectFolder, folder, theme });
      await waitForNotice(workbench.page);
      await openFile(workbench.page, log);
      await closeSideBar(workbench.page);
      const before = readFileSync(path.join(folder, log), 'utf8').split(failure)[0].split(/\r?\n/);
      await clearNotifications(workbench.page);
      await goTo(workbench.page, before.length, before.at(-1).length + 1);
      await findUnderlined(workbench.page, failure);
      // What stands above a failing row moves all rows below it when it comes.
      await workbench.page.locator('.codelens-decoration').first().waitFor();
    });
    const { page } = workbench;
    await step(theme, 'the hover explains the code', async () => {
      const text = await hover(page, await findUnderlined(page, failure));
      assert.ok(text.includes('4.7.0') && text.length > 100, `the hover says: ${text}`);
      await picture('hover');
    });
    await step(theme, 'the light bulb offers the evidence', async () => {
      const titles = await openLightbulb(page);
      assert.ok(
        titles.some((title) => title.includes(evidence)),
        `the menu has: ${titles.join(' | ')}`,
      );
      await picture('lightbulb');
    });
    await step(theme, 'the evidence goes into a scratch script beside the log', async () => {
      await chooseQuickFix(workbench, evidence, async () => (await readActiveEditor(page)).includes('#region'));
      await page.locator('[id="status.editor.mode"]', { hasText: 'PowerShell' }).waitFor();
      assert.equal(await page.locator('.editor-group-container').count(), 2);
      await picture('scratch');
    });
    await step(theme, 'a scan of the folder lists its failures, and leads to their lines', async () => {
      await page.locator('.tab', { hasText: log }).click();
      await scanFolder(page);
      const rows = page.locator('.part.panel .monaco-list-row');
      await rows.filter({ hasText: 'Certificate not trusted' }).click();
      await rows.filter({ hasText: 'contoso.mail.fabrikam.com' }).click();
      await page.locator('[id="status.editor.selection"]', { hasText: `(${failure.length} selected)` }).waitFor();
      await picture('scan');
    });
    await step(theme, 'nothing was asked of another machine', () => assert.deepEqual(workbench.foreignRequests, []));
  } catch {
    await keepEvidence(theme, workbench);
  } finally {
    await workbench?.close();
  }
}

/** What somebody sees first who has a folder of logs. */
async function readIncident(theme) {
  const folder = path.join(createTemporaryFolder(), 'incident');
  cpSync(path.join(projectFolder, 'samples', 'incident'), folder, { recursive: true });
  let workbench;
  try {
    await step(theme, 'the overview draws what was scanned', async () => {
      workbench = await openWorkbench({ extension: projectFolder, folder, theme });
      await waitForNotice(workbench.page);
      const { page } = workbench;
      await scanFolder(page);
      await closeSideBar(page);
      await runCommand(page, 'Mailflow Lens: Show Overview');
      const drawn = page.frameLocator('iframe.webview').frameLocator('#active-frame');
      await drawn.locator('svg').first().waitFor();
      await page.keyboard.press('Control+J');
      await page.locator('.part.panel').waitFor({ state: 'hidden' });
      await clearNotifications(page);
      await page.screenshot({ path: path.join(images, `overview-${theme}.png`), animations: 'disabled' });
    });
    await step(theme, 'the overview asked nothing of another machine', () => assert.deepEqual(workbench.foreignRequests, []));
  } catch {
    await keepEvidence(theme, workbench);
  } finally {
    await workbench?.close();
  }
}

async function scanFolder(page) {
  await runCommand(page, 'Mailflow Lens: Scan Folder');
  await page.locator('.quick-input-widget:visible .monaco-button', { hasText: 'Scan' }).click();
  await page.locator('.part.panel .message', { hasText: /\d+ findings in \d+ (?:of \d+ )?files/ }).waitFor();
}

/** What we say once of a folder of logs: it comes some time after the window is ready, and would stand over a picture. */
async function waitForNotice(page) {
  await page.locator('.notification-toast', { hasText: 'This folder has transport logs' }).waitFor();
}

/** What VS Code and we have to say once stands over what a picture is to show. */
async function clearNotifications(page) {
  await runCommand(page, 'Notifications: Clear All Notifications');
  await page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
}

async function step(theme, name, action) {
  try {
    await action();
    passed += 1;
    console.log(`  passed  ${theme}: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`  FAILED  ${theme}: ${name}\n${error.stack}`);
    throw error;
  }
}

async function keepEvidence(theme, workbench) {
  if (!workbench) return;
  mkdirSync(failureFolder, { recursive: true });
  writeFileSync(path.join(failureFolder, `${theme}-console.txt`), workbench.console.join('\n'));
  await workbench.page.screenshot({ path: path.join(failureFolder, `${theme}.png`), timeout: 5_000 }).catch(() => {});
  console.log(`What the window showed is in ${path.relative(process.cwd(), failureFolder)}.`);
}
