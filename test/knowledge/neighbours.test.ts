/** Failures that share a code or half of their words: which of them an answer means. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Finding } from '../../server/src/failures.ts';
import { completeLog } from '../support/marks.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();

const answers: Readonly<Record<string, readonly string[]>> = {
  'authentication-type-not-offered': [
    '504 5.7.4 Unrecognized authentication type',
    '504 authentication mechanism PLAIN not supported',
    '503 AUTH command used when not advertised',
    '538 5.7.11 Encryption required for requested authentication mechanism',
  ],
  'client-not-authenticated': ['550 Turn on SMTP authentication, please', '554 5.7.1 Unauthenticated client may not send here'],
  'dmarc-failed': ['550 5.7.1 Refused per the DMARC policy of contoso.com', '421 4.7.32 From header is not aligned with either the authenticated SPF or DKIM domain'],
  'dmarc-record-missing': [
    '550 contoso.com has no DMARC record',
    '550 5.7.1 Please publish a DMARC record for contoso.com first',
    '451 4.7.1 DMARC record not found for contoso.com',
  ],
  'domain-security-failed': ['451 4.7.3 The admin has temporarily disallowed this secure domain'],
  'exchange-server-authentication-failed': ['451 5.7.3 Cannot achieve Exchange Server authentication', '451 4.5.0 Require XOORG extension to send mail'],
  'external-forwarding-blocked': ['550 5.7.520 Refused', '550 Automatic forwarding is not allowed by the administrator of contoso.com'],
  'from-header-invalid': ['550 5.7.1 Missing purported responsible address'],
  'mail-flow-rule-rejected': ['550 5.7.1 Refused by a transport rule'],
  'organisation-recipient-limit': ["550 5.7.236 Your message can't be sent because your tenant exceeded the daily limit"],
  'recipient-accepts-internal-senders-only': ['550 This mailbox accepts mail only from internal addresses'],
  'relay-denied': ['550 5.7.1 Unable to relay', '550 We do not handle mail for fabrikam.com'],
  'reverse-dns-missing': ['554 Nemesis ESMTP Service not available No SMTP service Bad DNS PTR resource record', '550 Your address has no valid PTR'],
  'send-as-denied': ['553 You are not allowed to send mail as this user', '553 Sender address not owned by authenticated user anna'],
  'sender-account-blocked': [
    '550 5.7.1 Submission has been disabled for this account',
    '550 Outgoing mail of contoso.com has been suspended',
    '550 5.1.0 sender rejected AUP#Out-1010',
  ],
  'sender-domain-unknown': [
    '550 5.7.1 Sender ID (PRA) Domain Does Not Exist',
    '550 5.7.1 Sender ID (PRA) Malformed Domain - see contoso.com',
    '550 MAIL FROM domain is not resolvable',
  ],
  'sender-quota-exceeded': ['452 Too many recipients received this hour', '550 You have reached your daily sending limit'],
  'sending-too-fast': [
    '450 Requested mail action not taken: mailbox unavailable Mail send limit exceeded',
    '452 4.7.1 Try again later, rate exceeded',
    '421 Server limit for your address reached',
  ],
  'sign-in-failed': ['535 5.7.139 Authentication unsuccessful, the user credentials were incorrect', '535 5.7.8 Error: authentication failed: Invalid authentication'],
  'smtp-auth-disabled': [
    '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully',
    '535 5.7.139 Authentication unsuccessful, basic authentication is disabled',
    '535 5.7.139 Refused',
  ],
  'smtp-submission-throttled': ['432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded', '432 4.3.2 Concurrent connections limit exceeded'],
  'mailbox-delivery-throttled': ['432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded'],
  'spf-failed': ['550 5.7.1 Sender ID (PRA) Not Permitted', '550 5.7.1 The SPF record of contoso.com does not permit 192.0.2.10'],
  'tenant-attribution-failed': ["550 5.7.64 TenantAttribution; Relay Access Denied [ValidationStatus of 'mail.contoso.com' is 'EmptyCertificate']"],
  'too-many-connections': ['421 4.3.2 The maximum number of concurrent connections has exceeded a limit', '550 5.1.0 sender rejected AUP#In-1340'],
  'wrong-office-365-region': ['451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35'],
};

suite('an answer means this failure and none of its neighbours', () => {
  for (const [failure, responses] of Object.entries(answers)) for (const response of responses) test(response, () => assert.equal(read(response)?.failure?.id, failure));
});

/** Whether mail is refused as spam is what these say; what the sender should look at is advice. */
const reasons = ['Message was refused as junk mail', 'This message looks like spam', 'Message rejected as spam', 'Spam detected'];
const advice = [
  'Make sure that SPF records for your domain are set up',
  'See that your DKIM signature passes',
  'Please publish SPF, DKIM and DMARC',
  'Ensure that reverse DNS is set up',
  'Check your PTR record',
];

test('the reason of an answer wins over the advice behind it', () => {
  fc.assert(
    fc.property(fc.constantFrom('550 5.7.1', '554', '550 5.7.0'), fc.constantFrom(...reasons), fc.constantFrom(...advice), (code, reason, said) => {
      assert.equal(read(`${code} ${reason}. ${said}.`)?.category, 'content-rejected', `${code} ${reason}. ${said}.`);
    }),
    trials(),
  );
});

/** Codes that mean one thing, whatever half-fitting words their servers write. */
const meanings: Readonly<Record<string, string>> = {
  '550 5.7.232': 'organisation-recipient-limit',
  '550 5.7.236': 'organisation-recipient-limit',
  '550 5.7.40': 'dmarc-record-missing',
  '421 4.7.31': 'dmarc-record-missing',
};
const words = ['mail', 'sending', 'daily', 'limit', 'reached', 'domain', 'tenant', 'your', 'has', 'exceeded'];

test('a code with one meaning wins over words that only stand near each other', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(meanings)), fc.shuffledSubarray(words, { minLength: 3 }), (code, said) => {
      assert.equal(read(`${code} Your message ${said.join(' ')}`)?.failure?.id, meanings[code], `${code} Your message ${said.join(' ')}`);
    }),
    trials(),
  );
});

suite('what refuses SMTP AUTH decides which part of the document is told', () => {
  const parts: Readonly<Record<string, string | undefined>> = {
    'SmtpClientAuthentication is disabled for the Mailbox.': 'SMTP AUTH is off',
    'basic authentication is disabled.': 'An authentication policy',
    "user is locked by your organization's security defaults policy.": 'Security defaults or Conditional Access',
    'the request did not meet the criteria to be authenticated successfully.': 'Security defaults or Conditional Access',
    'something else.': undefined,
  };
  for (const [words, part] of Object.entries(parts)) test(words, () => assert.equal(read(`535 5.7.139 Authentication unsuccessful, ${words}`)?.part, part));
  test('passwords that are no longer accepted', () =>
    assert.equal(read('550 5.7.30 Basic authentication is not supported for Client Submission.')?.part, 'Passwords are no longer accepted'));
});

function read(response: string): Finding | undefined {
  return findFindings(completeLog('smtp-send', `…,<,"${response.replaceAll('"', '""')}",`), knowledge)[0];
}
