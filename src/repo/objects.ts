/** Reads contents out of git's object store in batches: sizes first, so that nothing too large is ever asked for. */
import { catFile, type Seal } from './sealed-git.ts';

/** Size of each blob among the named objects; others (missing, trees) are not in the answer. Names are object ids or `commit:path`. */
export function blobSizes(seal: Seal, names: readonly string[]): ReadonlyMap<string, number> {
  const lines = catFile(seal, '--batch-check', names, 0).toString('utf8').split('\n');
  const sizes = new Map<string, number>();
  names.forEach((name, index) => {
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(lines[index] ?? '')?.[1];
    if (size !== undefined) sizes.set(name, Number(size));
  });
  return sizes;
}

/** Commit that each tag stands for, by the tag's object; what leads to no commit is not in the answer. */
export function peeled(seal: Seal, ids: readonly string[]): ReadonlyMap<string, string> {
  const unique = [...new Set(ids)];
  const names = unique.map((id) => `${id}^{commit}`);
  const lines = catFile(seal, '--batch-check', names, 0).toString('utf8').split('\n');
  const commits = unique.flatMap((id, index) => {
    const commit = /^([0-9a-f]+) commit \d+$/.exec(lines[index] ?? '')?.[1];
    return commit === undefined ? [] : [[id, commit] as const];
  });
  return new Map(commits);
}

/** Content of each named blob; objects of other kinds are not in the answer. Throws `OutputTooLargeError` where all of them are more than `most` bytes. */
export function blobs(seal: Seal, names: readonly string[], most: number): ReadonlyMap<string, Buffer> {
  const output = catFile(seal, '--batch', names, most);
  const contents = new Map<string, Buffer>();
  let at = 0;
  for (const name of names) {
    const end = output.indexOf(0x0a, at);
    if (end < 0) break;
    const [, kind, size] = /^[0-9a-f]+ (blob|tree|commit|tag) (\d+)$/.exec(output.toString('latin1', at, end)) ?? [];
    at = end + 1;
    if (size === undefined) continue;
    if (kind === 'blob') contents.set(name, output.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}

/** The same with their sizes, which must be known to be bearable. */
export function sizedBlobs(seal: Seal, sizes: ReadonlyMap<string, number>): ReadonlyMap<string, Buffer> {
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return blobs(seal, [...sizes.keys()], total);
}
