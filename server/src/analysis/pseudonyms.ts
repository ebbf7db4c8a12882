/**
 * Stands names in for those of people and machines: the same address, host or subject has the same name everywhere, and what an address and a
 * host have in common is still seen. The names are such as can be nobody's (RFC 2606, RFC 3849, RFC 1112), and read as what they stand for.
 */

import { type CaptureName, type Captures, captureNames } from '../values.ts';
import { findIdentities, type Identity, isPublicHost } from './identities.ts';

export class Pseudonyms {
  private readonly domains = new Numbers();
  private readonly hosts = new Numbers();
  private readonly users = new Numbers();
  private readonly addresses4 = new Numbers();
  private readonly addresses6 = new Numbers();
  private readonly subjects = new Numbers();
  private readonly names = new Numbers();
  /** The names without a dot that are known to be hosts, as they are written in a text. */
  private readonly words = new Map<string, string>();

  /**
   * A text with all that is found in it replaced. What it says of codes, protocols and products stays.
   * @param about What is known of whom the text is about: there the part of an address before its at sign is a name, and elsewhere a word.
   */
  redact(text: string, about: Pick<Captures, 'recipient' | 'sender'> = {}): string {
    let written = '';
    let end = 0;
    const own = [about.recipient, about.sender].flatMap((address) => /^([^@]{3,})@/.exec(address ?? '')?.[1] ?? []).filter((name) => !ordinaryNames.has(name.toLowerCase()));
    const words = own.length === 0 ? this.words : new Map([...this.words, ...own.map((name) => [name, ''] as const)]);
    for (const identity of findIdentities(text, words)) {
      const name = text.slice(identity.start, identity.end);
      const isOwn = identity.kind === 'host' && own.includes(name);
      written += text.slice(end, identity.start) + (isOwn ? this.user(name) : this.standIn(identity, name));
      ({ end } = identity);
    }
    return written + text.slice(end);
  }

  /** Values that a log names, each replaced as its name says. */
  captures(captures: Captures): Captures {
    const replaced: Partial<Record<CaptureName, string>> = {};
    // What is learnt of hosts helps where they stand in another value.
    for (const name of ['server', 'remoteHost'] as const) if (captures[name] !== undefined) this.host(captures[name]);
    for (const name of captureNames) {
      const value = captures[name];
      if (value !== undefined) replaced[name] = this.capture(name, value);
    }
    return replaced;
  }

  capture(name: CaptureName, value: string): string {
    switch (name) {
      case 'recipient':
      case 'sender':
        return value.includes('@') ? this.address(value) : value === '' || value === '<>' ? value : this.user(value);
      case 'recipientDomain':
      case 'server':
      case 'remoteHost':
        return this.host(value);
      case 'messageId':
        return `<message-${this.names.of(value)}@${messageDomain}>`;
      case 'receiveConnector':
      case 'queue':
        return this.ofServer(value);
      case 'certificateSubject':
        return value.replace(/(?<==)[^,+]+/g, (part) => (/^[^\s.]+(?:\.[^\s.]+)+$/.test(part) ? this.host(part) : `entry-${this.names.of(part)}`));
      case 'certificateThumbprint':
        return value;
      default:
        return this.redact(value);
    }
  }

  /** What a server calls its own stands behind its name: `EX01\Default Frontend EX01`, `EX01\12345`. */
  private ofServer(value: string): string {
    const end = value.indexOf('\\');
    return end > 0 ? `${this.host(value.slice(0, end))}\\${this.redact(value.slice(end + 1))}` : this.redact(value);
  }

  /** "user-1@domain-1.invalid": who it is apart from where. */
  address(text: string): string {
    const [, local = '', domain = ''] = /^(.*)(?:@|%40)(.*)$/is.exec(text) ?? [];
    return `${this.user(local)}@${this.host(domain)}`;
  }

  private user(name: string): string {
    return `user-${this.users.of(name.toLowerCase())}`;
  }

  /** "host-2.domain-1.invalid", "domain-1.invalid", "host-3" for a name without a dot, or the stand-in of an address. */
  host(text: string): string {
    const name = text.toLowerCase().replace(/\.$/, '');
    const literal = /^\[(?:ipv6:)?([\da-f.:]+)\]$/.exec(name)?.[1];
    if (literal !== undefined) return `[${this.internetAddress(literal)}]`;
    if (/^[\d.]+$|:/.test(name)) return this.internetAddress(name);
    if (isStandIn.test(name)) return name;
    const labels = name.split('.');
    if (labels.length === 1) return this.singleName(text, name);
    const isShared = labels.length > 2 && (labels.at(-1) ?? '').length === 2 && (labels.at(-2) ?? '').length <= 3;
    const own = labels.slice(isShared ? -3 : -2).join('.');
    const domain = `domain-${this.domains.of(own)}.invalid`;
    return own === name ? domain : `host-${this.hosts.of(name)}.${domain}`;
  }

