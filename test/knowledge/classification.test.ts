/** Answers as servers of many makes give them, reworded for this project, and the category that a postmaster would give each. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import type { Category } from '../../server/src/values.ts';
import { completeLog } from '../support/marks.ts';
import { projectKnowledgeBase, readProjectFile } from '../support/project.ts';

const responses = JSON.parse(readProjectFile('test/data/responses.json')) as readonly { readonly response: string; readonly category: Category }[];
const knowledge = projectKnowledgeBase();

suite('a response of the field has the category of its words', () => {
  for (const { response, category } of responses) {
    test(response, () => {
      const findings = findFindings(completeLog('smtp-send', `…,<,"${response.replaceAll('"', '""')}",`), knowledge);
      assert.deepEqual(
        findings.map((finding) => finding.category),
        [category],
        findings[0]?.failure?.id,
      );
      const { event, response: read } = findings[0]?.record ?? {};
      assert.ok(knowledge.matches(event, read).length <= 1, 'two failures fit equally well');
    });
  }
});

test('an exception of the mailbox store means what its name says, whatever code stands before it', () => {
  const meanings: Readonly<Record<string, string>> = {
    'QuotaExceededException.MapiExceptionShutoffQuotaExceeded': 'mailbox-full',
    'StoragePermanentException.MapiExceptionMessagePerFolderCountReceiveQuotaExceeded': 'mailbox-full',
    'MessageSubmissionExceededException.MapiExceptionMaxSubmissionExceeded': 'message-too-large',
    'MessageTooBigException.MapiExceptionMessageTooBig': 'message-too-large',
    'AccessDeniedException.MapiExceptionNotAuthorized': 'mailbox-access-denied',
    'StoragePermanentException.MapiExceptionNoAccess': 'mailbox-access-denied',
    'StorageTransientException.MapiExceptionMdbOffline': 'mailbox-database-unavailable',
    'ConnectionFailedTransientException.MapiExceptionNetworkError': 'mailbox-database-unavailable',
    'MailboxInTransitException.MapiExceptionMailboxInTransit': 'mailbox-database-unavailable',
    'StoragePermanentException.MapiExceptionCallFailed': 'mailbox-store-exception',
  };
  for (const [exception, id] of Object.entries(meanings)) {
    for (const code of ['554 5.2.0', '432 4.2.0']) {
      const [found] = findFindings(`Remote Server returned '${code} STOREDRV.Deliver.Exception:${exception}; Failed to process message due to an exception'`, knowledge);
      assert.equal(found?.failure?.id, id, `${code} ${exception}`);
    }
  }
});

test('no two failures ask for exactly the same', () => {
  const owners = new Map<string, string>();
  for (const { id, match } of knowledge.failures) {
    for (const { reply, enhanced, text, near, command, event } of match) {
      for (const phrase of text ?? ['']) {
        const key = JSON.stringify([reply, enhanced, phrase, near, command, event]);
        assert.equal(owners.get(key) ?? id, id, key);
        owners.set(key, id);
      }
    }
  }
});
