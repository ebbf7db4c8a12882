/** The page that draws the overview, inside of a webview. All that it gets is text, and becomes nothing but text. */

import type { PictureMessage } from '../../../server/src/protocol/overview.ts';
import { drawPicture } from './drawing.ts';

/** What VS Code gives to a webview's page. */
declare function acquireVsCodeApi(): {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => Kept | undefined;
  readonly setState: (kept: Kept) => void;
};

/** What outlives the page while it is hidden. */
interface Kept extends PictureMessage {
  /** How far it was scrolled, which of the tables stood open, and what had the focus, in the order of the page. */
  readonly scrolled: number;
  readonly opened: readonly number[];
  readonly focused: number;
}

const editor = acquireVsCodeApi();
const page = document.querySelector('main') as HTMLElement;
let shown: PictureMessage | undefined;

function show(message: PictureMessage): void {
  shown = message;
  drawPicture(page, message.picture, (place) => editor.postMessage({ kind: 'open', place }));
}

function keep(): void {
  if (!shown) return;
  const opened = [...page.querySelectorAll('details')].flatMap((one, index) => (one.open ? [index] : []));
  editor.setState({ ...shown, scrolled: scrollY, opened, focused: [...page.querySelectorAll('[tabindex]')].indexOf(document.activeElement as Element) });
}

function restore({ picture, number, scrolled, opened, focused }: Kept): void {
  show({ picture, number });
  const tables = [...page.querySelectorAll('details')];
  for (const index of opened) if (tables[index]) tables[index].open = true;
  scrollTo(0, scrolled);
  ([...page.querySelectorAll('[tabindex]')][focused] as HTMLElement | SVGElement | undefined)?.focus({ preventScroll: true });
}

window.addEventListener('message', ({ data }: MessageEvent<PictureMessage | undefined>) => {
  if (!data?.picture) return;
  show(data);
  scrollTo(0, 0);
  keep();
});
for (const event of ['scroll', 'focusin', 'toggle'] as const) document.addEventListener(event, keep, { capture: true, passive: true });

const kept = editor.getState();
if (kept) restore(kept);
editor.postMessage({ kind: 'ready', number: kept?.number });
