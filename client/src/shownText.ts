/** Makes text of a log harmless where VS Code reads more in it than text: icons in lists, links in messages. */

/** For a label of a list: `$(zap)` would be shown as an icon. */
export function withoutIcons(text: string): string {
  return text.replace(/\$\((?=[\w-]+(?:~\w+)?\))/g, '\\$(');
}

/** For a message: `[text](command:...)` would be a link, and a link can run a command. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
