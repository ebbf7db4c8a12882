/** The settings as they may be used, and the places that they name. */

import { homedir } from 'node:os';
import { FileType, Uri, type WorkspaceFolder, workspace } from 'vscode';
import type { Settings } from '../../server/src/protocol/settings.ts';
import { canBePath, placeOf } from './settingPlace.ts';

/** In a workspace that is not trusted there is no folder of failure documents: a relative path would lead into the workspace. */
export function currentSettings(): Settings {
  const read = workspace.getConfiguration('mailflowLens') as Partial<Settings>;
  const { scratchScript = '', knowledge = '', timeZone = '', codeLens = 'all', inlayHints = false, gapSeconds = 60, severity = {}, ignore = [], revealToAgents = false } = read;
  return { scratchScript, knowledge: workspace.isTrusted ? knowledge : '', timeZone, codeLens, inlayHints, gapSeconds, severity, ignore, revealToAgents };
}

/**
 * What a path of the settings names.
 * @param folder Where a relative path starts from; without it, such a path names nothing.
 * @returns undefined where it names nothing.
 */
export function uriOf(named: string, folder: WorkspaceFolder | undefined): Uri | undefined {
  if (!canBePath(named, process.platform)) return undefined;
  const place = placeOf(named, folder?.uri, { platform: process.platform, home: homedir() });
  return place ? Uri.from(place) : folder && Uri.joinPath(folder.uri, named.replaceAll('\\', '/'));
}

/** Whether there is a file at a place. */
export function exists(uri: Uri): Promise<boolean> {
  return Promise.resolve(
    workspace.fs.stat(uri).then(
      ({ type }) => type !== FileType.Directory,
      () => false,
    ),
  );
}
