/** How the overview looks in the editor: in the colours of the theme, whichever it is. The orange of charts is none of them: in high contrast it is that of the page. */

export const overviewPageStyle = `
body { padding: 0 1rem 2rem; color: var(--vscode-foreground); background: var(--vscode-editor-background); font: var(--vscode-font-size)/1.5 var(--vscode-font-family); }
main { max-width: 70rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6em; } h2 { font-size: 1.3em; margin-top: 2em; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-foreground)); } h3 { font-size: 1.1em; margin-bottom: 0.2em; }
p { margin: 0.2em 0; }
table { border-collapse: collapse; margin: 0.5em 0 1.5em; }
caption, figcaption { text-align: left; font-weight: 600; padding: 0.2em 0; }
th, td { text-align: left; vertical-align: top; font-weight: normal; padding: 0.2em 0.6em; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); }
thead th { font-weight: 600; }
.wide th, .wide td { overflow-wrap: break-word; }
.wide { overflow-x: auto; }
table.bars { width: 100%; table-layout: fixed; }
table.bars tr > :first-child { width: 40%; } table.bars tr > :nth-child(2) { width: 7em; text-align: right; font-variant-numeric: tabular-nums; }
svg.bar { display: block; width: 100%; height: 1em; margin-top: 0.25em; }
figure { margin: 0.5em 0 1.5em; }
svg.columns { display: block; width: 100%; height: 10em; }
svg.columns rect { stroke: var(--vscode-editor-background); stroke-width: 1px; vector-effect: non-scaling-stroke; }
svg.columns rect.ring { fill: transparent; stroke: none; }
.choice { cursor: pointer; outline: none; }
svg.columns .choice:hover rect.ring { fill: var(--vscode-list-hoverBackground); fill-opacity: 0.4; }
svg.columns .choice:focus-visible rect.ring { stroke: var(--vscode-focusBorder); stroke-width: 2px; }
path.grid { fill: none; stroke: var(--vscode-foreground); stroke-opacity: 0.3; vector-effect: non-scaling-stroke; }
.axis { display: flex; justify-content: space-between; font-size: 0.85em; }
ul.legend { list-style: none; margin: 0.2em 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.2em 1em; }
svg.key { width: 0.8em; height: 0.8em; margin-right: 0.4em; }
button { font: inherit; text-align: left; color: var(--vscode-textLink-foreground); background: none; border: none; padding: 0; cursor: pointer; overflow-wrap: anywhere; }
button:hover { text-decoration: underline; }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; } g.choice:focus-visible { outline: none; }
pre { overflow: auto; max-height: 25em; padding: 0.8em; background: var(--vscode-textCodeBlock-background); font-family: var(--vscode-editor-font-family); }
summary { cursor: pointer; }
section.error, section.warning, section.information { border-left: 0.3em solid var(--vscode-widget-border, var(--vscode-foreground)); padding-left: 1em; margin: 1.5em 0; }
section.error { border-color: var(--vscode-charts-red); } section.warning { border-color: var(--vscode-charts-yellow); }
.bad, .kind1 { fill: var(--vscode-charts-red); } .waits, .kind3 { fill: var(--vscode-charts-yellow); } .good { fill: var(--vscode-charts-green); }
.kind2 { fill: var(--vscode-charts-blue); } .kind4 { fill: var(--vscode-charts-purple); } .kind5 { fill: var(--vscode-terminal-ansiCyan); } .other { fill: var(--vscode-descriptionForeground); }
`;
