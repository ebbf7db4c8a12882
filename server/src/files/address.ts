/**
 * The one place where an address of the protocol (a URI) becomes a path of the file system, and a path an address.
 * The rules are those of the system that is named, whichever one this is: so tests hold all of them everywhere.
 */

import { type PlatformPath, posix, win32 } from 'node:path';
import { domainToUnicode } from 'node:url';

/** A system as `process.platform` names it. */
export type Platform = NodeJS.Platform;

/**
 * The path of a `file:` address; undefined where it is none: another scheme, a malformed escape, an escaped slash, a share where
 * there are none (RFC 8089, E.3), no drive on Windows. Nothing throws.
 */
export function pathOfAddress(address: string, platform: Platform = process.platform): string | undefined {
  // The parser passes over controls and outer blanks, and takes another character for half of a pair: that would be another file.
  if (/^ |[\0-\x1f\p{Surrogate}]| $/u.test(address)) return undefined;
  try {
    const { protocol, hostname, pathname } = new URL(address);
    if (protocol !== 'file:' || /%2f/i.test(pathname)) return undefined;
    const path = decodeURIComponent(pathname);
    if (path.includes('\0')) return undefined;
    if (platform === 'win32') return path.includes('\\') ? undefined : windowsPath(hostname, path);
    return hostname === '' ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The same for a document of an editor: one that is not saved yet has a path too where it knows where it will be saved. */
export function pathOfDocument(address: string, platform: Platform = process.platform): string | undefined {
  return pathOfAddress(address.replace(/^untitled:(?=\/)/i, 'file:'), platform);
}

/** `/c:/x` is on a drive, `//fs01/it/x` on a share; older programs write the share's host into the path (RFC 8089, E.3.2). */
function windowsPath(hostname: string, path: string): string | undefined {
  if (hostname === '' && /^\/[a-z]:(?:\/|$)/i.test(path)) return win32.normalize(`${path.slice(1)}${path.length === 3 ? '/' : ''}`);
  const share = hostname === '' ? path : `//${domainToUnicode(hostname)}${path}`;
  // Behind two slashes, "?" and "." are no hosts but devices.
  return /^\/\/[^/?.][^/]*\/[^/]/.test(share) ? win32.normalize(share) : undefined;
}

/** The address of an absolute path. Nothing throws: a path that no file can have gets the address of none. */
export function addressOfPath(path: string, platform: Platform = process.platform): string {
  const whole = plain(rulesOf(platform).resolve(path), platform);
  const [, host = '', below = whole] = (platform === 'win32' && /^\\\\([^\\]+)(\\.*)$/s.exec(whole)) || [];
  const url = new URL('file:///');
  url.hostname = host;
  // What is no host for an address, "localhost" among it, stands in the path.
  const rest = url.hostname === '' && host !== '' ? whole : below;
  url.pathname = platform === 'win32' ? escaped(rest.replaceAll('\\', '/')) : escaped(rest);
  return url.href;
}

/** A path below a folder as the path of an address that is relative to the folder's (RFC 3986, 4.2): a colon would be read as the end of a scheme. */
export function relativeAddress(path: string): string {
  const url = new URL('file:///');
  url.pathname = escaped(path);
  return url.pathname.slice(1).replaceAll(':', '%3A');
}

/** The parser would take the first of these for something else, and leaves the last although no path has them (RFC 3986, 3.3); it escapes all others by itself. */
function escaped(path: string): string {
  return path.replace(/[%\\\t\n\r[\]^|]/g, encodeURIComponent);
}

/** What all spellings of a path have in common. Windows and macOS take letters in either case for the same name. */
export function pathKey(path: string, platform: Platform = process.platform): string {
  return segmentsOf(path, platform)
    .map((name) => nameKey(name, platform))
    .join('/');
}

/** What all addresses of one file have in common, of one that is not saved yet too. An address that is no path is like no other. */
export function addressKey(address: string, platform: Platform = process.platform): string {
  const path = pathOfDocument(address, platform);
  return path === undefined ? address : `file:${pathKey(path, platform)}`;
}

/** The path within a folder, with forward slashes; undefined where it leads elsewhere. */
export function pathBelow(folder: string, path: string, platform: Platform = process.platform): string | undefined {
  const above = segmentsOf(folder, platform);
  const names = segmentsOf(path, platform);
  const isBelow = names.length > above.length && above.every((name, at) => nameKey(name, platform) === nameKey(names[at] as string, platform));
  return isBelow ? names.slice(above.length).join('/') : undefined;
}

function nameKey(name: string, platform: Platform): string {
  if (platform === 'darwin') return name.normalize('NFC').toLowerCase();
  return platform === 'win32' ? name.toLowerCase() : name;
}

function segmentsOf(path: string, platform: Platform): string[] {
  const { normalize, sep } = rulesOf(platform);
  return plain(normalize(path), platform)
    .split(sep)
    .filter((name) => name !== '');
}

/** Without the mark that lets Windows take long paths as they are. */
function plain(path: string, platform: Platform): string {
  return platform === 'win32' ? path.replace(/^\\\\\?\\(?:UNC(\\))?/i, '$1$1') : path;
}

export function rulesOf(platform: Platform): PlatformPath {
  return platform === 'win32' ? win32 : posix;
}
