/** The language service: everything an editor can ask, each answer a function of a document's findings. Read this first. */

export type { ClientFeatures } from './clientFeatures.ts';
export { type EditRunbook, getCodeActions, resolveCodeAction } from './codeActions.ts';
export { getCodeLenses } from './codeLens.ts';
export { getDiagnostics } from './diagnostics.ts';
export { getDocumentLinks } from './documentLinks.ts';
export { getDocumentSymbols } from './documentSymbols.ts';
export { getFoldingRanges } from './foldingRanges.ts';
export { getHover } from './hover.ts';
export { createLogDocument, type LogDocument } from './logDocument.ts';
export { LogText } from './logText.ts';
export { beginFailure } from './newFailure.ts';
export { getPage } from './page.ts';
export { createPositions, type Encoding, fromUtf8 } from './positions.ts';
export { readRunbookArguments } from './runbook.ts';
export { editScratchFile, type ScratchFile } from './scratchFile.ts';
export { extendScript } from './scratchScript.ts';
export { getSummary } from './summary.ts';
