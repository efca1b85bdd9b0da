/** Requirements of Python packages as PEP 508 writes them, and names as PEP 503 compares them. */

/** One requirement. */
export interface PythonRequirement {
  /** Normalised. */
  readonly name: string;
  /** Normalised names of the extras it asks for. */
  readonly extras: readonly string[];
  /** As written; `*` where any version does. */
  readonly range: string;
  /** Address after `@`. */
  readonly url?: string;
  /** Condition after `;`, as written. */
  readonly marker?: string;
}

/** A name as the registry compares it. */
export function normalised(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const HEAD = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([\w\s,.-]*)\])?\s*/;
const SPECIFIER = /^[\w\s.*+!<>=~^|,()-]*$/;
const LONGEST = 20_000;

/** Reads one requirement; undefined where it is none. */
export function pythonRequirement(text: string): PythonRequirement | undefined {
  const head = text.length > LONGEST ? null : HEAD.exec(text);
  if (head === null) return undefined;
  const rest = text.slice(head[0].length);
  const found = { name: normalised(head[1] ?? ''), extras: extrasOf(head[2]) };
  if (rest.startsWith('@')) {
    const [address = '', ...marker] = rest.slice(1).trim().split(/\s;/);
    return /^\S+$/.test(address.trim())
      ? { ...found, range: '*', url: address.trim(), ...markerOf(marker.join(' ;')) }
      : undefined;
  }
  const at = rest.indexOf(';');
  const range = (at < 0 ? rest : rest.slice(0, at)).trim();
  if (!SPECIFIER.test(range) || /^[\w.]/.test(range)) return undefined;
  const bare = range.startsWith('(') && range.endsWith(')') ? range.slice(1, -1).trim() : range;
  return { ...found, range: bare === '' ? '*' : bare, ...markerOf(at < 0 ? '' : rest.slice(at + 1)) };
}

function extrasOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((it) => normalised(it.trim()))
    .filter((it) => it !== '');
}

function markerOf(text: string): { readonly marker?: string } {
  const marker = text.trim();
  return marker === '' ? {} : { marker };
}

/** Version that `==1.2.3` (or `===`) fixes; undefined where more than one version meets it. */
export function pinnedVersion(range: string): string | undefined {
  return /^={2,3}\s*([^\s,;*]+)$/.exec(range)?.[1];
}
