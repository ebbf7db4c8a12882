/**
 * The language service: everything an editor can ask of a log, each answer a function of its findings. Read this first.
 * What it can ask of a failure document stands in `failureDocuments.ts`, which is loaded only where there is one.
 */

export { getPage } from '../explain/page.ts';
export { getPages } from '../explain/pageList.ts';
export { readPlacedRunbook, readRunbookArguments } from '../explain/runbook.ts';
export { getIncomingCalls, getOutgoingCalls, type MessageWay, prepareCallHierarchy, type StageAddress, type WayStage } from './callHierarchy.ts';
export type { ClientFeatures } from './clientFeatures.ts';
export { getCodeActions } from './codeActions.ts';
export { getCodeLenses, lensAddress, resolveCodeLens } from './codeLens.ts';
export { getDiagnostics } from './diagnostics.ts';
export { getDocumentLinks } from './documentLinks.ts';
export { getDocumentSymbols } from './documentSymbols.ts';
export { LogText } from './documentText.ts';
export { getFailureAt } from './failureAt.ts';
export type { FailureDocument } from './failureDocument/document.ts';
export { getDocumentFaults } from './failureDocument/documentFaults.ts';
export { beginFailure } from './failureDocument/newFailure.ts';
export { getFoldingRanges } from './foldingRanges.ts';
export { getHover } from './hover.ts';
export { getInlayHints } from './inlayHints.ts';
export { createLogDocument, type LogDocument } from './logDocument.ts';
export { getMarks, getOccurrences } from './marks.ts';
export { getMessageNamesAt, getNameAt, type NameAt } from './nameAt.ts';
export { getNoticeActions } from './noticeActions.ts';
export { createPositions, type Encoding, fromUtf8 } from './positions.ts';
export { getDefinition, getReferences, type NamedRow } from './references.ts';
export { editScratchFile, locateRunbook, type ScratchFile } from './scratchFile.ts';
export { extendScript } from './scratchScript.ts';
export { getSession } from './session.ts';
export { getSummary } from './summary.ts';
export { getValuesAt } from './valuesAt.ts';
