/** Paths and names against patterns with `*`, by untrusted patterns, in bounded time. */

/** Longest pattern and path that are compared. */
const LONGEST = 200;
const LONGEST_PATH = 1000;

/** Whether a path fits a glob: `*` within a folder, `**` across folders. All ways are walked at once, so that no pattern takes long. */
export function globFits(pattern: string, path: string): boolean {
  if (pattern.length > LONGEST || path.length > LONGEST_PATH) return false;
  const wanted = pattern.split('/');
  const parts = path.split('/');
  let reached = new Set([0]);
  for (const [index, piece] of wanted.entries()) {
    const next = new Set<number>();
    for (const at of reached) {
      if (piece === '**') for (let to = at; to <= parts.length; to += 1) next.add(to);
      else if (at < parts.length && pieceFits(piece, parts[at] ?? '')) next.add(at + 1);
    }
    reached = next;
    if (index === wanted.length - 1) return reached.has(parts.length);
  }
  return false;
}

/** Whether a text fits a pattern in which `*` stands for anything. */
export function pieceFits(piece: string, part: string): boolean {
  const [first = '', ...rest] = piece.split('*');
  if (rest.length === 0) return piece === part;
  const last = rest.pop() ?? '';
  if (!part.startsWith(first) || !part.endsWith(last) || part.length < first.length + last.length) return false;
  let at = first.length;
  for (const middle of rest) {
    const found = part.indexOf(middle, at);
    if (found < 0 || found + middle.length > part.length - last.length) return false;
    at = found + middle.length;
  }
  return true;
}
