/** What a reader does with mouse and keys in VS Code's window, for the test of the user interface and its pictures. */
import { openPage } from './chromium.mjs';
import { ensureHost, startServer, waitFor } from './vscodeHost.mjs';

const patience = 20_000;

/**
 * Opens a folder in VS Code with an extension and waits until the window is ready.
 *
 * @param {object} options
 * @param {string} options.extension folder of the extension
 * @param {string} options.folder
 * @param {'dark' | 'light'} options.theme
 * @param {number} [options.width] of the window, in CSS pixels
 * @param {number} [options.height]
 * @param {string[]} [options.builtins] see vscodeHost.mjs
 * @returns {Promise<Workbench>}
 *
 * @typedef {object} Workbench
 * @property {import('playwright-core').Page} page
 * @property {string[]} console
 * @property {string[]} foreignRequests see chromium.mjs
 * @property {() => Promise<void>} close
 */
export async function openWorkbench({ extension, folder, theme, width, height, builtins }) {
  await ensureHost();
  const settings = { 'workbench.colorTheme': theme === 'dark' ? 'Dark Modern' : 'Light Modern' };
  const server = await startServer({ extension, settings, builtins });
  try {
    const view = await openPage({ width, height });
    const { page } = view;
    page.setDefaultTimeout(patience);
    await page.goto(server.pageUrl(folder), { waitUntil: 'commit' });
    // The theme comes with an extension, after the window's first picture.
    await page.locator(`.monaco-workbench[class*="-${theme}_modern-"]`).waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return {
      page,
      console: view.console,
      foreignRequests: view.foreignRequests,
      async close() {
        await view.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Opens a file of the folder by its name, with quick open, and waits until its first line is drawn. */
export async function openFile(page, name) {
  const input = page.locator('.quick-input-widget:visible input[type=text]');
  await pressUntil(page, 'Control+P', input);
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-group-container.active .view-line').first().waitFor();
}

/** Runs a command by its title, from the command palette. */
export async function runCommand(page, title) {
  const input = page.locator('.quick-input-widget:visible input[type=text]');
  await pressUntil(page, 'F1', input);
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Closes the side bar, so that the editor has the whole window. */
export async function closeSideBar(page) {
  await page.keyboard.press('Control+B');
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
}

/**
 * Moves the cursor, and with it what the window shows.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} line 1-based
 * @param {number} column 1-based, in UTF-16 code units
 */
export async function goTo(page, line, column) {
  const input = page.locator('.quick-input-widget:visible input[type=text]');
  await pressUntil(page, 'Control+G', input);
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('[id="status.editor.selection"]', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/**
 * Waits until a text in view is underlined.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} text within one line
 * @returns {Promise<Place>}
 *
 * @typedef {object} Place
 * @property {number} x middle of the text, in CSS pixels of the page
 * @property {number} y
 */
export async function findUnderlined(page, text) {
  return await waitFor(`"${text}" is underlined`, () => page.evaluate(findUnderlinedInPage, text));
}

/** Runs in the page. A line's text is spread over many elements, and the underline is an element apart from them: only their places say that they belong together. */
function findUnderlinedInPage(text) {
  const squiggles = [...document.querySelectorAll('.monaco-editor .cdr[class*="squiggly-"]')].map((element) => element.getBoundingClientRect());
  for (const line of document.querySelectorAll('.monaco-editor .view-line')) {
    const start = line.textContent.replaceAll('\u00a0', ' ').indexOf(text);
    if (start < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let offset = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const end = offset + node.length;
      if (offset <= start && start < end) range.setStart(node, start - offset);
      if (offset < start + text.length && start + text.length <= end) range.setEnd(node, start + text.length - offset);
      offset = end;
    }
    const box = range.getBoundingClientRect();
    const place = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
    if (squiggles.some(({ left, right, top, bottom }) => left <= place.x && place.x <= right && top <= place.y && place.y <= bottom)) return place;
  }
  return undefined;
}

/**
 * Rests the mouse on a place until a hover with text is open.
 *
 * @param {import('playwright-core').Page} page
 * @param {Place} place
 * @returns {Promise<string>} the hover's text
 */
export async function hover(page, place) {
  await page.mouse.move(place.x - 60, place.y + 60);
  await page.mouse.move(place.x, place.y, { steps: 5 });
  return await waitFor('the hover has text', async () => {
    const texts = await page.locator('.monaco-hover:visible .hover-contents').allTextContents();
    const text = texts.join('\n').replaceAll('\u00a0', ' ').trim();
    return text.startsWith('Loading') ? '' : text;
  });
}

/**
 * Opens the quick fixes at the cursor. The cursor stays where it is: just after a move VS Code computes the fixes
 * anew, and where that comes after the menu has opened, the menu's entries lead nowhere.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>} the titles on the menu, which stays open
 */
export async function openLightbulb(page) {
  await page.keyboard.press('Escape');
  // Away from the text: a hover that opens now would swallow the key.
  const { width, height } = page.viewportSize();
  await page.mouse.move(width - 40, height - 60);
  await page.locator('[class*="codicon-gutter-lightbulb"], .lightBulbWidget').first().waitFor();
  const actions = page.locator('.action-widget .monaco-list-row.action');
  await pressUntil(page, 'Control+.', actions.first());
  return await actions.allTextContents();
}

/**
 * Chooses an entry of the open menu of quick fixes and waits for what it does.
 * VS Code at times throws away a menu's commands while it is open, and says so on its console; then the menu is opened again.
 *
 * @param {Workbench} workbench
 * @param {string} title of the entry, or its beginning
 * @param {() => Promise<boolean>} hasWorked
 */
export async function chooseQuickFix({ page, console: consoleLines }, title, hasWorked) {
  const countLost = () => consoleLines.filter((line) => line.includes('Actual command not found')).length;
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const lostBefore = countLost();
    await page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
    await waitFor(`"${title}" has worked`, async () => (await hasWorked()) || countLost() > lostBefore);
    if (countLost() === lostBefore) return;
    await openLightbulb(page);
  }
  throw new Error(`VS Code lost the command of "${title}" five times.`);
}

/** The text of the active editor, as far as the window shows it. */
export async function readActiveEditor(page) {
  const lines = await page
    .locator('.editor-group-container.active .view-line')
    .evaluateAll((elements) => elements.map((element) => ({ top: Number.parseFloat(element.style.top), text: element.textContent ?? '' })));
  return lines
    .sort((one, other) => one.top - other.top)
    .map(({ text }) => text.replaceAll('\u00a0', ' '))
    .join('\n');
}

/** Presses a key until what it opens is there: while the window is busy, VS Code loses keys. */
async function pressUntil(page, key, opened) {
  for (let attempt = 1; ; attempt += 1) {
    await page.keyboard.press(key);
    try {
      await opened.waitFor({ timeout: 4_000 });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
      await page.keyboard.press('Escape');
    }
  }
}
