/** The codes of characters that logs are split and told apart by: to compare a code makes no string. */

export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const blank = 0x20;
export const doubleQuote = 0x22;
export const numberSign = 0x23;
export const apostrophe = 0x27;
export const asterisk = 0x2a;
export const comma = 0x2c;
export const hyphen = 0x2d;
export const colon = 0x3a;
export const lessThan = 0x3c;
export const equalsSign = 0x3d;
/** The colon of Chinese and Japanese. */
export const wideColon = 0xff1a;
export const digit0 = 0x30;
export const digit2 = 0x32;
export const digit4 = 0x34;
export const digit5 = 0x35;

export function isDigit(code: number): boolean {
  return code >= digit0 && code <= 0x39;
}
