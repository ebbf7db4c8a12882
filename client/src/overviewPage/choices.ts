/** Many choices behind one stop of the Tab key: the arrow keys go from one to the next (WAI-ARIA Authoring Practices, "Managing Focus Within Components"). */

/** @param selector What is a choice inside of it. */
export function makeChoices(group: Element, selector: string): void {
  const choices = [...group.querySelectorAll<HTMLElement | SVGElement>(selector)];
  const choose = (chosen: HTMLElement | SVGElement | undefined): void => {
    if (!chosen) return;
    for (const one of choices) one.setAttribute('tabindex', one === chosen ? '0' : '-1');
  };
  choose(choices[0]);
  for (const [index, choice] of choices.entries()) {
    choice.addEventListener('focus', () => choose(choice));
    choice.addEventListener('keydown', (event) => {
      const next = choices[indexAfter((event as KeyboardEvent).key, index, choices.length)];
      if (!next || next === choice) return;
      event.preventDefault();
      choose(next);
      next.focus();
    });
  }
}

function indexAfter(key: string, index: number, count: number): number {
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(index + 1, count - 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(index - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : index;
}
