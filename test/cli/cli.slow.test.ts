/** The bundled command line in a process of its own: exit status, outputs, and the commands beside scan. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Log } from 'sarif';
import type { Located } from '../../server/src/analysis/located.ts';
import { folder, head, oneOfEach, program, row, run, save, scan } from '../support/commandLine.ts';
import { goodDocument, spoiled } from '../support/failureDocument.ts';

suite('scan: the exit status', () => {
  test('0 where nothing is found', () => assert.equal(run(['scan', save('clean.log', `${head}${row('250 2.1.5 Recipient OK')}`)]).status, 0));
  test('1 where something is found', () => assert.equal(run(['scan', save('found.log', oneOfEach)]).status, 1));
  test('0 for a folder without files', () => {
    mkdirSync(join(folder, 'empty'), { recursive: true });
    assert.equal(run(['scan', 'empty']).status, 0);
  });

  const wrong = [[], ['scna'], ['scan', '--colour'], ['scan', '--format', 'xml'], ['scan', '--category', 'nonsense'], ['scan', '--failure', 'nonsense']];
  const wrongValues = [
    ['scan', '--since', 'yesterday'],
    ['scan', '--until', '2026-02-30'],
    ['scan', '--since', '2026-02-02', '--until', '2026-02-01'],
    ['scan', '--max', '-1'],
    ['scan', '--max', 'many'],
    ['scan', '--time-zone', 'nonsense'],
    ['scan', '--time-zone', '+25:00'],
    ['scan', '--encoding', 'nonsense'],
    ['scan', '--encoding', 'base64'],
  ];
  for (const words of [...wrong, ...wrongValues, ['explain'], ['runbook'], ['failures', '--format', 'sarif']]) {
    test(`2 for wrong use: ${words.join(' ') || 'no command'}`, () => {
      const { status, output, errors } = run(words);
      assert.deepEqual([status, output], [2, '']);
      assert.doesNotMatch(errors, /^\s+at /m);
      // One manner of errors, whoever has found them. Only the help that is asked for by no words at all is not one.
      if (words.length > 0) assert.match(errors, /^mailflow-lens: (?!error)[^\n]+\n(?:Add --help to see how it is used\.\n)?$/);
    });
  }

  test('0 for --help and --version', () => {
    for (const words of [['--help'], ['scan', '--help']]) {
      const { status, output } = run(words);
      assert.equal(status, 0);
      assert.match(output, /^Usage: mailflow-lens/);
    }
    assert.match(run(['--version']).output, /^\d+\.\d+\.\d+\n$/);
  });
});

suite('the help', () => {
  /** How each one ends. */
  const lastSentences: Readonly<Record<string, string>> = {
    '': 'That of scan also says whether something was found.',
    scan: 'or only in part, or the output could not be written, whatever was found.',
    sessions: 'that was named could not be read or only in part, or the output could not be written.',
    messages: 'could not be read or only in part, or the output could not be written.',
    report: 'or the output could not be written.',
    explain: 'Exit status: 0 it is explained, 2 nothing is known about it.',
    runbook: 'Exit status: 0 it is written, 2 there is no such failure or variable.',
    failures: 'Exit status: 0 they are listed, 2 wrong use.',
    mcp: 'Exit status: 0 the input ended, 2 wrong use.',
    pipe: 'Exit status: 0 the input ended, or nobody reads the answers any more; 2 wrong use.',
    completion: 'Exit status: 0 it is written, 2 there is no such shell.',
  };
  const helpOf = (command: string): string => run(command === '' ? ['--help'] : [command, '--help']).output;

  test('of the program names all commands whose end is known here', () => {
    const commands = [...helpOf('').matchAll(/^ {2}(\w+) .*(?:\[options\]|<)/gm)].map(([, name]) => name).filter((name) => name !== 'help');
    assert.deepEqual(
      commands.sort(),
      Object.keys(lastSentences)
        .filter((name) => name !== '')
        .sort(),
    );
  });

  for (const [command, sentence] of Object.entries(lastSentences)) {
    test(`of ${command || 'the program'} is there to its end`, () => {
      const help = helpOf(command);
      assert.ok(help.endsWith(`${sentence}\n`), help.slice(-200));
      assert.doesNotMatch(help, /undefined|\{\}/);
      assert.match(help, /--knowledge <folder>/);
    });
  }
});

