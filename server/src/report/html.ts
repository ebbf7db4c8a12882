/** The only builder of HTML from log text: a remote server chose that text, so none of it may be read as markup. */

import type { BarTable, ColumnChart, FactTable, PictureBlock, PictureSection } from '../protocol/overview.ts';
import { shortened, visibleLines } from '../text/visible.ts';

/** Writes log text as literal text on one line, for content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return withoutMarkup(shortened(text, longest));
}

const longest = 1_000;

const withoutMarkup = (text: string): string => text.replace(/[&<>"'`=]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A section with its heading, its sentences and what is drawn in it. */
export function htmlSection({ heading, level, severity, text, blocks }: PictureSection): string {
  const inner = [`<h${level}>${escapeHtml(heading)}</h${level}>`, ...text.map((line) => `<p>${escapeHtml(line)}</p>`), ...blocks.map(htmlBlock)].join('\n');
  return `<section${severity === undefined ? '' : ` class="${severity}"`}>\n${inner}\n</section>`;
}

function htmlBlock(block: PictureBlock): string {
  if (block.kind === 'bars') return barTable(block);
  if (block.kind === 'columns') return columnChart(block);
  if (block.kind === 'facts') return factTable(block);
  return `<h3>${escapeHtml(block.caption)}</h3>\n<pre tabindex="0"><code>${withoutMarkup(visibleLines(block.script))}</code></pre>`;
}

/** Each number with a bar beside it: the table is the picture. */
function barTable({ caption, head, rows }: BarTable): string {
  const largest = Math.max(1, ...rows.map(({ count }) => count));
  const written = rows.map(({ name, tone, count }) => {
    const width = Math.max(0.5, round((100 * count) / largest));
    const bar = `<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="${tone}" x="0" y="0" width="${width}" height="10"/></svg>`;
    return `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${count}</td><td class="drawn">${bar}</td></tr>\n`;
  });
  const columns = `<th scope="col">${escapeHtml(head[0])}</th><th scope="col">${escapeHtml(head[1])}</th><td></td>`;
  return `<table class="bars">\n<caption>${escapeHtml(caption)}</caption>\n<thead><tr>${columns}</tr></thead>\n<tbody>\n${written.join('')}</tbody>\n</table>`;
}

/** Piles over time; the same numbers stand in a table behind them, which opens without a script. */
function columnChart({ caption, legend, columns, highest }: ColumnChart): string {
  const piles = columns.map(({ name, counts }, index) => {
    let top = 100;
    const rectangles = counts.map((count, kind) => {
      const height = round((100 * count) / highest);
      top = round(top - height);
      return count === 0 ? '' : `<rect class="${legend[kind]?.tone ?? 'other'}" x="${index * 10 + 1}" y="${top}" width="8" height="${height}"/>`;
    });
    return rectangles.join('') === '' ? '' : `<g><title>${escapeHtml(`${name}: ${pileText(legend, counts)}`)}</title>${rectangles.join('')}</g>`;
  });
  const [first, middle, last] = [columns[0], columns[Math.floor(columns.length / 2)], columns.at(-1)].map((column) => escapeHtml(column?.name ?? ''));
  const keys = legend.map(
    ({ name, tone }) => `<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="${tone}" x="0" y="0" width="10" height="10"/></svg>${escapeHtml(name)}</li>`,
  );
  const rows = columns.filter(({ counts }) => counts.some((count) => count > 0)).map(({ name, counts }) => ({ cells: [name, ...counts.map(String)] }));
  const table = factTable({ kind: 'facts', caption, head: ['From', ...legend.map(({ name }) => name)], rows });
  return [
    '<figure>',
    `<figcaption>${escapeHtml(caption)}; the highest has ${highest}</figcaption>`,
    `<ul class="legend">${keys.join('')}</ul>`,
    `<svg class="columns" role="img" aria-label="${escapeHtml(`${caption}. The numbers stand in the table below.`)}" viewBox="0 0 ${columns.length * 10} 100" preserveAspectRatio="none">`,
    `<path class="grid" d="M0 0H${columns.length * 10}M0 50H${columns.length * 10}M0 100H${columns.length * 10}"/>`,
    ...piles.filter((pile) => pile !== ''),
    '</svg>',
    `<p class="axis" aria-hidden="true"><span>${first}</span><span>${columns.length > 2 ? middle : ''}</span><span>${last}</span></p>`,
    `<details><summary>The numbers: ${escapeHtml(caption)}</summary>\n${table}\n</details>`,
    '</figure>',
  ].join('\n');
}

/** "tls 12, network 3". */
function pileText(legend: ColumnChart['legend'], counts: readonly number[]): string {
  return counts.flatMap((count, kind) => (count === 0 ? [] : [`${legend[kind]?.name ?? ''} ${count}`])).join(', ');
}

function factTable({ caption, head, rows }: FactTable): string {
  const cells = (row: readonly string[]): string => row.map((cell, index) => (index === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td>${escapeHtml(cell)}</td>`)).join('');
  const columns = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  return `<div class="wide" tabindex="0" role="group" aria-label="${escapeHtml(caption)}">\n<table>\n<caption>${escapeHtml(caption)}</caption>\n<thead><tr>${columns}</tr></thead>\n<tbody>\n${rows.map((row) => `<tr>${cells(row.cells)}</tr>\n`).join('')}</tbody>\n</table>\n</div>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
