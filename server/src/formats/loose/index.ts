/** What is left when every other form has taken its own: texts within strings, and responses in any text. */

export { escapedText } from './escapedText.ts';
export { mayHoldStrings } from './jsonStrings.ts';
export { text } from './text.ts';