suite('the built file', () => {
  test('runs by its own path, from a folder with nothing in it', { skip: process.platform === 'win32' }, () => {
    const empty = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
    const { status, stdout, stderr } = spawnSync(program, ['explain', '5.7.1'], { cwd: empty, encoding: 'utf8' });
    rmSync(empty, { recursive: true });
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^# /);
  });
});

suite('scan: what is loaded', () => {
  const hook = `import Module from 'node:module'; process.on('exit', () => console.error(Object.keys(Module._cache).map((file) => file.replace(/.*[/\\\\]/, '')).sort().join(' ')));`;
  const loaded = (...words: string[]): string =>
    run(['scan', '--format', 'ndjson', ...words], '', folder, { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` }).errors.trim();
  const event = `<Event><System><Provider Name="MSExchangeTransport"/><EventID>2004</EventID></System></Event>`;

  test('nothing but the knowledge base for a log in UTF-8', () => assert.equal(loaded(save('loads.log', `${oneOfEach}Größe`)), 'cli.cjs knowledge.json'));
  test('the code pages for a log in one', () => assert.equal(loaded(save('loads.log', Buffer.from(`${oneOfEach}Größe`, 'latin1'))), 'cli.cjs iconvLite.cjs knowledge.json'));
  test('the parser of XML for an event in it', () => assert.equal(loaded(save('loads.xml', event)), 'cli.cjs htmlparser2.cjs knowledge.json'));
  test('the pages for a report with details', () => assert.equal(loaded('--format', 'markdown', save('loads.log', oneOfEach)), 'cli.cjs knowledge.json pages.cjs'));
  test('the readers of documents where there are any', () => {
    save('documents/a-b.md', goodDocument);
    assert.equal(loaded('--knowledge', 'documents', save('loads.log', oneOfEach)), 'cli.cjs compile.cjs knowledge.json');
  });
});

suite('scan: the outputs', () => {
  test('text has no colour where it is no terminal, and obeys no log', () => {
    const hostile = `550 5.1.1 User unknown \u001b]0;title\u0007\u001b[2J\u009b31m\u202e`;
    for (const format of ['text', 'json', 'ndjson', 'sarif', 'markdown']) {
      const { status, output } = run(['scan', '--format', format, save('hostile.log', head + row(hostile))]);
      assert.equal(status, 1);
      assert.doesNotMatch(output, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
  });

  test('json and ndjson hold the same findings', () => {
    const path = save('found.log', oneOfEach);
    assert.deepEqual((JSON.parse(run(['scan', '--format', 'json', path]).output) as { findings: Located[] }).findings, scan(path));
  });

  test('sarif names files by URI, relative below the working folder', () => {
    save('with blank/a:b #1.log'.replace(process.platform === 'win32' ? ':' : '', ''), oneOfEach);
    const uris = (path: string): (string | undefined)[] => {
      const log = JSON.parse(run(['scan', '--format', 'sarif', path]).output) as Log;
      return [...new Set(log.runs[0]?.results?.map((result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri))];
    };
    const [uri] = uris('with blank');
    assert.match(uri ?? '', /^with%20blank\/a(%3A)?b%20%231\.log$/);
    const elsewhere = mkdtempSync(join(tmpdir(), 'mailflow-lens-'));
    writeFileSync(join(elsewhere, 'a.log'), oneOfEach);
    assert.deepEqual(uris(elsewhere), [pathToFileURL(join(elsewhere, 'a.log')).href]);
    rmSync(elsewhere, { recursive: true });
  });
});

suite('explain', () => {
  test('knows codes, events and failures', () => {
    for (const words of [['5.7.1'], ['454', '4.7.0'], ['454 4.7.0'], ['tls-untrusted-root']]) {
      const { status, output } = run(['explain', ...words]);
      assert.equal(status, 0);
      assert.match(output, /^# /);
    }
    assert.match(run(['explain', 'event', '2004']).output, /2004/);
  });
  test('finds an event by its number alone, and by its source in any case', () => {
    for (const query of ['1009', 'event 1009', 'Event ID 1009', 'MSExchangeMailSubmission 1009', 'msexchangemailsubmission event id 1009']) {
      assert.match(run(['explain', query]).output, /^# Event 1009 of MSExchangeMailSubmission\n/, query);
    }
    assert.match(run(['explain', 'MSExchangeTransport 1009']).output, /too-many-connections/, 'the same number of another source');
    assert.equal(run(['explain', 'MSExchangeIS 1009']).status, 2);
  });

  test('recognises a whole response, and lists what is nearest to other words', () => {
    for (const words of ['550 5.1.1 User unknown', '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied', 'RESOLVER.ADR.RecipNotFound'])
      assert.match(run(['explain', words]).output, /^# .*\n\n`.*`: Recognised by /);
    const { status, output } = run(['explain', 'tls']);
    assert.equal(status, 0);
    assert.match(output, /^# Not recognised\n[\s\S]*\n- tls-/);
  });

  test('says kindly what it does not know', () => {
    const { status, output, errors } = run(['explain', 'no', 'such', 'thing']);
    assert.deepEqual([status, output], [2, '']);
    assert.match(errors, /"no such thing"/);
  });
});

suite('runbook', () => {
  test('writes the four stages under headings, with empty variables', () => {
    const { status, output, errors } = run(['runbook', 'tls-untrusted-root']);
    assert.deepEqual([status, errors], [0, '']);
    const headings = [...output.matchAll(/^# (Evidence|Change|Verify|Roll back)\b/gm)].map(([, heading]) => heading);
    assert.deepEqual(headings, ['Evidence', 'Change', 'Verify', 'Roll back']);
    assert.match(output, /^\$SendConnector = '' {2}#/m);
  });

  test('sets variables as literals, by the name as contract or script has it', () => {
    for (const name of ['sendConnector', 'SendConnector', '$SendConnector']) {
      assert.match(run(['runbook', 'tls-untrusted-root', '--set', `${name}=Bob's = $x`]).output, /^\$SendConnector = 'Bob''s = ' \+ \[char\]0x0024 \+ 'x'$/m);
    }
  });

  test('leaves a variable empty whose value has not its shape, and says so', () => {
    const { status, output, errors } = run(['runbook', 'tls-untrusted-root', '--set', 'sendConnector=a\u001bb']);
    assert.equal(status, 0);
    assert.match(output, /^\$SendConnector = ''/m);
    assert.match(errors, /^mailflow-lens: sendConnector: .*left empty\.\n$/);
  });

  test('refuses an unknown failure, an unknown name and what is no assignment', () => {
    assert.match(run(['runbook', 'nonsense']).errors, /"nonsense"/);
    for (const words of [['nonsense'], ['tls-untrusted-root', '--set', 'x=y'], ['tls-untrusted-root', '--set', 'server']]) {
      const { status, output } = run(['runbook', ...words]);
      assert.deepEqual([status, output], [2, '']);
    }
  });
});

