/** The overview as one HTML file: no script, nothing from another host, every text of a log escaped. */

import { escapeHtml, htmlSection } from './html.ts';
import type { OverviewWriter } from './overview.ts';
import { overviewPicture } from './overviewPicture.ts';
import { overviewStyle, overviewStyleHash } from './overviewStyle.ts';

export const overviewHtml: OverviewWriter = (report, totals, { version }) => {
  const { title, facts, sections } = overviewPicture(report, totals, version);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${overviewStyleHash}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${overviewStyle}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${[...facts.map((fact) => `<p>${escapeHtml(fact)}</p>`), ...sections.map(htmlSection)].join('\n')}
</main>
</body>
</html>
`;
};
