/** A reply ends where its own words do: the documents' samples, in what programs and forums put around a reply and do not close, or close elsewhere. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { projectKnowledge } from '../support/project.ts';

/** The replies of the samples that are one line: their codes and their words, without marks that could close one. */
const replies = [
  ...new Set(
    projectKnowledge()
      .documents.flatMap(({ samples }) => samples.flatMap(({ format, text }) => readRecords(readMarks(completeLog(format, text)).text)))
      .map(({ response }) => response?.text ?? '')
      .filter(
        (text) =>
          /^[45]\d\d [45]\.\d{1,3}\.\d{1,3} [^"'`\\\u2018-\u201D{}|]{8,240}$/.test(text) &&
          !/responded with|failed on Frontend|Winsock|categorizer agent|->|smtp;|: 5\.|\u2026|\.\.\.$/.test(text),
      ),
  ),
];

/** What stands around a reply, by kind. */
const frames: Readonly<Record<string, (reply: string) => string>> = {
  'code whose mark is opened lines above': (reply) =>
    `What is wrong here?\n\n\`Connecting to mail.contoso.com at 587\nGot: 220 mail.contoso.com ESMTP\nSent: AUTH LOGIN\nGot: ${reply}\`\n\nThanks\n`,
  'a bracket of the program': (reply) => `- Rejected (mail.contoso.com:25:${reply})\n- Allowed\n`,
  'a bracket with the command in it': (reply) => `- Rejected (203.0.113.25:25:${reply}(at FROM))\n- Allowed\n`,
  'a string in a string in a string that is cut': (reply) =>
    `{"level":3,"message":"Exception: {\\"Exception\\":\\"Swift_TransportException\\",\\"Message\\":\\"Expected response code 250 but got code \\\\\\"${reply.slice(0, 3)}\\\\\\", with message \\\\\\"${reply}\\\\r\\\\n\\\\\\"\\",\\"Trace\\":\\"#0 /var/www/Swift\n`,
  'words in bold that begin in the line': (reply) => `In the logs, **Caused by: com.sun.mail.smtp.SMTPSendFailedException: ${reply}**\n\nUrgent.\n`,
  'bold words around a quotation': (reply) => `**"Failed to send the test alert: failed to send to the **address**: ${reply}"**\n`,
  'what Go writes where a format does not fit': (reply) =>
    `lvl=eror msg="Async sent email 0 succeed, not send emails: bob@fabrikam.com err: ${reply}%!(EXTRA []interface {}=[])"\n`,
  'a notice of a sending service': (reply) => `Blocked\n\nFull response from the mail.contoso.com server:\n\n${reply}\n\n Received by bob@contoso.com\n`,
  "Python's pair in typographic marks": (reply) => `smtplib.SMTPDataError: (${reply.slice(0, 3)}, b\u2019${reply.slice(4)}\u2019)\n`,
  "Python's pair in typographic marks that are doubled": (reply) => `smtplib.SMTPDataError: (${reply.slice(0, 3)}, b\u201C${reply.slice(4)}\u201D)\n`,
  "Python's pair whose end somebody has left out": (reply) => `# smtplib.SMTPDataError: (${reply.slice(0, 3)}, b\u2019${reply.slice(4)}\n`,
};

suite('a reply in what stands around it', () => {
  for (const [kind, write] of Object.entries(frames)) {
    test(`ends within ${kind}`, () => {
      const wrong = replies.flatMap((reply) => {
        const found = readRecords(write(reply)).map(({ response }) => response?.text);
        return found.length === 1 && found[0] === reply ? [] : [`${reply} => ${found.join(' | ')}`];
      });
      assert.ok(replies.length > 200, 'hardly any sample is such a reply');
      assert.deepEqual(wrong, []);
    });
  }
});
