/** Manifests of TOML, whose parser throws on what is none. */
import { parse } from 'smol-toml';
import { record } from '../plain-value.ts';
import type { TextAt } from './locked.ts';
import { plainText } from './plain-text.ts';

/** Largest manifest that is parsed, in characters. */
const LONGEST = 2_000_000;

type Tables = Readonly<Record<string, unknown>>;

const parses = new WeakMap<TextAt, { readonly tables: Tables | undefined }>();

/** Its tables, parsed once; undefined where it is no TOML. */
export function parsedToml(manifest: TextAt): Tables | undefined {
  const known = parses.get(manifest) ?? { tables: parsed(manifest.text) };
  parses.set(manifest, known);
  return known.tables;
}

function parsed(text: string): Tables | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return record(parse(plainText(text)));
  } catch {
    return undefined;
  }
}
