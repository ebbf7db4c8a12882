/** The only builder of HTML from log text: a remote server chose that text, so none of it may be read as markup. */

import { shortened } from '../text/visible.ts';

/** Writes log text as literal text on one line, for content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return shortened(text, longest).replace(/[&<>"'`=]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const longest = 1_000;

export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[], tag: 'td' | 'th'): string => row.map((cell) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escapeHtml(cell)}</${tag}>`).join('');
  return `<table>\n<thead><tr>${cells(head, 'th')}</tr></thead>\n<tbody>\n${rows.map((row) => `<tr>${cells(row, 'td')}</tr>\n`).join('')}</tbody>\n</table>`;
}

export interface Bar {
  readonly name: string;
  readonly parts: readonly { readonly kind: 'good' | 'waits' | 'bad'; readonly count: number }[];
}

const size = { row: 24, bar: 16, label: 150, width: 640, number: 60 } as const;

/** Bars that lie below each other, as SVG whose colours are the page's. The table behind it says the same in numbers. */
export function barChart(title: string, bars: readonly Bar[]): string {
  const total = ({ parts }: Bar): number => parts.reduce((sum, { count }) => sum + count, 0);
  const largest = Math.max(1, ...bars.map(total));
  const scale = (size.width - size.label - size.number) / largest;
  const rows = bars.map((bar, index) => {
    const y = index * size.row;
    let x = size.label;
    const parts = bar.parts.map(({ kind, count }) => {
      const width = Math.round(count * scale * 10) / 10;
      const rectangle = count === 0 ? '' : `<rect class="${kind}" x="${x}" y="${y + 4}" width="${Math.max(1, width)}" height="${size.bar}"/>`;
      x += width;
      return rectangle;
    });
    return `<text x="0" y="${y + 17}">${escapeHtml(bar.name)}</text>${parts.join('')}<text x="${Math.round(x) + 6}" y="${y + 17}">${total(bar)}</text>`;
  });
  const height = bars.length * size.row + 4;
  return `<svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${size.width} ${height}" width="${size.width}" height="${height}">\n${rows.join('\n')}\n</svg>`;
}
