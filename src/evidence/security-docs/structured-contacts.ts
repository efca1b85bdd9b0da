/** Reads security contacts out of files made for machines: security.txt, OpenSSF Security Insights, issue forms, lists of people. Pure. */
import { isDate } from '../../dates.ts';
import type { YamlFile } from '../yaml/yaml.ts';
import type { Way } from './report-passage.ts';

/** The contacts of an RFC 9116 security.txt, and until when they hold. */
export function fromSecurityTxt(text: string): { readonly ways: readonly Way[]; readonly expires?: string } {
  const lines = text.split(/\r?\n/, 500);
  const ways = lines.flatMap((line, index): readonly Way[] => {
    const value = /^contact:\s*(\S.*)$/i.exec(line.slice(0, 1000))?.[1]?.trim() ?? '';
    if (/^https?:\/\/\S+$/i.test(value) && !isExample(value)) return [{ how: 'link', text: value, line: index + 1 }];
    const mail = /^(?:mailto:)?([\w.+%-]+@[\w-]+(?:\.[\w-]+)+)$/i.exec(value)?.[1];
    return mail && !isExample(mail) ? [{ how: 'mail', text: mail, line: index + 1 }] : [];
  });
  const expires = lines
    .map((line) => /^expires:\s*(\d{4}-\d{2}-\d{2})/i.exec(line)?.[1])
    .find((it) => it && isDate(it));
  return { ways, ...(expires && { expires }) };
}

const MAIL_KEYS = /^(?:email|email-contact|value)$/;

/** The contacts of a Security Insights file, version 1 or 2. */
export function fromInsights({ documents }: YamlFile): readonly Way[] {
  const [document] = documents;
  if (!document) return [];
  const root = objectOf(document.value);
  const paths: (readonly (string | number)[])[] = [['vulnerability-reporting'], ['project', 'vulnerability-reporting']];
  if (Array.isArray(root['security-contacts']))
    paths.push(...root['security-contacts'].map((_, index) => ['security-contacts', index]));
  return paths.flatMap((path) => {
    const entry = objectOf(path.reduce<unknown>((value, step) => objectOf(value)[step], root));
    if (entry['accepts-vulnerability-reports'] === false || entry['reports-accepted'] === false) return [];
    const own = waysOf(entry, (key) => document.at([...path, key]).line);
    return [...own, ...waysOf(objectOf(entry.contact), (key) => document.at([...path, 'contact', key]).line)];
  });
}

function waysOf(entry: Readonly<Record<string, unknown>>, lineOf: (key: string) => number): readonly Way[] {
  return Object.entries(entry).flatMap(([key, value]): readonly Way[] => {
    if (typeof value !== 'string' || isExample(value)) return [];
    if (MAIL_KEYS.test(key) && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
      return [{ how: 'mail', text: value.slice(0, 200), line: lineOf(key) }];
    const leads = /^(?:policy|security-policy|value|bug-bounty-url)$/.test(key) && /^https?:\/\/\S+$/.test(value);
    return leads ? [{ how: 'link', text: value.slice(0, 200), line: lineOf(key) }] : [];
  });
}

/** A threat model that a Security Insights file of version 1 says is kept at an address. */
export function threatModelElsewhere({
  documents,
}: YamlFile): readonly { readonly to: string; readonly line: number }[] {
  const [document] = documents;
  const entry = objectOf(objectOf(objectOf(document?.value)['security-artifacts'])['threat-model']);
  const urls = entry['evidence-url'];
  if (entry['threat-model-created'] !== true || !Array.isArray(urls)) return [];
  const line = document?.at(['security-artifacts', 'threat-model', 'evidence-url']).line ?? 1;
  return urls.flatMap((to) =>
    typeof to === 'string' && /^https?:\/\//.test(to) ? [{ to: to.slice(0, 200), line }] : [],
  );
}

/** The links of a forge's issue chooser that are for weaknesses. */
export function fromIssueChooser({ documents }: YamlFile): readonly Way[] {
  const [document] = documents;
  const links = objectOf(document?.value).contact_links;
  return (Array.isArray(links) ? links : []).flatMap((link, index): readonly Way[] => {
    const { name, about, url } = objectOf(link);
    if (typeof url !== 'string' || !/^https?:|^mailto:/i.test(url) || isExample(url)) return [];
    if (!/\bsecurity\b|\bvulnerabilit/i.test(`${name} ${about}`)) return [];
    return [{ how: 'link', text: url.slice(0, 200), line: document?.at(['contact_links', index, 'url']).line ?? 1 }];
  });
}

function isExample(text: string): boolean {
  return /\bexample\.(?:com|org|net)\b|@example\b|<[^>]*>/i.test(text);
}

/** Maps and lists alike, so that a path of keys and indexes can be followed. */
function objectOf(value: unknown): Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>) : {};
}
