/** Runbooks with values from logs. */

import { fittingValue, runbookScript } from '../../../../server/src/explain/powershell.ts';
import { extendScript } from '../../../../server/src/service/index.ts';
import { type CaptureName, type Captures, captureNames, type Failure } from '../../../../server/src/values.ts';
import { structure } from '../../powershellReader.ts';
import { projectKnowledge } from '../../project.ts';
import { chanceOf } from '../cases.ts';
import { clipped } from '../compare.ts';
import type { Law } from '../law.ts';
import { openScript } from '../openScripts.ts';
import type { Random } from '../random.ts';
import { tokens } from '../tokens.ts';

export const scripts: Law = {
  name: 'scripts',
  states: 'A script has the same tokens whatever the log says, behind any script of the user.',
  todo: [{ why: 'Log text can end a quotation or a comment that stands open above it.', covers: (wrong) => wrong.startsWith('behind a script') }],
  run(tried) {
    const random = chanceOf(tried, 'scripts');
    const failure = random.pick(projectKnowledge().documents).failure;
    const hostile = anyCaptures(random, tried.text);
    const harmless = harmlessLike(hostile);
    const runbook = (captures: Captures): string => runbookScript(failure, captures, 'full');
    if (read(runbook(hostile)) !== read(runbook(harmless))) return `a runbook has other tokens\n${clipped(JSON.stringify({ failure: failure.id, hostile }))}`;
    const above = openScript(random);
    const evidence = anyText(random, tried.text);
    const one = read(extended(above, failure, hostile, evidence));
    const other = read(extended(above, failure, harmless, 'seen'));
    return one === other ? undefined : `behind a script there are other tokens\n${clipped(JSON.stringify({ failure: failure.id, above, hostile, evidence }))}`;
  },
};

function extended(script: string, failure: Failure, captures: Captures, evidence: string): string {
  let result = '';
  let at = 0;
  for (const { offset, text } of extendScript(script, failure, { captures, part: 'full', evidence }).insertions) {
    result += script.slice(at, offset) + text;
    at = offset;
  }
  return result + script.slice(at);
}

/** The tokens; for a script that PowerShell refuses, that it does. */
function read(script: string): string {
  try {
    return structure(script).trim();
  } catch (error) {
    return (error as Error).message.replace(/\d+/g, '');
  }
}

/** Text from the log and of our own malice, in the shapes that captures can have. */
function anyCaptures(random: Random, text: string): Captures {
  const shapes: readonly ((value: string) => string)[] = [
    (value) => value,
    (value) => `${value}@fabrikam.com`,
    (value) => `<${value}@fabrikam.com>`,
    (value) => `EX01\\${value}`,
    (value) => `CN=${value}`,
    (value) => `"${value}"@fabrikam.com`,
  ];
  const values = captureNames.filter(() => random.oneIn(2)).map((name) => [name, random.pick(shapes)(anyText(random, text))] as const);
  return Object.fromEntries(values);
}

function anyText(random: Random, text: string): string {
  const start = random.below(text.length + 1);
  return `${random.pick(tokens).slice(0, 40)}${text.slice(start, start + random.below(60))}${random.pick([...tokens, "' ; Stop-Computer #", '$(Stop-Computer)', '#> Stop-Computer'])}`.slice(
    0,
    250,
  );
}

const fitting: Readonly<Record<CaptureName, string>> = {
  sendConnector: 'Internet',
  receiveConnector: 'Default EX01',
  messageId: '<a1@ex01.contoso.com>',
  recipient: 'bob@fabrikam.com',
  recipientDomain: 'fabrikam.com',
  sender: 'ada@contoso.com',
  remoteHost: 'mx.fabrikam.com',
  remoteAddress: '198.51.100.25',
  server: 'EX01',
  sessionId: '08DE540000000A01',
  queue: 'EX01\\12',
  certificateThumbprint: 'A'.repeat(40),
  certificateSubject: 'CN=mx.fabrikam.com',
};

/** Harmless captures of those names whose values are taken from the hostile ones. */
function harmlessLike(hostile: Captures): Captures {
  const names = captureNames.filter((name) => hostile[name] !== undefined && fittingValue(name, { [name]: hostile[name] }) !== undefined);
  const alike = Object.fromEntries(names.map((name) => [name, fitting[name]])) as Partial<Record<CaptureName, string>>;
  // The domain of a recipient that is none is taken from nowhere.
  return fittingValue('recipientDomain', hostile) === undefined && alike.recipient !== undefined ? { ...alike, recipientDomain: 'not a domain' } : alike;
}
