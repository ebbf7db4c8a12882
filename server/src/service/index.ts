/**
 * The language service: everything an editor can ask of a log, each answer a function of its findings. Read this first.
 * What it can ask of a failure document stands in `failureDocuments.ts`, which is loaded only where there is one.
 */

export type { ClientFeatures } from './clientFeatures.ts';
export { type EditRunbook, getCodeActions, resolveCodeAction } from './codeActions.ts';
export { getCodeLenses } from './codeLens.ts';
export { getDiagnostics } from './diagnostics.ts';
export { getDocumentFaults } from './documentFaults.ts';
export { getDocumentLinks } from './documentLinks.ts';
export { getDocumentSymbols } from './documentSymbols.ts';
export type { FailureDocument } from './failureDocument.ts';
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
