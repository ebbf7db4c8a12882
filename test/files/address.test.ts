/** Addresses and paths, by the rules of every system on each: what is odd is none, what names the same file is the same, and nothing throws. */

import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { addressKey, addressOfPath, type Platform, pathBelow, pathKey, pathOfAddress, pathOfDocument, relativeAddress, rulesOf } from '../../server/src/files/address.ts';
import { isPath, pathOfSetting } from '../../server/src/files/settingPath.ts';
import { trials } from '../support/trials.ts';

const platforms: readonly Platform[] = ['linux', 'darwin', 'win32'];

/** A name as a user or a stranger could choose it. No system takes a slash in one; Windows some others neither. */
const oddName = (platform: Platform): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom('a', 'B', '%', '%2F', '%zz', ' ', '#', '?', '+', '@', '~', '[', '{', '^', '|', '`', "'", '"', '.', '\u00FC', 'u\u0308', '\u{1F4EC}', '\t', '\n', '\\'),
        fc.string(),
      ),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map((pieces) => pieces.join('').replace(platform === 'win32' ? /[/\\:*?"<>|\0-\x1f]/g : /[/\0]/g, '_'))
    // What begins as dots and blanks alone is another folder, or is cut by Windows.
    .map((name) => `x${name}x`);

/** An absolute path, on Windows on a drive or a share. */
const oddPath = (platform: Platform): fc.Arbitrary<string> => {
  const names = fc.array(oddName(platform), { minLength: 1, maxLength: 4 });
  if (platform !== 'win32') return names.map((parts) => `/${parts.join('/')}`);
  return fc.tuple(fc.constantFrom('C:', 'c:', '\\\\fs01\\it', '\\\\FS01\\it', '\\\\my server\\it', '\\\\localhost\\c$'), names).map((parts) => parts.flat().join('\\'));
};

/** Anything that a client could send in the place of an address. */
const oddAddress = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'file:',
        'FILE:',
        'untitled:',
        'vscode-remote:',
        'http:',
        '/',
        '//',
        '///',
        '////',
        'c:',
        'C%3A',
        'c|',
        'fs01',
        'localhost',
        '[::1]',
        '%',
        '%2F',
        '%5c',
        '%zz',
        '%ff',
        '%00',
      ),
      fc.constantFrom('\\', '..', '.', '%2e%2e', '?', '#', ' ', '\n', '\0', '\ud800', '\udc00', '@', ':', '%3F', 'a.md', '\u00FC', '~'),
      fc.string(),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(''));

suite('an address', () => {
  for (const platform of platforms) {
    test(`is a path of ${platform} or none, whatever it is, and nothing throws`, () => {
      fc.assert(
        fc.property(oddAddress, oddAddress, (address, other) => {
          for (const path of [pathOfAddress(address, platform), pathOfDocument(address, platform)]) {
            if (path === undefined) continue;
            assert.ok(rulesOf(platform).isAbsolute(path), path);
            assert.doesNotMatch(path, /[\0\p{Surrogate}]/u);
            assert.doesNotMatch(path, /^\\\\[?.]\\/, 'a device');
            if (platform === 'win32') assert.match(path, /^(?:[A-Za-z]:\\|\\\\[^\\]+\\[^\\])/);
          }
          addressKey(address, platform);
          pathBelow(address, other, platform);
          pathOfSetting(address, other, platform);
          assert.match(addressOfPath(address, platform), /^file:\/\//);
          relativeAddress(address);
        }),
        trials(1_000),
      );
    });
    test(`that is made of a path leads back to it on ${platform}`, () => {
      fc.assert(
        fc.property(oddPath(platform), (path) => {
          const address = addressOfPath(path, platform);
          assert.match(address, /^[\x21-\x7e]+$/);
          const expected = platform === 'win32' ? path.replace(/^\\\\FS01/, '\\\\fs01') : path;
          assert.equal(pathOfAddress(address, platform), expected);
        }),
        trials(400),
      );
    });
    test(`is the same in every spelling on ${platform}`, () => {
      fc.assert(
        fc.property(oddPath(platform), fc.infiniteStream(fc.nat(3)), fc.boolean(), (path, choices, isUnsaved) => {
          const address = addressOfPath(path, platform);
          const spelled = respelled(address, choices, isUnsaved, platform);
          assert.equal(addressKey(spelled, platform), addressKey(address, platform), spelled);
          assert.equal(pathKey(pathOfDocument(spelled, platform) as string, platform), pathKey(path, platform));
          assert.notEqual(addressKey(`${address}x`, platform), addressKey(address, platform));
        }),
        trials(400),
      );
    });
    test(`of a document is in its folder on ${platform}, and in no other`, () => {
      fc.assert(
        fc.property(
          oddPath(platform),
          fc.array(oddName(platform), { minLength: 1, maxLength: 3 }),
          fc.infiniteStream(fc.nat(3)),
          fc.boolean(),
          (folder, names, choices, isUnsaved) => {
            const { join } = rulesOf(platform);
            const spelled = respelled(addressOfPath(join(folder, ...names), platform), choices, isUnsaved, platform);
            const path = pathOfDocument(spelled, platform) as string;
            const below = pathBelow(folder, path, platform);
            assert.equal(below && pathKey(`/${below}`, platform === 'win32' ? 'win32' : platform), pathKey(`/${names.join('/')}`, platform));
            assert.equal(pathBelow(`${folder}x`, path, platform), undefined);
            assert.equal(pathBelow(path, folder, platform), undefined);
            assert.equal(pathBelow(folder, folder, platform), undefined);
          },
        ),
        trials(400),
      );
    });
  }

  /** The same file as other clients write it: characters escaped that need not be, letters of escapes in either case, the drive's too. */
  function respelled(address: string, choices: Iterator<number>, isUnsaved: boolean, platform: Platform): string {
    const choose = (): number => choices.next().value as number;
    const start = /^file:\/\/[^/]*\//.exec(address)?.[0] ?? '';
    const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
    const respell = (piece: string): string => {
      if (piece === '/') return piece;
      if (piece.length > 1) return choose() === 0 ? piece.toLowerCase() : piece;
      // A dot between escapes is no step to another folder, since names begin with x.
      if (choose() === 0) return choose() === 0 ? percent(piece) : percent(piece).toUpperCase();
      return platform !== 'linux' && /[a-z]/i.test(piece) && choose() === 0 ? piece.toUpperCase() : piece;
    };
    const below = address.slice(start.length).replace(/%..|./gs, respell);
    return `${isUnsaved ? start.replace('file:', 'untitled:') : start}${below}`;
  }

  test('means on this system what Node says', () => {
    const platform = process.platform;
    fc.assert(
      fc.property(oddAddress, oddPath(platform), (address, path) => {
        assert.equal(decodeURIComponent(addressOfPath(path)), decodeURIComponent(pathToFileURL(path).href));
        assert.equal(pathOfAddress(address) ?? '', nodesPath(address) ?? '');
      }),
      trials(1_000),
    );
  });
  /** Node's path but for addresses that are those of no file, which Node reads nevertheless. */
  function nodesPath(address: string): string | undefined {
    if (/^ |[\0-\x1f\p{Surrogate}]| $/u.test(address)) return undefined;
    try {
      const path = fileURLToPath(address);
      if (path.includes('\0')) return undefined;
      return process.platform !== 'win32' || /^(?:[a-z]:\\|\\\\[^\\?.][^\\]*\\[^\\])/i.test(path) ? path : undefined;
    } catch {
      return undefined;
    }
  }

  for (const [address, expected] of [
    ['file:///c%3A/kb/a.md', 'c:\\kb\\a.md'],
    ['file://C:/kb/a.md', 'C:\\kb\\a.md'],
    ['file://fs01/it/kb/a.md', '\\\\fs01\\it\\kb\\a.md'],
    ['file:////fs01/it/kb/a.md', '\\\\fs01\\it\\kb\\a.md'],
    ['untitled://fs01/it/kb/a.md', '\\\\fs01\\it\\kb\\a.md'],
    ['untitled:/c:/kb/a.md', 'c:\\kb\\a.md'],
    ['file:///c%3A', 'c:\\'],
    ['file:///kb/a.md', undefined],
    ['file:///c:a.md', undefined],
    ['file://fs01/', undefined],
    ['file:////%3F/c:/a.md', undefined],
    ['file:///c:/a%5Cb.md', undefined],
    ['untitled:Untitled-1', undefined],
  ] as const)
    test(`on Windows: ${address}`, () => assert.equal(pathOfDocument(address, 'win32'), expected));

  for (const address of [
    'file:///c:/kb%2Fa.md',
    'file:///c:/kb%2fa.md',
    'untitled:/c:/kb%2Fa.md',
    'file:///c:/100%.md',
    'file:///c:/%ff.md',
    'file:///c:/a%00.md',
    'http://fs01/c:/a.md',
  ])
    test(`is none on any system: ${address}`, () => {
      for (const platform of platforms) assert.equal(pathOfDocument(address, platform), undefined);
    });
  test('of a share is no path elsewhere', () => assert.equal(pathOfAddress('file://fs01/it/kb/a.md', 'linux'), undefined));
  test('of a long path is the same without its mark', () => {
    assert.equal(addressOfPath('\\\\?\\C:\\kb', 'win32'), 'file:///C:/kb');
    assert.equal(addressOfPath('\\\\?\\UNC\\fs01\\it\\kb', 'win32'), 'file://fs01/it/kb');
    assert.equal(pathBelow('\\\\?\\C:\\kb', 'c:\\kb\\a.md', 'win32'), 'a.md');
  });
  test('letters in either case are the same name on Windows and macOS only', () => {
    assert.deepEqual(
      platforms.map((platform) => pathBelow('/KB', '/kb/A.md', platform)),
      [undefined, 'A.md', 'A.md'],
    );
  });
});

suite('the path of a setting', () => {
  const homes: Readonly<Record<string, string>> = { linux: '/home/ada', darwin: '/Users/ada', win32: 'C:\\Users\\ada' };
  const bases: Readonly<Record<string, string>> = { linux: '/w', darwin: '/w', win32: 'D:\\w' };
  const named = (setting: string, platform: Platform, base = bases[platform]): string | undefined => pathOfSetting(setting, base, platform, () => homes[platform]);
  for (const [setting, ...expected] of [
    ['kb/own', '/w/kb/own', 'D:\\w\\kb\\own'],
    ['kb\\own', '/w/kb/own', 'D:\\w\\kb\\own'],
    ['../kb', '/kb', 'D:\\kb'],
    ['~', '/home/ada', 'C:\\Users\\ada'],
    ['~/kb', '/home/ada/kb', 'C:\\Users\\ada\\kb'],
    ['~\\kb', '/home/ada/kb', 'C:\\Users\\ada\\kb'],
    ['~kb', '/w/~kb', 'D:\\w\\~kb'],
    ['/kb', '/kb', 'D:\\kb'],
    ['C:\\kb', undefined, 'C:\\kb'],
    ['\\\\fs01\\it\\kb', undefined, '\\\\fs01\\it\\kb'],
    ['', undefined, undefined],
    ['a\0b', undefined, undefined],
    ['\ud800.ps1', undefined, undefined],
  ] as const)
    test(JSON.stringify(setting), () => assert.deepEqual([named(setting, 'linux'), named(setting, 'win32')], expected));
  test('is none where it is relative to nothing, or to a home that nobody knows', () => {
    assert.equal(pathOfSetting('kb', undefined, 'linux'), undefined);
    assert.equal(
      pathOfSetting('~/kb', '/w', 'linux', () => undefined),
      undefined,
    );
  });
  test('is absolute, or none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...platforms), fc.oneof(oddAddress, ...platforms.map(oddPath)), (platform, setting) => {
        const path = named(setting, platform);
        if (path !== undefined) assert.ok(rulesOf(platform).isAbsolute(path));
        assert.equal(path !== undefined, setting !== '' && isPath(setting, platform), setting);
      }),
      trials(),
    );
  });
});

test('a path below a folder is the end of the address of the whole', () => {
  for (const platform of platforms) {
    fc.assert(
      fc.property(fc.array(oddName(platform), { minLength: 1, maxLength: 3 }), (names) => {
        const { join } = platform === 'win32' ? win32 : posix;
        const folder = platform === 'win32' ? 'C:\\w' : '/w';
        const relative = relativeAddress(names.join('/'));
        assert.equal(
          new URL(relative, `${addressOfPath(folder, platform)}/`).href.replaceAll('%3A', ':').slice('file:///'.length),
          addressOfPath(join(folder, ...names), platform)
            .replaceAll('%3A', ':')
            .slice('file:///'.length),
        );
      }),
      trials(),
    );
  }
});
