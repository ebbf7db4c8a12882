/** How much an editor is answered at most: what it asks for by itself, after each keystroke, must not grow with the log. */

/** VS Code keeps 1,000 diagnostics a file; more would be cut without a word. */
export const mostDiagnostics = 1_000;

/** An outline with more entries is of no use. */
export const mostSymbols = 2_000;

/** VS Code folds no more (editor.foldingMaximumRegions). */
export const mostFolds = 5_000;

/** VS Code asks for the lenses of the whole document, and shows those of a screen. */
export const mostLenses = 1_000;

/** VS Code asks for the hints of what is in view, and of some lines around it. */
export const mostHints = 2_000;

export const mostLinks = 1_000;
