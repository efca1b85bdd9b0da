/** Reads a CODEOWNERS file into its rules with their lines, GitLab's sections included. Matching is gitignore's, which both platforms follow. */

/** One line that names a pattern. */
export interface OwnerLine {
  readonly pattern: string;
  /** As written: `@org/team`, `@person` or an address; empty where nobody is named. */
  readonly owners: readonly string[];
  readonly section?: string;
  readonly line: number;
}

/** A line that no platform can make sense of. */
export interface OwnerFault {
  readonly what: 'conflict-marker' | 'not-codeowners';
  readonly text: string;
  readonly line: number;
}

/** A file's rules and faults. */
export interface OwnerFile {
  readonly lines: readonly OwnerLine[];
  readonly faults: readonly OwnerFault[];
}

const SECTION = /^\^?\[([^\]]+)\](?:\[\d+\])?\s*(.*)$/;
const CONFLICT = /^(<{7}|={7}|>{7})(\s|$)/;
const OWNER = /^(@[\w.-]+(\/[\w.-]+)*|@@[\w-]+|[\w.+-]+@[\w-]+(\.[\w-]+)+)$/;

/** Reads the text of a CODEOWNERS file. */
export function readCodeowners(text: string): OwnerFile {
  const lines: OwnerLine[] = [];
  const faults: OwnerFault[] = [];
  let section: { readonly name: string; readonly owners: readonly string[] } | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const content = raw.replace(/(^|\s)#.*$/, '').trim();
    const line = index + 1;
    if (CONFLICT.test(raw)) faults.push({ what: 'conflict-marker', text: raw.trim(), line });
    else if (SECTION.test(content)) section = sectionOf(content);
    else if (content !== '') addRule(content, line, section, lines, faults);
  }
  return { lines, faults };
}

function sectionOf(content: string): { readonly name: string; readonly owners: readonly string[] } {
  const [, name = '', rest = ''] = SECTION.exec(content) ?? [];
  return { name, owners: rest.split(/\s+/).filter((word) => OWNER.test(word)) };
}

function addRule(
  content: string,
  line: number,
  section: ReturnType<typeof sectionOf> | undefined,
  lines: OwnerLine[],
  faults: OwnerFault[],
): void {
  // A space within a pattern is written `\ `.
  const [pattern = '', ...words] = content.split(/(?<!\\)\s+/);
  if (pattern.endsWith(':') || words.some((word) => !OWNER.test(word))) {
    faults.push({ what: 'not-codeowners', text: content.slice(0, 200), line });
    return;
  }
  const owners = words.length > 0 ? words : (section?.owners ?? []);
  lines.push({ pattern, owners, ...(section && { section: section.name }), line });
}
