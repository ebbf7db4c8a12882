/** How the HTML of the overview looks: light and dark, with the contrast that WCAG 2.2 asks for, and the hash by which its policy knows it. */

export const overviewStyle = `
:root { color-scheme: light dark; --text: #1b1b1b; --page: #ffffff; --soft: #f3f3f3; --line: #6b6b6b; --bad: #b3151d; --waits: #8a5a00; --good: #1d6b34; --other: #6b6b6b; --kind1: #b3151d; --kind2: #1f5fa8; --kind3: #8a5a00; --kind4: #7a2f93; --kind5: #0b6e6e; }
@media (prefers-color-scheme: dark) { :root { --text: #f2f2f2; --page: #1a1a1a; --soft: #262626; --line: #9a9a9a; --bad: #ff8a85; --waits: #f0b44c; --good: #7bd390; --other: #9a9a9a; --kind1: #ff8a85; --kind2: #86b8ff; --kind3: #f0b44c; --kind4: #d9a2f0; --kind5: #6fd6d6; } }
@media (prefers-contrast: more) { :root { --text: CanvasText; --page: Canvas; --soft: Canvas; --line: CanvasText; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { margin-bottom: 0.25rem; }
p { margin: 0.25rem 0; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; }
caption, figcaption { text-align: left; font-weight: 600; padding: 0.25rem 0; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; font-weight: normal; overflow-wrap: break-word; }
thead th { background: var(--soft); font-weight: 600; }
.wide { overflow-x: auto; }
.wide table { font-size: 0.9rem; }
table.bars { width: 100%; table-layout: fixed; }
table.bars th, table.bars td { border-width: 0 0 1px; border-color: var(--soft); }
table.bars tr > :first-child { width: 40%; overflow-wrap: anywhere; }
table.bars tr > :nth-child(2) { width: 6rem; text-align: right; font-variant-numeric: tabular-nums; }
svg.bar { display: block; width: 100%; height: 1rem; margin-top: 0.25rem; }
figure { margin: 0.5rem 0 1.5rem; }
svg.columns { display: block; width: 100%; height: 10rem; background: var(--page); }
svg.columns rect { stroke: var(--page); stroke-width: 1px; vector-effect: non-scaling-stroke; }
path.grid { fill: none; stroke: var(--line); stroke-opacity: 0.5; vector-effect: non-scaling-stroke; }
.axis { display: flex; justify-content: space-between; font-size: 0.85rem; gap: 0.5rem; }
ul.legend { list-style: none; margin: 0.25rem 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.9rem; }
svg.key { width: 0.8em; height: 0.8em; margin-right: 0.4em; }
pre { overflow: auto; max-height: 30rem; padding: 0.75rem; background: var(--soft); font-size: 0.85rem; }
summary { cursor: pointer; }
:focus-visible { outline: 2px solid var(--text); outline-offset: 2px; }
section.error, section.warning, section.information { border-left: 0.4rem solid var(--line); padding-left: 1rem; margin: 1.5rem 0; }
section.error { border-color: var(--bad); }
section.warning { border-color: var(--waits); }
.bad { fill: var(--bad); }
.waits { fill: var(--waits); }
.good { fill: var(--good); }
.other { fill: var(--other); }
.kind1 { fill: var(--kind1); }
.kind2 { fill: var(--kind2); }
.kind3 { fill: var(--kind3); }
.kind4 { fill: var(--kind4); }
.kind5 { fill: var(--kind5); }
@media (max-width: 30rem) { main { padding: 0.5rem; } section.error, section.warning, section.information { padding-left: 0.5rem; } table.bars tr > :first-child { width: 38%; } table.bars tr > :nth-child(2) { width: 5.2rem; } table.bars thead { font-size: 0.85rem; } .axis { font-size: 0.75rem; } }
@media (forced-colors: active) { svg { forced-color-adjust: none; } }
@media print { section { break-inside: avoid; } .wide, pre { overflow: visible; max-height: none; } }
`;

/** SHA-256 of the style, so that no other style is taken (CSP 3, 8.3). A test holds the two together. */
export const overviewStyleHash = 'sha256-WRXDyMxkDRdDjzHdX3iIVpFM9Pte3Xg2C/n1HAzSqlI=';
