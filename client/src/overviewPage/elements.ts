/** The only makers of elements: what they are given as content becomes text, and attributes are set by name. */

const svg = 'http://www.w3.org/2000/svg';

export function element(name: string, attributes: Readonly<Record<string, string>>, ...content: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...content);
  return made;
}

export function svgShape(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(svg, name) as SVGElement;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(typeof value === 'number' ? Math.round(value * 100) / 100 : value));
  return made;
}
