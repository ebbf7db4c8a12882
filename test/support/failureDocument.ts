/** A failure document without a fault, to be spoiled. */

import { formatIds } from '../../server/src/formats/index.ts';
import type { DocumentNames } from '../../server/src/knowledge/parseFailure.ts';

/** What a document can name where there are no snippets. */
export const documentNames: DocumentNames = { formatIds, snippets: {} };

export const goodDocument = `---
id: a-b
category: tls
title: T
severity: error
match:
  - { reply: 454 }
products: [X]
references:
  - { title: R, url: "https://www.rfc-editor.org/rfc/rfc3463", checked: 2026-11 }
---
## Meaning

M

## Cause

C

## Who must act

W

## Evidence (read-only)

\`\`\`powershell
Get-Queue
\`\`\`

## Change (reversible)

\`\`\`powershell
# x
\`\`\`

## Verify

\`\`\`powershell
Get-Queue
\`\`\`

## Roll back

\`\`\`powershell
# x
\`\`\`

## Samples

\`\`\`log text
«454 4.7.0» x
\`\`\`

## Near misses

\`\`\`log text
550 5.1.1 x
\`\`\`
`;

/** The same document, with something else in place of what stands there once. */
export function spoiled(from: string, to: string): string {
  if (goodDocument.split(from).length !== 2) throw new Error(`"${from}" does not stand there once.`);
  return goodDocument.replace(from, () => to);
}
