/** The paths that settings name. */

import { homedir } from 'node:os';
import { type Platform, rulesOf } from './address.ts';

/**
 * The path that a setting names: as it stands, in the home folder behind `~`, or relative to a folder.
 * @param base Where a relative path starts from; without it, such a path names nothing.
 * @returns undefined where it names nothing, or is no path at all.
 */
export function pathOfSetting(setting: string, base: string | undefined, platform: Platform = process.platform, home = findHome): string | undefined {
  const { join, resolve } = rulesOf(platform);
  if (setting === '' || !isPath(setting, platform)) return undefined;
  if (!isRooted(setting, platform)) return base && resolve(base, setting.replaceAll(/[\\/]/g, rulesOf(platform).sep));
  if (!setting.startsWith('~')) return base === undefined ? resolve(setting) : resolve(base, setting);
  const folder = home();
  return folder && join(folder, setting.slice(1).replaceAll(/[\\/]/g, '/'));
}

/** Whether a setting says by itself where it leads: it needs no folder. */
export function isRooted(setting: string, platform: Platform = process.platform): boolean {
  return /^~(?:[\\/]|$)/.test(setting) || rulesOf(platform).isAbsolute(setting);
}

/** Whether a setting can be a path here: no file has half of a character or a NUL in its name, and elsewhere than on Windows none has a drive or a share. */
export function isPath(setting: string, platform: Platform = process.platform): boolean {
  return !/[\0\p{Surrogate}]/u.test(setting) && (platform === 'win32' || !/^(?:[A-Za-z]:[\\/]|\\\\)/.test(setting));
}

/** undefined where the system does not know one. */
function findHome(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
