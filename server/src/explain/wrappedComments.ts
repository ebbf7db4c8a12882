/** Breaks the long comments of a runbook, so that they can be read beside a log. Commands that are commented out stay on their line. */

const widest = 100;

/** The same script; each comment that is prose has lines of at most so many characters, as far as its words allow. */
export function wrapComments(script: string): string {
  // What begins with # in these is perhaps no comment.
  if (/@['"][ \t]*$|<#/m.test(script)) return script;
  return script
    .split('\n')
    .flatMap((line) => (line.length > widest ? wrapLine(line) : [line]))
    .join('\n');
}

function wrapLine(line: string): string[] {
  const [, begin = '', text = ''] = /^(\s*# +)(\S.*)$/.exec(line) ?? [];
  if (text === '' || isCommand(text)) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of wordsOf(text)) {
    if (current !== '' && begin.length + current.length + 1 + word.length > widest) {
      lines.push(begin + current);
      current = word;
    } else current += current === '' ? word : ` ${word}`;
  }
  return [...lines, begin + current];
}

/** Whether somebody could want to remove the # and run the line: it would be broken by a line break. */
function isCommand(text: string): boolean {
  return looksLikeCommand.test(text) || /^\w[\w.]* +[-/]|[{}|]| = | -[A-Za-z]/.test(text);
}

const looksLikeCommand = /^(?:\$|\(|&|[A-Za-z]+-[A-Z])/;

/** A word that a command begins with stays behind the one before it: at the beginning of a line it would look like a command. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const word of text.split(' ')) {
    if (words.length > 0 && looksLikeCommand.test(word)) words.push(`${words.pop()} ${word}`);
    else words.push(word);
  }
  return words;
}
