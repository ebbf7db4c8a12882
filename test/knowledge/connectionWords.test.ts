/** Whole families of words about connections, certificates and TLS: whatever number or word of the family stands there, the document of its meaning explains it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { completeLog } from '../support/marks.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const knowledge = projectKnowledgeBase();

/** Windows Sockets error codes (learn.microsoft.com, "Windows Sockets Error Codes") by what they say of a connection. */
const winsock: Readonly<Record<string, readonly number[]>> = {
  'unable-to-connect': [10013, 10024, 10048, 10049, 10050, 10055, 10067, 10091],
  'ipv6-not-accepted': [10047],
  'connection-timed-out': [10051, 10060, 10064, 10065],
  'connection-dropped': [10052, 10053, 10054],
  'connection-refused': [10061],
  'dns-failure': [11001, 11002, 11003, 11004],
};

test('a Winsock number decides, whatever code stands before it', () => {
  for (const [id, numbers] of Object.entries(winsock)) {
    for (const number of numbers) {
      for (const code of ['421 4.4.1', '441 4.4.1', '451 4.4.0']) {
        assert.equal(failureOf(`${code} Failed to connect. Winsock error code: ${number}, Win32 error code: ${number}`), id, `${code} with ${number}`);
        assert.equal(failureOf(`${code} Error communicating with target host. -> 421 4.2.1 Unable to connect -> Socket error code ${number}`), id, `${code} with ${number}`);
      }
    }
  }
});

test('a Winsock number without a meaning of its own is no time-out', () => {
  for (const number of [995, 10014, 10022, 10038, 10057, 10058]) {
    assert.equal(failureOf(`421 4.4.1 Failed to connect. Winsock error code: ${number}, Win32 error code: ${number}`), 'unable-to-connect', String(number));
  }
});

test('what is said of HELO is about the greeting, whatever code stands before it', () => {
  for (const text of [
    '550 5.7.1 HELO localhost is not allowed',
    '501 5.5.4 EHLO requires a valid name',
    '554 5.7.1 EHLO ex01 does not resolve',
    '550 5.7.1 HELO name is malformed',
  ]) {
    assert.equal(failureOf(text), 'greeting-refused', text);
  }
});

test('a refused certificate is the one that this server presented, whatever word says what is wrong with it', () => {
  for (const word of ['UntrustedRoot', 'SubjectMismatch', 'CertificateExpired', 'EmptyCertificate', 'RevocationOffline', 'Other']) {
    assert.equal(failureOf(`454 4.7.0 Failed to establish appropriate TLS channel: ${word}: Access Denied`), 'tls-untrusted-root', word);
    assert.equal(failureOf(`454 4.7.5 Certificate validation failure, Reason: ${word}`), 'certificate-validation-failed', word);
  }
});

test('a handshake that failed is not a connection that failed, whatever code the wrapper has', () => {
  for (const word of ['NoCredentials', 'UnknownCredentials', 'SocketError', 'InvalidToken', 'IllegalMessage']) {
    for (const code of ['421 4.2.1 Unable to connect ->', '421 4.4.1', '451 4.4.0']) {
      assert.equal(failureOf(`${code} TLS negotiation failed with error ${word}`), 'tls-not-available', `${code} ${word}`);
    }
    assert.equal(failureOf(`451 4.4.0 Security status ${word}.`), 'tls-not-available', word);
  }
  assert.equal(failureOf('421 4.4.2 Connection dropped due to TLSNegotiationFailed'), 'tls-not-available');
  assert.equal(failureOf('421 4.2.1 Unable to connect -> TLS negotiation failed with error AlgorithmMismatch'), 'tls-version-too-old');
});

test('a session that Exchange Online lost is dropped, not expired', () => {
  for (const text of [
    '450 4.4.318 Connection was closed abruptly (SuspiciousRemoteServerError)',
    '550 5.4.318 Message expired, connection reset (SuspiciousRemoteServerError)',
    '550 5.4.318 Message expired, connection was closed',
    '451 4.4.0 SMTPSEND.SuspiciousRemoteServerError; remote server disconnected abruptly; retry will be delayed',
    '451 4.4.2 Connection dropped due to ConnectionAborted',
  ]) {
    assert.equal(failureOf(text), 'connection-dropped', text);
  }
});

test('time in a queue is no size', () => {
  for (const text of ['554 5.4.7 The message was queued too long', '554 Given up after two days: waited too long', '550 4.4.7 The message stayed in the queue too long']) {
    assert.equal(failureOf(text), 'message-expired', text);
  }
});

function failureOf(response: string): string | undefined {
  const findings = findFindings(completeLog('smtp-send', `…,<,"${response}",`), knowledge);
  assert.equal(findings.length, 1, response);
  return findings[0]?.failure?.id;
}
