/** How the HTML of the overview looks: light and dark, with the contrast that WCAG 2.2 asks for, and the hash by which its policy knows it. */

export const overviewStyle = `
:root { color-scheme: light dark; --text: #1b1b1b; --page: #ffffff; --line: #6b6b6b; --bad: #b3151d; --waits: #8a5a00; --good: #1d6b34; }
@media (prefers-color-scheme: dark) { :root { --text: #f2f2f2; --page: #1a1a1a; --line: #9a9a9a; --bad: #ff8a85; --waits: #f0b44c; --good: #7bd390; } }
@media (prefers-contrast: more) { :root { --text: CanvasText; --page: Canvas; --line: CanvasText; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 0.5rem 0 1rem; }
th, td { border: 1px solid var(--line); padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
section { border-left: 0.4rem solid var(--line); padding-left: 1rem; margin: 1.5rem 0; }
section.error { border-color: var(--bad); }
section.warning { border-color: var(--waits); }
svg { max-width: 100%; height: auto; }
svg text { fill: var(--text); font-size: 14px; }
rect.bad { fill: var(--bad); }
rect.waits { fill: var(--waits); }
rect.good { fill: var(--good); }
@media print { section { break-inside: avoid; } }
`;

/** SHA-256 of the style, so that no other style is taken (CSP 3, 8.3). A test holds the two together. */
export const overviewStyleHash = 'sha256-d8PsZ8pAqpOxy2XUKA5Ycw5b4leMfA8ehStPKREQgYs=';
