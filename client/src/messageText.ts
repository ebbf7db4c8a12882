/** The words above the list of messages. No part of it knows VS Code. */

/** "1,234 messages."; where there are none, why, and what would have some. */
export function listText(count: number, { isFiltered, isComplete }: { readonly isFiltered: boolean; readonly isComplete: boolean }): string {
  const rest = isComplete ? '' : ' so far: the logs are still being read';
  if (count > 0 || !isComplete) return `${count.toLocaleString('en-US')} message${count === 1 ? '' : 's'}${rest}.`;
  if (isFiltered) return 'No message fits the filter.';
  return 'No message stands in the logs of this folder. Exchange writes them in message tracking and SMTP protocol logs, Postfix and Exim in their mail log.';
}
