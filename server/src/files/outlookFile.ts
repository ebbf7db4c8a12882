/** Outlook's message files (.msg): documents of their own, of which no line could be pointed at. */

/**
 * What to tell about a file that is one; undefined for any other. Other programs write compound files too, and other files are called .msg.
 * @param head The first bytes.
 * @param file Its name; "-" is standard input, which has none.
 */
export function refuseOutlookFile(head: Uint8Array, file: string): Error | undefined {
  const isOne = (file === '-' || /\.msg$/i.test(file)) && signature.every((byte, index) => head[index] === byte);
  return isOne ? new Error('an Outlook message file, which is not text: save the message as .txt or .eml, or copy its text into a file') : undefined;
}

/** [MS-CFB], 2.2: the header signature of a compound file. */
const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
