/** Builds an advisory database from OSV records: merged, sorted, and the same bytes whatever the order of the records. */
import { createHash } from 'node:crypto';
import type { Advisory } from '../advisory.ts';
import { advisoriesOf } from '../merged.ts';
import type { BuildOptions, BuiltDatabase, DatabaseHeader } from './database.ts';
import { headerLine } from './header.ts';
import { type Entry, hashOf, indexBytes } from './index-file.ts';
import { rowOf } from './row.ts';

/** Builds both files. Records may be anything: what is none is a trouble. Records of malware are advisories too where they are handed in. */
export async function buildDatabase(
  records: Iterable<unknown> | AsyncIterable<unknown>,
  options: BuildOptions,
): Promise<BuiltDatabase> {
  const { ecosystem, order, asOf, sources, builder, complete = true } = options;
  const merged = await advisoriesOf(ecosystem, order, records);
  const lines = linesOf(merged.byPackage);
  const body = Buffer.concat(lines.map(({ bytes }) => bytes));
  const header: DatabaseHeader = {
    gonogoDb: 1,
    ecosystem,
    asOf,
    newestModified: merged.newestModified,
    records: merged.records,
    packages: lines.length,
    complete,
    sources,
    builder,
    bytes: body.length,
    digest: createHash('sha256').update(body).digest('hex'),
  };
  const head = Buffer.from(headerLine(header));
  return {
    header,
    adv: Buffer.concat([head, body]),
    idx: indexBytes(entriesOf(lines, head.length), header.digest),
    troubles: merged.troubles,
  };
}

interface Line {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One line a package, sorted by the bytes of its name. Neither names nor JSON hold a tab or an end of line. */
function linesOf(byPackage: ReadonlyMap<string, readonly Advisory[]>): readonly Line[] {
  return [...byPackage]
    .map(([name, advisories]) => ({ name, bytes: Buffer.from(`${name}\t${JSON.stringify(advisories.map(rowOf))}\n`) }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
}

function entriesOf(lines: readonly Line[], start: number): readonly Entry[] {
  let offset = start;
  return lines.map(({ name, bytes }) => {
    const entry = { hash: hashOf(name), offset, length: bytes.length - 1 };
    offset += bytes.length;
    return entry;
  });
}
