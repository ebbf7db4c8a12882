/** The place that a path of the settings names, without VS Code: so it can be tried by the rules of every system. */

/** The parts of an address that say where something is. */
export interface SettingPlace {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** What must be known of the computer. */
export interface Computer {
  readonly platform: NodeJS.Platform;
  /** The user's home folder. */
  readonly home: string;
}

/**
 * Where a path leads that says so by itself: one that begins at the top, on a share, or in the home folder (`~`).
 * @param folder The workspace's folder, if there is one: a path that begins at the top is in its file system.
 * @returns undefined where the path is relative.
 */
export function placeOf(named: string, folder: SettingPlace | undefined, { platform, home }: Computer): SettingPlace | undefined {
  if (/^~(?:[\\/]|$)/.test(named)) return placeOf(`${home.replace(/[\\/]$/, '')}/${named.slice(2).replaceAll('\\', '/')}`, undefined, { platform, home });
  const path = platform === 'win32' ? named.replaceAll('\\', '/') : named;
  const [, authority = '', below = '/'] = (platform === 'win32' && /^\/\/([^/]+)(\/.*)?$/s.exec(path)) || [];
  if (authority !== '') return { scheme: 'file', authority, path: below };
  const isOnDrive = platform === 'win32' && /^[a-z]:\//i.test(path);
  if (!isOnDrive && !path.startsWith('/')) return undefined;
  const whole = isOnDrive ? `/${path}` : path.replace(/^\/+/, '/');
  return folder && folder.scheme !== 'file' ? { ...folder, path: whole } : { scheme: 'file', authority: '', path: whole };
}

/** Whether a setting can be a path: no file has half of a character or a NUL in its name, and elsewhere than on Windows none has a drive or a share. */
export function canBePath(named: string, platform: NodeJS.Platform): boolean {
  return !/[\0\p{Surrogate}]/u.test(named) && (platform === 'win32' || !/^(?:[A-Za-z]:[\\/]|\\\\)/.test(named));
}
