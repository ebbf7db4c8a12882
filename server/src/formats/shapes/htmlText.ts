/** The text of a page of HTML, as a reader would see it, each character still knowing its place. */

import { composeExcerpts, type Excerpt, joinRuns, type Run } from '../../text/excerpt.ts';
import { createMarkupParser } from './markup.ts';

/** Elements that a reader sees on lines of their own. */
const blocks = new Set(['address', 'blockquote', 'br', 'center', 'div', 'dd', 'dl', 'dt', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 'table', 'tr', 'ul']);
const unseen = new Set(['head', 'script', 'style', 'title']);

/** Markup is left out; blocks stand on lines of their own. Never throws. */
export function htmlText(page: Excerpt): Excerpt {
  const runs: Run[] = [];
  let hidden = 0;
  const lineBreak = (name: string): void => {
    if (blocks.has(name)) runs.push({ text: '\n', start: parser.startIndex, end: parser.startIndex, literal: false });
    else if (name === 'td' || name === 'th') runs.push({ text: ' ', start: parser.startIndex, end: parser.startIndex, literal: false });
  };
  const parser = createMarkupParser(
    {
      onopentag(name) {
        if (unseen.has(name)) hidden += 1;
        lineBreak(name);
      },
      ontext(data) {
        const [start, end] = [parser.startIndex, parser.endIndex + 1];
        if (hidden === 0) runs.push({ text: data, start, end, literal: end - start === data.length });
      },
      onclosetag(name) {
        if (unseen.has(name)) hidden = Math.max(0, hidden - 1);
        if (name !== 'br' && name !== 'hr') lineBreak(name);
      },
    },
    { decodeEntities: true },
  );
  parser.end(page.text);
  return composeExcerpts(page, joinRuns(runs));
}
