/** Entries that name a service by its number in a register elsewhere, which knows who owns it. Reads the number; the register is not here. */
import type { Place } from '../model.ts';
import type { SourceFile, Sources } from './collector.ts';
import { placeIn } from './sources.ts';

/** An entry in a register. */
export interface RegisteredOwner {
  readonly id: string;
  /** What one would have to ask. */
  readonly register: string;
  readonly at: Place;
}

/** Files, the line that names the entry, and the register, one row for each custom. */
const ENTRIES: readonly (readonly [path: RegExp, line: RegExp, register: string])[] = [
  [
    /(^|\/)es-metadata\.ya?ml$/,
    /^accountableOwners:\s*\n(?:[ \t]+\S.*\n)*?[ \t]+service:[ \t]*["']?([\w-]{8,64})/m,
    'the service tree',
  ],
  [/(^|\/)values[\w.-]*\.ya?ml$/, /^[ \t]*productId:[ \t]*["']?([A-Z]{2,12}[- ]?\d{1,6})\b/m, 'the product catalogue'],
];

/** The entries that the service's own files name, each number once. */
export function registeredOwners({ files, text }: Pick<Sources, 'files' | 'text'>): readonly RegisteredOwner[] {
  const found = files.filter((file) => file.class === 'source').flatMap((file) => entryIn(file, text));
  return [...new Map(found.map((it) => [it.id, it])).values()].slice(0, 5);
}

function entryIn(file: SourceFile, text: Sources['text']): readonly RegisteredOwner[] {
  return ENTRIES.flatMap(([path, line, register]) => {
    const content = path.test(file.path) ? text(file, [])?.slice(0, 100_000) : undefined;
    const match = content === undefined ? null : line.exec(content);
    if (!match?.[1] || content === undefined) return [];
    const end = match.index + match[0].length;
    return [{ id: match[1], register, at: placeIn(file, content.slice(0, end).split('\n').length) }];
  });
}