  /** "240.0.0.1" of a block that nobody has, "2001:db8::1" of the one for documentation. */
  internetAddress(text: string): string {
    const address = text.toLowerCase();
    if (harmless.has(address) || /^240\.|^2001:db8::/.test(address)) return text;
    if (address.includes(':')) return `2001:db8::${this.addresses6.of(address).toString(16)}`;
    const number = this.addresses4.of(address);
    return `240.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  }

  private singleName(text: string, name: string): string {
    const standIn = `host-${this.hosts.of(name)}`;
    if (text.length > 2 && !ordinaryNames.has(name)) for (const written of [text, name, name.toUpperCase()]) this.words.set(written, standIn);
    return ordinaryNames.has(name) ? text : standIn;
  }

  /** Where it leads to stays, as a stand-in; what stands behind it often names whom it is about. */
  private link(text: string): string {
    const [, start = '', host = '', rest = ''] = /^(https?:\/\/)(?:[^/@]*@)?([^/:?#]*)(.*)$/i.exec(text) ?? [];
    return `${start}${isPublicHost(host) ? host : this.host(host)}${/^[/.,;]?$/.test(rest) ? rest : '/...'}`;
  }

  /** A text with all stand-ins in it replaced by what they stand for; one that was never given stays. */
  original(text: string): string {
    return text.replace(standIns, (standIn: string, ...given: unknown[]) => {
      const { message, user, host, domain, version4, version6 } = given.at(-1) as Readonly<Partial<Record<string, string>>>;
      if (message !== undefined) return this.names.text(Number(message)) ?? standIn;
      if (user !== undefined) return this.users.text(Number(user)) ?? standIn;
      if (host !== undefined) return this.hosts.text(Number(host)) ?? standIn;
      if (domain !== undefined) return this.domains.text(Number(domain)) ?? standIn;
      if (version6 !== undefined) return this.addresses6.text(Number.parseInt(version6, 16)) ?? standIn;
      return this.addresses4.text((version4 ?? '').split('.').reduce((sum, part) => sum * 256 + Number(part), 0)) ?? standIn;
    });
  }

  private standIn({ kind }: Identity, text: string): string {
    if (kind === 'address') return isStandIn.test(text) ? text : this.address(text);
    if (kind === 'link') return this.link(text);
    if (kind === 'user') return isStandIn.test(text) ? text : this.user(text);
    if (kind === 'host') return this.host(text);
    if (kind === 'internetAddress') return this.internetAddress(text);
    if (kind === 'subject') return `subject-${this.subjects.of(text)}`;
    return `${kind}-${this.names.of(text.toLowerCase())}`;
  }
}

/** Names that say nothing of whose machine it is, and that stand in texts as words. */
const ordinaryNames = new Set([
  'localhost',
  'local',
  'mail',
  'mailbox',
  'recipient',
  'sender',
  'message',
  'account',
  'postmaster',
  'smtp',
  'server',
  'exchange',
  'relay',
  'host',
  'user',
  'unknown',
  'inbound',
  'outbound',
  'default',
  'internet',
]);
const harmless = new Set(['127.0.0.1', '0.0.0.0', '::', '::1']);
const messageDomain = 'message.invalid';
const isStandIn = /^user-\d+$|^(?:user-\d+@)?(?:host-\d+|(?:host-\d+\.)?domain-\d+\.invalid|message\.invalid)$|^message-\d+@message\.invalid$/;

/** The forms that are given above; what is longer comes before what it contains. */
const standIns = new RegExp(
  [
    String.raw`<?\bmessage-(?<message>\d{1,15})@message\.invalid\b>?`,
    String.raw`\buser-(?<user>\d{1,15})\b`,
    String.raw`\bhost-(?<host>\d{1,15})\b(?:\.domain-\d{1,15}\.invalid\b)?`,
    String.raw`\bdomain-(?<domain>\d{1,15})\.invalid\b`,
    String.raw`\b240\.(?<version4>\d{1,3}\.\d{1,3}\.\d{1,3})\b`,
    String.raw`\b2001:db8::(?<version6>[\da-f]{1,12})\b`,
  ].join('|'),
  'gi',
);

/** Counts what is new from 1. */
class Numbers {
  private readonly known = new Map<string, number>();
  private readonly texts: string[] = [''];

  of(text: string): number {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    this.known.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }

  text(number: number): string | undefined {
    return number === 0 ? undefined : this.texts[number];
  }
}
