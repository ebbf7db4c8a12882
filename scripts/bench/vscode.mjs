/** What the extension costs a window of VS Code at its start, by VS Code's own figures. */

import { join } from 'node:path';
import { projectFolder } from '../install.mjs';
import { findUnderlined, openFile, openWorkbench, readActiveEditor, runCommand } from '../uiHost.mjs';
import { waitFor } from '../vscodeHost.mjs';
import { middleOf, milliseconds } from './measure.mjs';
import { report } from './page.mjs';

/** Windows that are opened. */
const windows = 3;

/** @param {string} extension the folder of the extension as it is installed */
export async function measureActivation(extension) {
  const starts = [];
  try {
    for (let number = 0; number < windows; number++) starts.push(await readActivation(extension));
  } catch (error) {
    report('Activation in VS Code', 'not measured', `no VS Code here: ${error.message.split('\n')[0]}`);
    return;
  }
  const [load, call] = ['load', 'call'].map((part) => milliseconds(middleOf(starts.map((start) => start[part]))));
  const total = middleOf(starts.map((start) => start.load + start.call));
  report('Activation in VS Code', milliseconds(total), `median of ${windows} runs; ${load} to load the code, ${call} to run it`);
}

/** Opens a log in a fresh window and reads what VS Code has counted, in seconds. */
async function readActivation(extension) {
  // Of the other extensions only the colours, which the window waits for. The window is so high that it shows all of VS Code's report.
  const workbench = await openWorkbench({ extension, folder: join(projectFolder, 'samples'), theme: 'dark', height: 3_000, builtins: ['theme-defaults'] });
  try {
    const { page } = workbench;
    await openFile(page, 'SEND2026011508-1.LOG');
    await findUnderlined(page, '454 4.7.0');
    await runCommand(page, 'Developer: Startup Performance');
    const row = /mailflow-lens\.mailflow-lens\s*\|\s*(?:true|false)\s*\|\s*(\d+)\s*\|\s*(\d+)/;
    const [, load, call] = await waitFor('VS Code reports the activation', async () => row.exec(await readActiveEditor(page)));
    return { load: Number(load) / 1000, call: Number(call) / 1000 };
  } finally {
    await workbench.close();
  }
}
