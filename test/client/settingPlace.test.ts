/** The places that the extension finds by paths of the settings, by the rules of each system. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { canBePath, placeOf, type SettingPlace } from '../../client/src/settingPlace.ts';
import { addressOfPath, type Platform, pathKey, pathOfAddress } from '../../server/src/files/address.ts';
import { isPath, isRooted, pathOfSetting } from '../../server/src/files/settingPath.ts';
import { trials } from '../support/trials.ts';

const platforms: readonly Platform[] = ['linux', 'darwin', 'win32'];
const homes: Readonly<Record<string, string>> = { linux: '/home/ada', darwin: '/Users/ada', win32: 'C:\\Users\\ada' };
const computer = (platform: Platform): { platform: Platform; home: string } => ({ platform, home: homes[platform] ?? '' });
const share: SettingPlace = { scheme: 'file', authority: 'fs01', path: '/it/workspace' };
const virtual: SettingPlace = { scheme: 'vscode-vfs', authority: 'github', path: '/contoso/runbooks' };
const addressOf = ({ scheme, authority, path }: SettingPlace): string => `${scheme}://${authority}${path.split('/').map(encodeURIComponent).join('/')}`;

const setting = fc
  .array(fc.constantFrom('~', '/', '\\', '\\\\', 'C:', 'd:/', 'fs01', 'it', 'run books', 'x+y.ps1', 'a@b', '%2B', '\u00FC', '\0', '\ud800', '#', '?'), { maxLength: 6 })
  .map((pieces) => pieces.join(''));

suite('the place that a setting names', () => {
  for (const platform of platforms)
    test(`is the server's on ${platform}`, () => {
      fc.assert(
        fc.property(setting, (named) => {
          assert.equal(canBePath(named, platform), isPath(named, platform));
          if (!isPath(named, platform)) return;
          const place = placeOf(named, undefined, computer(platform));
          assert.equal(place !== undefined, isRooted(named, platform), named);
          const path = place && pathOfAddress(addressOf(place), platform);
          // The drive of a path without one is that of the working folder, which the server knows; a share's host alone is no place of a file.
          if (path === undefined) return;
          const expected = pathOfSetting(named, undefined, platform, () => homes[platform]) as string;
          assert.equal(pathKey(path, platform), pathKey(pathOfAddress(addressOfPath(expected, platform), platform) as string, platform));
        }),
        trials(1_000),
      );
    });
  test('on a share has its host, whatever the workspace is on', () => {
    for (const folder of [undefined, share, virtual]) {
      for (const named of ['\\\\fs02\\it\\run.ps1', '//fs02/it/run.ps1'])
        assert.deepEqual(placeOf(named, folder, computer('win32')), { scheme: 'file', authority: 'fs02', path: '/it/run.ps1' });
    }
  });
  test('is not on the share that the workspace is on', () => {
    for (const platform of platforms) assert.deepEqual(placeOf('/a/b.ps1', share, computer(platform)), { scheme: 'file', authority: '', path: '/a/b.ps1' });
    assert.deepEqual(placeOf('D:\\a\\b.ps1', share, computer('win32')), { scheme: 'file', authority: '', path: '/D:/a/b.ps1' });
  });
  test('is in the file system of the workspace where that is another one', () => {
    assert.deepEqual(placeOf('/a/b.ps1', virtual, computer('linux')), { ...virtual, path: '/a/b.ps1' });
  });
  test('is in the home folder behind ~, whatever the workspace is on', () => {
    for (const folder of [undefined, share, virtual]) {
      assert.deepEqual(placeOf('~/a.ps1', folder, computer('linux')), { scheme: 'file', authority: '', path: '/home/ada/a.ps1' });
      assert.deepEqual(placeOf('~\\a.ps1', folder, computer('win32')), { scheme: 'file', authority: '', path: '/C:/Users/ada/a.ps1' });
    }
  });
  test('is none by itself where the setting is relative', () => {
    for (const named of ['a.ps1', './a.ps1', '~a/b.ps1', 'C:a.ps1']) for (const platform of platforms) assert.equal(placeOf(named, share, computer(platform)), undefined, named);
  });
});
