/**
 * All that an editor can ask in a failure document of the user's own. It is loaded only where somebody has a folder of them, since it
 * brings the parsers of Markdown and YAML; `index.ts` has what is asked in logs.
 */

export { getCompletions } from './completion.ts';
export { createFailureDocument, type FailureDocument } from './document.ts';
export { getDocumentHover } from './documentHover.ts';
