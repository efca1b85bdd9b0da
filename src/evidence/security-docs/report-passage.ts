/** Finds in prose where somebody who found a weakness is told how to report it: by the words of the passage and by what one can really use. Pure. */

import { proseLines } from '../pages/prose-lines.ts';
import { linkTarget } from '../references/link-target.ts';

/** A way to report a weakness. */
export interface Way {
  readonly how: 'mail' | 'link' | 'private-report';
  /** As written, at most 200 characters. */
  readonly text: string;
  readonly line: number;
}

const MAIL =
  /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b|\b[\w.+-]{1,64} ?[[({<] ?at ?[\])}>] ?[\w-]{1,63}(?: ?[[({<] ?dot ?[\])}>] ?[\w-]{1,63}|\.[\w-]{1,63}){1,5}/gi;
const NOBODY =
  /@(?:localhost|users\.noreply\.github\.com)\b|@(?:[\w-]+\.)*example\b|^(?:noreply|no-reply|git|user|username|you|your[\w.-]*)@|@(?:your|my)[\w-]*\./i;
const URL = /\bhttps?:\/\/[^\s<>"'`|\])]+/gi;
const DEFINITION = /^\s{0,3}\[([^\]]{1,100})\]:\s*<?(\S+?)>?(?:\s|$)/;

/** Somebody tells somebody. */
const TELL =
  /\b(?:report(?:s|ed|ing)?|disclos\w+|submit\w*|notify|contact|e-?mails?|reach(?:ing)? out|let us know|get in touch|send|fill out|write to)\b/i;
/** Somebody is sent on to where it is told; only a link with a telling name counts then. */
const SEND_ON = /\bplease (?:refer to|see|read|follow|consult)\b/i;
/** What is told: a weakness, not security in general. */
const WEAKNESS =
  /\bvulnerabilit(?:y|ies)\b|\bsecurity[- ](?:related )?(?:issues?|bugs?|problems?|concerns?|flaws?|holes?|findings?|reports?|incidents?|matters?|defects?|weakness(?:es)?|breach(?:es)?|disclosures?|exploits?)\b|\b(?:responsible|coordinated) disclosure\b|\bexploits?\b/i;
