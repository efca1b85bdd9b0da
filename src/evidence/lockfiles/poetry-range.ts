/** Poetry's own way to write ranges (`^1.2`, `~1.2`, `1.*`, `||`), put as PEP 440 specifiers. */

/** Specifier sets of which one has to hold; undefined where the text is not understood. */
export function poetryRange(text: string): readonly string[] | undefined {
  const sets = text.split(/\|\|?/).map((it) => specifiers(it));
  return sets.includes(undefined) ? undefined : (sets as readonly string[]);
}

function specifiers(text: string): string | undefined {
  const parts = text
    .replace(/([<>=~!^])\s+/g, '$1')
    .split(/[\s,]+/)
    .filter((it) => it !== '');
  const put = parts.map(specifier);
  return put.includes(undefined) || put.length === 0 ? undefined : put.filter((it) => it !== '').join(',');
}

const PART = /^(\^|~(?!=)|~=|[<>=!]{1,3})?v?(\d[\w.!+*-]*|\*)$/;

function specifier(part: string): string | undefined {
  const [, operator, version = ''] = PART.exec(part) ?? [];
  if (version === '') return undefined;
  if (version === '*') return operator === undefined || operator === '==' ? '' : undefined;
  if (operator === undefined || operator === '=') return `==${version}`;
  if (operator !== '^' && operator !== '~') return part;
  const release = version
    .replace(/[^\d.].*$/, '')
    .split('.')
    .filter((it) => it !== '');
  const kept = operator === '^' ? leading(release) : Math.min(2, release.length);
  const above = release.slice(0, kept).map((it, at) => (at === kept - 1 ? String(BigInt(it) + 1n) : it));
  return `>=${version},<${above.join('.')}`;
}

/** How many parts of a release a caret holds: up to the first that is not zero. */
function leading(release: readonly string[]): number {
  const first = release.findIndex((it) => !/^0+$/.test(it));
  return first < 0 ? release.length : first + 1;
}
