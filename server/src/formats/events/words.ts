/** The words that Windows puts around an event, in the languages of its desktop. The response inside is English in all of them. */

import { withSingleBlanks } from '../../text/excerpt.ts';

/** What a label line of an event says. */
export type Role = 'logName' | 'source' | 'date' | 'time' | 'id' | 'category' | 'level' | 'keywords' | 'user' | 'computer' | 'description' | 'xml';

/**
 * English with wevtutil's and the old Event Viewer's names, then German, French, Spanish, Italian, Portuguese of Brazil and of Portugal,
 * Dutch, Polish, Russian, Japanese, Chinese (simplified, traditional), Korean. A language that is missing is read by the order of its lines.
 */
const labels: Readonly<Record<Role, string>> = {
  logName:
    'Log Name|Protokollname|Nom du journal|Nombre de registro|Nome registro|Nome do Log|Nome do Registro|Nome do Registo|Logboeknaam|Nazwa dziennika|Имя журнала|ログの名前|日志名称|記錄檔名稱|로그 이름',
  source: 'Source|Event Source|Quelle|Origen|Origine|Fonte|Origem|Bron|Źródło|Источник|Подача|ソース|来源|來源|원본',
  date: 'Date|Logged|Datum|Fecha|Data|Дата|日付|日期|날짜',
  time: 'Time|Uhrzeit|Heure|Hora|Ora|Tijd|Godzina|Время|時刻|时间|時間|시간',
  id: "Event ID|Event Identifier|Ereignis-ID|ID de l'événement|Id. del evento|ID evento|Identificação do Evento|ID do Evento|Gebeurtenis-id|Identyfikator zdarzenia|Код события|イベント ID|事件 ID|事件識別碼|이벤트 ID",
  category:
    'Task Category|Event Category|Task|Opcode|Aufgabenkategorie|Catégorie de la tâche|Categoría de la tarea|Categoría de tarea|Categoria attività|Categoria da Tarefa|Taakcategorie|Kategoria zadania|Категория задачи|タスクのカテゴリ|任务类别|工作類別|작업 범주',
  level: 'Level|Event Type|Ebene|Niveau|Nivel|Livello|Nível|Poziom|Уровень|レベル|级别|等級|수준',
  keywords: 'Keywords|Keyword|Schlüsselwörter|Mots clés|Palabras clave|Parole chiave|Palavras-chave|Trefwoorden|Słowa kluczowe|Ключевые слова|キーワード|关键字|關鍵字|키워드',
  user: 'User|User Name|Benutzer|Utilisateur|Usuario|Utente|Usuário|Utilizador|Gebruiker|Użytkownik|Пользователь|ユーザー|用户|使用者|사용자',
  computer: 'Computer|Ordinateur|Equipo|Computador|Komputer|Компьютер|コンピューター|计算机|電腦|컴퓨터',
  description: 'Description|Message Text|Event Description|Beschreibung|Descripción|Descrizione|Descrição|Beschrijving|Opis|Описание|説明|描述|설명',
  xml: "Event Xml|Ereignis-XML|XML de l'événement|XML de evento|XML evento|XML do Evento|Gebeurtenis-XML|Kod XML zdarzenia|Xml события|イベント XML|事件 Xml|이벤트 XML",
};

const asWritten = new Map(Object.entries(labels).flatMap(([role, words]) => words.split('|').map((word) => [word, role as Role])));
const roles = new Map([...asWritten].map(([word, role]) => [comparable(word), role]));

/** What a label means; undefined for a word that is no label of Windows in these languages. */
export function roleOf(label: string): Role | undefined {
  return asWritten.get(label) ?? roles.get(comparable(label)) ?? (/^event ?id$/i.test(label) ? 'id' : undefined);
}

/**
 * Labels of an event's id in languages whose regions write 3/4/2026 for the third of April wherever they count 24 hours:
 * French, Spanish, Italian, Portuguese, Dutch (Unicode CLDR 42: only es-PA, es-PR and es-US write the month first, with 12 hours).
 */
export const dayFirstLabel = /^(?:ID de l['\u2019]événement|Id\. del evento|ID evento|Identificação do Evento|ID do Evento|Gebeurtenis-id)$/i;

/** Web pages and mail programs change apostrophes, blanks and case. */
function comparable(label: string): string {
  return withSingleBlanks(label).replaceAll('\u2019', "'").trim().toLowerCase();
}

/** How the description of event 2004 begins: the words for "send connector". The name of the connector follows, then a colon. */
export const sendConnectorLead =
  /^\s*(?:Send connector|Sendeconnector|Sendeconnektor|Connecteur d['\u2019]envoi|Conector de env[ií]o|Connettore di invio|Verzendconnector|Łącznik wysyłania|Соединитель отправки|送信コネクタ[ー]?|发送连接器|傳送連接器|송신 커넥터)[\s\u00A0"'\u201E\u00AB]+/i;

/** Words of a translated template that stand behind the response: German puts its verb last, and a question mark is its umlaut saved as ASCII. Other words could be the server's own. */
export const templateTail = /\s(?:best[ä?\uFFFD]tigt|quittiert)$/i;
