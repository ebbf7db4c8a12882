/**
 * What is needed of iconv-lite, by the platform's own decoder: the build puts it in place of the library for the editor's bundle, where a
 * scan reads UTF-8, UTF-16 and the code pages of Windows only, and the library's tables would be a quarter of the extension.
 */

/** The platform's names (WHATWG Encoding, "Names and labels") of those that iconv-lite calls otherwise. */
const labels: Readonly<Record<string, string>> = { utf16le: 'utf-16le', utf16be: 'utf-16be', cp932: 'shift_jis', cp936: 'gbk', cp949: 'euc-kr', cp950: 'big5' };

interface PlatformDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

function getDecoder(encoding: string, { stripBOM = true } = {}): PlatformDecoder {
  const decoder = new TextDecoder(labels[encoding] ?? encoding, { ignoreBOM: !stripBOM });
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

function encodingExists(encoding: string): boolean {
  try {
    getDecoder(encoding);
    return true;
  } catch {
    return false;
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  const decoder = getDecoder(encoding);
  return decoder.write(bytes) + decoder.end();
}

export default { getDecoder, encodingExists, decode };
