/** What Exchange says to people in their language, copied without the codes: told where it proves itself, and silent in anybody's prose. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readRecords } from '../../server/src/formats/index.ts';
import { projectKnowledgeBase } from '../support/project.ts';
import { trials } from '../support/trials.ts';

interface Language {
  /** The sentence that names the message's recipient. */
  readonly lead: (address: string) => string;
  readonly nowhere: (name: string, domain: string) => string;
  readonly notFound: string;
  readonly tooLarge: string;
  readonly full: string;
}

const languages: Readonly<Record<string, Language>> = {
  English: {
    lead: (address) => `Your message to ${address} couldn't be delivered.`,
    nowhere: (name, domain) => `${name} wasn't found at ${domain}.`,
    notFound: "The email address you entered couldn't be found.",
    tooLarge: 'Your message is too large to send.',
    full: "The recipient's mailbox is full and can't accept messages now.",
  },
  German: {
    lead: (address) => `Ihre Nachricht konnte nicht an ${address} übermittelt werden.`,
    nowhere: (name, domain) => `${name} wurde in ${domain} nicht gefunden.`,
    notFound: 'Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.',
    tooLarge: 'Die Nachricht ist zu groß.',
    full: 'Das Postfach des Empfängers ist voll und kann zurzeit keine Nachrichten annehmen.',
  },
  French: {
    lead: (address) => `Votre message à ${address} n'a pas pu être remis.`,
    nowhere: (name, domain) => `${name} est introuvable à ${domain}.`,
    notFound: "L'adresse e-mail que vous avez entrée est introuvable.",
    tooLarge: 'Votre message est trop volumineux.',
    full: "La boîte aux lettres du destinataire est pleine et ne peut pas accepter de messages pour l'instant.",
  },
  Spanish: {
    lead: (address) => `No se pudo entregar el mensaje a ${address}.`,
    nowhere: (name, domain) => `No se encontró a ${name} en ${domain}.`,
    notFound: 'No se encontró la dirección de correo electrónico que especificó.',
    tooLarge: 'El mensaje es demasiado grande.',
    full: 'El buzón del destinatario está lleno y no puede aceptar mensajes en este momento.',
  },
  Italian: {
    lead: (address) => `Impossibile recapitare il messaggio a ${address}.`,
    nowhere: (name, domain) => `${name} non è stato trovato in ${domain}.`,
    notFound: "Impossibile trovare l'indirizzo di posta elettronica immesso.",
    tooLarge: 'Il messaggio è troppo grande.',
    full: 'La cassetta postale del destinatario è piena e al momento non può accettare messaggi.',
  },
  Dutch: {
    lead: (address) => `Uw bericht aan ${address} kan niet worden bezorgd.`,
    nowhere: (name, domain) => `${name} is niet gevonden bij ${domain}.`,
    notFound: 'Het e-mailadres dat u hebt opgegeven is niet gevonden.',
    tooLarge: 'Het bericht is te groot.',
    full: 'Het postvak van de geadresseerde is vol en kan nu geen berichten accepteren.',
  },
  Portuguese: {
    lead: (address) => `Não foi possível entregar a sua mensagem para ${address}.`,
    nowhere: (name, domain) => `${name} não foi encontrado em ${domain}.`,
    notFound: 'O endereço de e-mail inserido não foi encontrado.',
    tooLarge: 'A mensagem é muito grande.',
    full: 'A caixa de correio do destinatário está cheia e não pode aceitar mensagens agora.',
  },
};

const names = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}[a-z]$/);
const domains = fc.constantFrom('contoso.com', 'mail.fabrikam.com', 'contoso.co.uk');
const gaps = fc.constantFrom(' ', '\n', '\n\n', '\n> ', '\r\n');
const curled = fc.boolean();

const knowledge = projectKnowledgeBase();

/** What a record says with the documents of the project. */
function failuresOf(text: string): (string | undefined)[] {
  return readRecords(text).map(({ response }) => knowledge.matches(undefined, response)[0]?.failure.id);
}

for (const [language, { lead, nowhere, notFound, tooLarge, full }] of Object.entries(languages)) {
  suite(`Exchange's reasons in ${language}`, () => {
    test('are told where the parts of the address come again', () => {
      fc.assert(
        fc.property(names, domains, gaps, curled, (name, domain, gap, isCurled) => {
          const written = `${lead(`${name}@${domain}`)}${gap}${nowhere(name, domain)}\n`;
          const text = isCurled ? written.replaceAll("'", '\u2019') : written;
          const [record, ...others] = readRecords(text);
          assert.deepEqual(others, []);
          assert.equal(record?.captures.recipient, `${name}@${domain}`);
          assert.deepEqual(failuresOf(text), ['recipient-unknown']);
        }),
        trials(60),
      );
    });

    test('are told below a sentence about the delivery to an address', () => {
      for (const [sentence, failure] of [
        [notFound, 'recipient-unknown'],
        [tooLarge, 'message-too-large'],
        [full, 'mailbox-full'],
      ] as const) {
        assert.deepEqual(failuresOf(`${lead('anna@contoso.com')}\n${sentence}\n`), [failure], sentence);
      }
      assert.deepEqual(failuresOf(`${full}\n`), ['mailbox-full']);
    });

    test('are told alone where the message is too large', () => {
      const sentence = tooLarge.replace(' to send', '');
      for (const text of [sentence, `\u201C${sentence}\u201D`, sentence.replace(/\.$/, '')]) assert.deepEqual(failuresOf(`${text}\n`), ['message-too-large'], text);
    });

    test('are nobody else\u2019s sentences', () => {
      const silent = [
        nowhere('anna', 'contoso.com'),
        `${lead('anna@contoso.com')} ${nowhere('bob', 'contoso.com')}`,
        `${lead('anna@contoso.com')} ${nowhere('anna', 'fabrikam.com')}`,
        `anna@contoso.com: ${notFound}`,
        notFound,
        `x, ${tooLarge}`,
        `${tooLarge}\nAnd more.`,
        `x, ${full}`,
      ];
      for (const text of silent) assert.deepEqual(readRecords(`${text}\n`), [], text);
    });

    test('are left to the codes beside them', () => {
      const diagnostics = `\n\nGenerating server: EX01.contoso.com\n\nanna@contoso.com\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'\n`;
      const text = `${lead('anna@contoso.com')}\n${nowhere('anna', 'contoso.com')}${diagnostics}`;
      assert.deepEqual(
        readRecords(text).map(({ response }) => response?.enhancedCode),
        ['5.1.10'],
      );
    });
  });
}

test("Outlook's reasons are told where it says them", () => {
  const behalf = 'You do not have the permission to send the message on behalf of the specified user.';
  assert.deepEqual(failuresOf(`Contact your network administrator. ${behalf} Error is [0x80070005-0x0004dc-0x000524].\n`), ['send-as-denied']);
  assert.deepEqual(failuresOf('The following recipient(s) cannot be reached:\n   anna@contoso.com\n   The recipient has been deleted or has no e-mail address.\n'), [
    'recipient-unknown',
  ]);
  assert.deepEqual(failuresOf("Your message to anna@contoso.com couldn't be delivered.\n\nDelivery not authorized, message refused\n"), ['not-authorized']);
  for (const text of [behalf, 'The recipient has been deleted or has no e-mail address.', 'Delivery not authorized, message refused'])
    assert.deepEqual(readRecords(`${text}\n`), [], text);
});
