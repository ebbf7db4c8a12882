/** The ANSI code page of Windows for a language: what Notepad, Event Viewer and Windows PowerShell 5.1 write where they do not write Unicode. */

/**
 * The languages of each code page that is not the one of Western Europe
 * (learn.microsoft.com, "NLS information": LOCALE_IDEFAULTANSICODEPAGE of each locale; [MS-LCID] names the locales).
 */
const languages: Readonly<Record<string, string>> = {
  'windows-1250': 'bs cs hr hu pl ro sk sl sq sr-Latn tk',
  'windows-1251': 'az-Cyrl ba be bg bs-Cyrl kk ky mk mn ru sah sr tg tt uk uz-Cyrl',
  'windows-1253': 'el',
  'windows-1254': 'az tr uz',
  'windows-1255': 'he',
  'windows-1256': 'ar fa ku-Arab pa-Arab prs sd ug ur',
  'windows-1257': 'et lt lv',
  'windows-1258': 'vi',
  'windows-874': 'th',
  cp932: 'ja',
  cp936: 'zh zh-Hans',
  cp949: 'ko',
  cp950: 'zh-Hant',
};

const codePages = new Map(Object.entries(languages).flatMap(([codePage, names]) => names.split(' ').map((name) => [name, codePage] as const)));

/** Western Europe's, and the one that says least wrong where nothing is known of the language. */
export const defaultCodePage = 'windows-1252';

let own: string | undefined;

/** The code page of this computer's language. Where the language is asked for first, it takes as long as reading some megabytes of a log. */
export function ownCodePage(): string {
  own ??= codePageOf(Intl.DateTimeFormat().resolvedOptions().locale);
  return own;
}

/** How files are read that were written on this computer: the code page is asked for only where one is neither UTF-8 nor UTF-16. */
export const asThisComputer = {
  get codePage(): string {
    return ownCodePage();
  },
};

/** The code page of a locale such as "ja-JP", under the name that iconv-lite has for it; that of Western Europe for any other text. */
export function codePageOf(locale: string): string {
  try {
    const { language, script } = new Intl.Locale(locale).maximize();
    return codePages.get(`${language}-${script}`) ?? codePages.get(language) ?? defaultCodePage;
  } catch {
    return defaultCodePage;
  }
}
