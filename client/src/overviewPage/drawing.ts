/** Draws a picture as elements of a page. Texts become text nodes and attributes, never markup. */

import type { BarTable, ColumnChart, FactTable, OverviewPicture, PictureBlock, PicturePlace, PictureSection, ScriptBlock } from '../../../server/src/protocol/overview.ts';
import { makeChoices } from './choices.ts';
import { element, svgShape } from './elements.ts';

/** Called where the reader wants to see a line. */
export type OpenPlace = (place: PicturePlace) => void;

/** Replaces what stands in an element. */
export function drawPicture(into: Element, { title, facts, sections }: OverviewPicture, open: OpenPlace): void {
  into.replaceChildren(element('h1', {}, title), ...facts.map((fact) => element('p', {}, fact)), ...sections.map((section) => drawSection(section, open)));
}

function drawSection({ heading, level, severity, text, blocks }: PictureSection, open: OpenPlace): Element {
  const inner = [element(`h${level}`, {}, heading), ...text.map((line) => element('p', {}, line)), ...blocks.map((block) => drawBlock(block, open))];
  return element('section', severity === undefined ? {} : { class: severity }, ...inner);
}

function drawBlock(block: PictureBlock, open: OpenPlace): Element {
  if (block.kind === 'bars') return drawBars(block, open);
  if (block.kind === 'columns') return drawColumns(block, open);
  return block.kind === 'facts' ? drawFacts(block, open) : drawScript(block);
}

/** Each number with a bar beside it: the table is the picture. */
function drawBars({ caption, head, rows }: BarTable, open: OpenPlace): Element {
  const largest = Math.max(1, ...rows.map(({ count }) => count));
  const table = element(
    'table',
    { class: 'bars' },
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, head[0]), element('th', { scope: 'col' }, head[1]), element('td', {}))),
    element(
      'tbody',
      {},
      ...rows.map(({ name, tone, count, place }) => {
        const bar = svgShape('svg', { class: 'bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' });
        bar.append(svgShape('rect', { class: tone, x: 0, y: 0, width: Math.max(0.5, (100 * count) / largest), height: 10 }));
        return element('tr', {}, element('th', { scope: 'row' }, place ? leading(name, place, open) : name), element('td', {}, String(count)), element('td', {}, bar));
      }),
    ),
  );
  makeChoices(table, 'button');
  return table;
}

/** Piles over time; each is a choice that leads to its first line, and the numbers stand in a table behind them. */
function drawColumns({ caption, legend, columns, highest }: ColumnChart, open: OpenPlace): Element {
  const width = columns.length * 10;
  const chart = svgShape('svg', {
    class: 'columns',
    role: 'group',
    'aria-label': `${caption}. The numbers stand in the table below.`,
    viewBox: `0 0 ${width} 100`,
    preserveAspectRatio: 'none',
  });
  chart.append(svgShape('path', { class: 'grid', d: `M0 0H${width}M0 50H${width}M0 100H${width}` }));
  for (const [index, { name, counts, place }] of columns.entries()) {
    if (counts.every((count) => count === 0)) continue;
    const told = `${name}: ${counts.flatMap((count, kind) => (count === 0 ? [] : [`${legend[kind]?.name ?? ''} ${count}`])).join(', ')}`;
    const pile = svgShape('g', place ? { class: 'choice', role: 'button', 'aria-label': told } : { role: 'img', 'aria-label': told });
    const title = svgShape('title', {});
    title.textContent = told;
    pile.append(title);
    let top = 100;
    for (const [kind, count] of counts.entries()) {
      if (count === 0) continue;
      const height = (100 * count) / highest;
      top -= height;
      pile.append(svgShape('rect', { class: legend[kind]?.tone ?? 'other', x: index * 10 + 1, y: top, width: 8, height }));
    }
    // The ring around what has the focus, and what the mouse meets above a low pile.
    pile.append(svgShape('rect', { class: 'ring', x: index * 10, y: 0, width: 10, height: 100 }));
    if (place) {
      pile.addEventListener('click', () => open(place));
      pile.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open(place);
      });
    }
    chart.append(pile);
  }
  makeChoices(chart, '.choice');
  const keys = legend.map(({ name, tone }) => {
    const key = svgShape('svg', { class: 'key', viewBox: '0 0 10 10', 'aria-hidden': 'true' });
    key.append(svgShape('rect', { class: tone, x: 0, y: 0, width: 10, height: 10 }));
    return element('li', {}, key, name);
  });
  const told = columns.filter(({ counts }) => counts.some((count) => count > 0));
  const rows = told.map(({ name, counts, place }) => ({ cells: [name, ...counts.map(String)], ...(place && { place }) }));
  return element(
    'figure',
    {},
    element('figcaption', {}, `${caption}; the highest has ${highest}`),
    element('ul', { class: 'legend' }, ...keys),
    chart,
    element('p', { class: 'axis', 'aria-hidden': 'true' }, ...axisOf(columns).map((name) => element('span', {}, name))),
    element('details', {}, element('summary', {}, `The numbers: ${caption}`), drawFacts({ kind: 'facts', caption, head: ['From', ...legend.map(({ name }) => name)], rows }, open)),
  );
}

/** The names of the first, the middle and the last column. */
function axisOf(columns: ColumnChart['columns']): string[] {
  const middle = columns.length > 2 ? columns[Math.floor(columns.length / 2)] : undefined;
  return [columns[0]?.name ?? '', middle?.name ?? '', columns.length > 1 ? (columns.at(-1)?.name ?? '') : ''];
}

function drawFacts({ caption, head, rows }: FactTable, open: OpenPlace): Element {
  const cellsOf = ({ cells, place }: FactTable['rows'][number]): Element[] =>
    cells.map((cell, index) => {
      const content = place && index === cells.length - 1 ? leading(cell, place, open) : cell;
      return index === 0 ? element('th', { scope: 'row' }, content) : element('td', {}, content);
    });
  const table = element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cellsOf(row)))),
  );
  makeChoices(table, 'button');
  return element('div', { class: 'wide' }, table);
}

function drawScript({ caption, script }: ScriptBlock): Element {
  return element('div', {}, element('h3', {}, caption), element('pre', { tabindex: '0' }, element('code', {}, script)));
}

/** A button that leads to a line. */
function leading(name: string, place: PicturePlace, open: OpenPlace): Element {
  const button = element('button', { type: 'button', title: 'Go to the first line' }, name);
  button.addEventListener('click', () => open(place));
  return button;
}
