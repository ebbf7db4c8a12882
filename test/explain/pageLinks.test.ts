/** The ways from page to page, and the list that a page is chosen from. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { getPage } from '../../server/src/explain/page.ts';
import { getPages } from '../../server/src/explain/pageList.ts';
import { projectKnowledgeBase } from '../support/project.ts';

const knowledge = projectKnowledgeBase();
const linked = (query: string): string => getPage(query, knowledge, (id) => `${id}.md`) ?? '';

suite('the links of pages', () => {
  // A code, an event, and words that are no failure: each has a list of its own.
  for (const query of ['550', '5.7.1', 'event 2004', 'certificate connector']) {
    test(`in the lists of "${query}" all lead to a page`, () => {
      const targets = [...linked(query).matchAll(/^- \[([^\]]+)\]\(([^)]+)\.md\)/gm)];
      assert.ok(targets.length > 0);
      for (const [, id = '', target = ''] of targets) {
        assert.equal(target, id);
        assert.match(getPage(target, knowledge) ?? '', /^# /);
      }
    });
  }

  test('are not there where nobody follows them', () => {
    assert.doesNotMatch(getPage('550', knowledge) ?? '', /\]\(/);
    assert.equal(getPage('550', knowledge), linked('550').replace(/\[([^\]]+)\]\([^)]+\.md\)/g, '$1'));
  });
});

suite('the list of pages', () => {
  const pages = getPages(knowledge);
  test('has each document once, with what it is looked for by', () => {
    assert.deepEqual(pages.map(({ id }) => id).sort(), knowledge.failures.map(({ id }) => id).sort());
    const untrusted = pages.find(({ id }) => id === 'tls-untrusted-root');
    assert.equal(untrusted?.short, 'Certificate not trusted');
    assert.match(untrusted.codes, /4\.7\.0/);
    assert.match(pages.find(({ id }) => id === 'starttls-certificate-missing')?.codes ?? '', /event 12014/);
  });
});