/** It speaks to the reader: a scanner that reports vulnerabilities does not. */
const ADDRESSED =
  /\bplease\b|\bto report\b|\bif you\b|\bwhen you\b|\b(?:should|must|can|may) be (?:reported|sent|directed|disclosed|submitted)\b|\b(?:do not|don['’]t) (?:\w+ ){0,3}(?:open|file|report|post|create|use|submit)\b|\b(?:e-?mail|contact|notify) (?:us|our|the)\b|\breport (?:it|them|any|all|a|an|security|suspected|potential|possible)\b/i;
/** Headings below which everything is about reporting. */
const HEADING =
  /\b(?:report|disclos)\w*\b.*(?:\bsecurity\b|\bvulnerabilit|\bdisclosure\b)|(?:\bsecurity\b|\bvulnerabilit\w*).*\b(?:report|disclos)\w*\b|\b(?:responsible|coordinated|vulnerability) disclosure\b|\bsecurity (?:contacts?|issues?|bugs?|vulnerabilit\w+|concerns?|problems?)\b|^(?:security )?vulnerabilit(?:y|ies)$/i;
/** Addresses that lead to a place for reports by their name. */
const PLACE =
  /secur|vuln|disclos|hackerone|bugcrowd|intigriti|yeswehack|openbugbounty|huntr|bounty|advisor|psirt|msrc|\bcert\b|\/issues\/new|\bforms?\b/i;
/** Pages that explain what a weakness is. */
const REFERENCE =
  /wikipedia|owasp|cve(?:details|\.mitre|\.org)|nvd\.nist|first\.org|semver\.org|shields\.io|badge|\.(?:png|svg|gif)(?:$|\?)|snyk\.io\/(?:advisor|test)|securityscorecards|bestpractices\.dev|keybase|pgp|\.asc$|keys\.openpgp/i;
/** A forge's own form, in words. */
const PRIVATE =
  /["'“`*_]report a vulnerability["'”`*_]|\b(?:private|privately)\b.{0,60}\b(?:report|advisor|disclos)|\b(?:report|submit|open|draft|create|file|disclose)\w*\b.{0,80}\b(?:security advisor(?:y|ies)|private vulnerability)|\bprivate vulnerability report/i;

interface Line {
  readonly text: string;
  readonly number: number;
}

/** Ways to report. `policy`: the whole text is a security policy, so that whatever address stands in it is for that. */
export function waysToReport(text: string, policy: boolean): readonly Way[] {
  const lines = proseLines(text).map((it, index) => ({ text: it.slice(0, 2000), number: index + 1 }));
  const definitions = definitionsIn(lines);
  return paragraphsOf(lines)
    .filter(({ below, lines: own }) => policy || below || speaksOfReporting(textOf(own)))
    .flatMap((paragraph) => waysIn(paragraph, definitions, policy));
}

function definitionsIn(lines: readonly Line[]): ReadonlyMap<string, string> {
  const found = lines.flatMap(({ text }) => {
    const [, name, target] = DEFINITION.exec(text) ?? [];
    return name && target ? [[name.toLowerCase(), target] as const] : [];
  });
  return new Map(found);
}

function speaksOfReporting(text: string): boolean {
  return (TELL.test(text) || SEND_ON.test(text)) && WEAKNESS.test(text) && ADDRESSED.test(text);
}

/** A block between blank lines; a heading is one of its own. */
interface Paragraph {
  readonly lines: readonly Line[];
  /** It stands below a heading about reporting. */
  readonly below: boolean;
}

function paragraphsOf(lines: readonly Line[]): readonly Paragraph[] {
  let level = 0;
  return blocksOf(lines).map((block) => {
    const [, marks = '', title = ''] = /^\s{0,3}(#{1,6})\s+(.*)$/.exec(block[0]?.text ?? '') ?? [];
    if (marks !== '' && (level === 0 || marks.length <= level)) level = HEADING.test(title) ? marks.length : 0;
    return { lines: block, below: level > 0 };
  });
}

function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blocks: Line[][] = [];
  let open: Line[] | undefined;
  for (const line of lines) {
    const heading = /^\s{0,3}#{1,6}\s/.test(line.text);
    if (line.text.trim() === '' || heading) open = undefined;
    if (line.text.trim() === '') continue;
    if (open) open.push(line);
    else {
      open = [line];
      blocks.push(open);
    }
    if (heading) open = undefined;
  }
  return blocks;
}

function textOf(paragraph: readonly Line[]): string {
  return paragraph.map(({ text }) => text).join(' ');
}

function waysIn(
  { lines, below }: Paragraph,
  definitions: ReadonlyMap<string, string>,
  policy: boolean,
): readonly Way[] {
  const text = textOf(lines);
  // In a policy that is not in English any mail address counts; a link has to be one for reports.
  const told = TELL.test(text) && (!policy || below || WEAKNESS.test(text));
  return lines.flatMap(({ text: line, number }) => {
    const mails = (line.match(MAIL) ?? []).filter((it) => !NOBODY.test(it));
    const links = [...(line.match(URL) ?? []), ...referencedIn(line, definitions)].filter((it) => isPlace(it, told));
    const asked = PRIVATE.test(line) && (policy || below || WEAKNESS.test(text));
    return [
      ...mails.map((it) => way('mail', it, number)),
      ...links.map((it) => way('link', it, number)),
      ...(asked ? [way('private-report', line.trim(), number)] : []),
    ];
  });
}

function referencedIn(line: string, definitions: ReadonlyMap<string, string>): readonly string[] {
  if (DEFINITION.test(line)) return [];
  return [...line.matchAll(/\[([^[\]]{1,100})\](?:\[([^[\]]{0,100})\])?/g)].flatMap(
    ([, words = '', name = '']) => definitions.get((name || words).toLowerCase()) ?? [],
  );
}

function isPlace(url: string, told: boolean): boolean {
  const { kind } = linkTarget(url.replace(/[.,;:!?*_]+$/, ''));
  if (kind !== 'url' && kind !== 'hosted') return false;
  return !REFERENCE.test(url) && (told || PLACE.test(url));
}

function way(how: Way['how'], text: string, line: number): Way {
  return { how, text: text.replace(/[.,;:!?*_]+$/, '').slice(0, 200), line };
}
