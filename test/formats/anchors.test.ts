/** Words in front of a number that make it a reply of a mail server, and those that do not. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readRecords } from '../../server/src/formats/index.ts';
import { replyLiterals } from '../../server/src/formats/loose/anchoredReplies.ts';

const told = (text: string): string[] => readRecords(text).map(({ response }) => response?.text ?? '');

suite('no reply', () => {
  for (const text of [
    'Expected response code 250',
    'Contoso\\Http\\Exceptions\\NegativeResponseException: 550 Too many widgets',
    'Expected response code "354" but got empty code.',
    "{ responseCode: 500, response: '500 Server error' }",
    'Message failed: 500 Internal Server Error',
    'Message failed: 404 for /index.html',
    'Invalid login: 403 Forbidden',
    "requests.exceptions.HTTPError: (500, b'Server Error')",
    'raise smtplib.SMTPDataError(550, message)',
    'java.io.IOException: Server returned HTTP response code: 503 for URL: https://contoso.com',
    '{"code": 550, "message": "The part is not in stock", "id": 5}',
    '{"code": 400, "message": "The address is not valid", "email": "anna@contoso.com"}',
    '{"code": 503, "message": "Service Unavailable", "email": "anna@contoso.com"}',
    '{"reason": "550 pieces are missing", "part": "A-7"}',
    '550',
    '550 rows',
    '450 messages processed',
    '550 Main Street',
    '500 Internal Server Error',
    '503 Service Unavailable',
    'The server response was: 200 rows in 3 seconds',
    'Mailbox unavailable. The server response was: ',
    'SMTP Error: The following recipients failed: bob@fabrikam.com',
    'permanent error (550): the part is not in stock',
    "{'bob@fabrikam.com': (550, pieces)}",
    "#0 a.php(1): assertResponseCode('550 5.7.1 Rejec...', Array)",
    'H=(app) [192.0.2.17] F=<anna@contoso.com> is rejected RCPT text',
    'In room 550 (in reply to your letter of May) we found it.',
    'The manual says: RCPT TO:<address>\n550 pages of it.',
    'RCPT TO:<bob@fabrikam.com>\n250 OK\n\n550 more of these followed.',
    'The system said: 550 people came.',
    "We returned '550 boxes' to the shop.",
    'versions 550\n5.7.1 and later',
    '<bob@fabrikam.com>: host him well, he said: 550 words are enough.',
  ]) {
    test(text, () => assert.deepEqual(told(text), []));
  }
});

test('what replies are found by is long enough to be looked for in one pass', () => {
  assert.deepEqual(
    replyLiterals.filter(({ length }) => length < 7),
    [],
  );
});

suite('a reply is told once', () => {
  test('where an error repeats it as a property, and again where it is another one', () => {
    const error = (reply: string, property: string): string => `Error: Message failed: ${reply}\n    at a (b.js:1:2) {\n  response: '${property}',\n  command: 'DATA'\n}`;
    assert.deepEqual(told(error('554 Spam', '554 Spam')), ['554 Spam']);
    assert.deepEqual(told(error('554 Spam', '552 Too large')), ['554 Spam', '552 Too large']);
  });
  test('where PHP’s mailer shows the session and then its error, unless the server said something else', () => {
    const shown = (reply: string, error: string): string => `SERVER -> CLIENT: ${reply}\nSMTP ERROR: DATA END command failed: ${error}`;
    assert.deepEqual(told(shown('554 Spam', '554 Spam')), ['554 Spam']);
    assert.deepEqual(told(shown('554 Spam', '552 Too large')), ['554 Spam', '552 Too large']);
  });
  test('where Java tells the causes of an exception for two recipients, but not where two exceptions have been logged', () => {
    const nested = (address: string): string => `com.sun.mail.smtp.SMTPAddressFailedException: 550 <${address}> is unknown\n`;
    const both = `${nested('bob@fabrikam.com')};\n  nested exception is:\n\t${nested('carla@fabrikam.com')}`;
    const trace = `javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\t${both}\n\tat A.b(C.java:1)\n`;
    const replies = ['550 <bob@fabrikam.com> is unknown', '550 <carla@fabrikam.com> is unknown'];
    assert.deepEqual(told(`${trace}Caused by: ${trace}Caused by: ${nested('bob@fabrikam.com')}`), replies);
    assert.deepEqual(told(`${trace}2026-01-15 08:00:00 ERROR ${trace}`), [...replies, ...replies]);
  });
  test('in the dictionary of a library, of each recipient', () => {
    const pairs = "{'bob@fabrikam.com': (550, b'Unknown'), 'carla@fabrikam.com': (550, b'Unknown')}";
    assert.deepEqual(told(`${pairs}\nSMTPRecipientsRefused: ${pairs}`), ['550 Unknown', '550 Unknown']);
  });
  test('whose lines Python has joined with escapes', () => {
    assert.deepEqual(told("SMTPDataError: (550, b'5.7.1 It\\'s spam\\n5.7.1 See our pages')"), ["550 5.7.1 It's spam See our pages"]);
  });
  test('where its lines stand in a string within a string', () => {
    const json = JSON.stringify({ error: 'but got code "530", with message "530-5.7.0 Authentication required\r\n530 5.7.0 See our pages".' });
    assert.deepEqual(told(json), ['530 5.7.0 Authentication required See our pages']);
  });
});

suite('a text that is one reply', () => {
  test('is read without an anchor, of one line or several', () => {
    assert.deepEqual(told('550 High probability of spam\n'), ['550 High probability of spam']);
    assert.deepEqual(told('554-No SMTP service\r\n554 IP address is block listed\r\n').length, 1);
  });
  test('is none at the end of a longer text', () => assert.deepEqual(told('The answer of the partner:\n550 High probability of spam\n'), []));
});

suite('a conversation', () => {
  test('of which several commands were sent at once is answered in their order', () => {
    const text = 'MAIL FROM:<anna@contoso.com>\nRCPT TO:<bob@fabrikam.com>\nRCPT TO:<carla@fabrikam.com>\n250 OK\n250 OK\n550 No such user\n';
    assert.deepEqual(
      readRecords(text).map(({ captures }) => [captures.sender, captures.recipient]),
      [['anna@contoso.com', 'carla@fabrikam.com']],
    );
  });
  test('says nothing in the message that is handed over', () => {
    assert.deepEqual(told('DATA\nRCPT TO:<bob@fabrikam.com>\n250 OK\nDATA\n354 Go on\n550 is only text\n.\n250 Taken\n'), []);
  });
});
