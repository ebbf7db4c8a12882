/** The codes of characters that logs are split and told apart by: to compare a code makes no string. */

export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const tab = 0x09;
export const blank = 0x20;
export const doubleQuote = 0x22;
export const numberSign = 0x23;
export const apostrophe = 0x27;
export const asterisk = 0x2a;
export const comma = 0x2c;
export const plus = 0x2b;
export const hyphen = 0x2d;
export const colon = 0x3a;
export const lessThan = 0x3c;
export const equalsSign = 0x3d;
export const greaterThan = 0x3e;
export const commercialAt = 0x40;
export const underscore = 0x5f;
export const graveAccent = 0x60;
export const backslash = 0x5c;
export const dollar = 0x24;
export const recordSeparator = 0x1e;
export const verticalBar = 0x7c;
/** The colon of Chinese and Japanese. */
export const leftQuote = 0x2018;
export const leftDoubleQuote = 0x201c;
export const wideColon = 0xff1a;
export const slash = 0x2f;
export const digit0 = 0x30;
export const digit2 = 0x32;
export const digit4 = 0x34;
export const digit5 = 0x35;

export function isDigit(code: number): boolean {
  return code >= digit0 && code <= 0x39;
}

/** Whether it is a letter of ASCII. */
export function isLetter(code: number): boolean {
  // The lower case of a letter differs from the upper case in one bit.
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

export function isBlank(code: number): boolean {
  return code === blank || code === tab;
}
