/** Where a list goes on: a text that an agent hands back as it came. Whatever else it hands over is refused. */

/** The file that was told last, and how much of it was told. */
export interface PageCursor {
  readonly file: string;
  readonly told: number;
}

/** @param question What was asked: an answer goes on with the same question only. */
export function writePageCursor({ file, told }: PageCursor, question: object): string {
  return Buffer.from(JSON.stringify([file, told, questionKey(question)])).toString('base64url');
}

export function readPageCursor(text: string, question: object): PageCursor {
  const [file, told, key] = parsed(text);
  if (typeof file !== 'string' || !Number.isSafeInteger(told) || (told as number) < 0) throw new Error('The cursor is none that was given here.');
  if (key !== questionKey(question)) throw new Error('The cursor belongs to another question: ask again without it.');
  return { file, told: told as number };
}

function parsed(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function questionKey(question: object): string {
  return JSON.stringify(Object.entries(question).sort(([one], [other]) => (one < other ? -1 : 1)));
}