suite('--knowledge', () => {
  test('names each fault with its file, line and column, and uses the other documents', () => {
    save('own/bad.md', spoiled('reply: 454', 'reply: 250').replace('id: a-b', 'id: bad').replace('tls', 'misc'));
    save('own/deep/a-b.md', goodDocument);
    const { output, errors } = run(['--knowledge', 'own', 'failures']);
    assert.match(output, /^a-b +tls +T$/m);
    assert.doesNotMatch(output, /^bad /m);
    assert.deepEqual(
      [...errors.matchAll(/^mailflow-lens: .*bad\.md:(\d+:\d+): (\S+)/gm)].map(([, place, key]) => [place, key]),
      [
        ['3:11', '"category"'],
        ['7:14', '"reply"'],
      ],
    );
  });
});

suite('failures', () => {
  test('lists each on a line', () => assert.match(run(['failures']).output, /^tls-untrusted-root +tls +\S/m));

  test('as JSON has the members of the contract', () => {
    const list = JSON.parse(run(['failures', '--format', 'json']).output) as { id: string }[];
    const entry = list.find(({ id }) => id === 'tls-untrusted-root');
    assert.deepEqual(Object.keys(entry ?? {}), ['id', 'category', 'title', 'severity', 'products', 'references', 'page']);
  });
});
