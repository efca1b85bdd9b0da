/** Manifests of TOML, whose parser throws on what is none. */
import { parse } from 'smol-toml';
import { record } from '../plain-value.ts';
import { perText } from './per-text.ts';
import { plainText } from './plain-text.ts';

/** Largest manifest that is parsed, in characters. */
const LONGEST = 2_000_000;

type Tables = Readonly<Record<string, unknown>>;

/** Its tables; undefined where it is no TOML. */
export const parsedToml = perText(({ text }) => parsed(text));

function parsed(text: string): Tables | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    return record(parse(plainText(text)));
  } catch {
    return undefined;
  }
}
