/** The long texts on each failure: its page and its runbook. Nothing in them comes from a log. */

import { getPage } from '../explain/page.ts';
import { runbookScript } from '../explain/powershell.ts';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { documentOf } from './question.ts';

const scheme = 'mailflow-lens:';

/** The addresses under which these texts are told, and can be read where an edge offers that. */
export const failurePageUri = (id: string): string => `${scheme}//failures/${id}`;
export const runbookUri = (id: string): string => `${scheme}//runbooks/${id}`;
export const explanationUri = (query: string): string => `${scheme}//explanations/${encodeURIComponent(query)}`;

interface FailureText {
  readonly name: string;
  readonly title: string;
  readonly mimeType: string;
  readonly uriOf: (id: string) => string;
  /** @throws Where there is no failure of the id. */
  readonly textOf: (id: string) => string;
}

export function failureTexts(knowledge: KnowledgeBase): readonly FailureText[] {
  return [
    {
      name: 'failure',
      title: 'What is known of a failure',
      mimeType: 'text/markdown',
      uriOf: failurePageUri,
      textOf: (id) => getPage(documentOf(id, knowledge).id, knowledge, failurePageUri) ?? '',
    },
    {
      name: 'runbook',
      title: 'The PowerShell runbook of a failure, its values left empty',
      mimeType: 'text/x-powershell',
      uriOf: runbookUri,
      textOf: (id) => runbookScript(documentOf(id, knowledge), {}, 'full'),
    },
  ];
}
