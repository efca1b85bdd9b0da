/** What a YAML parser's complaint means to the person who wrote the file. Words only. */
import type { ErrorCode } from 'yaml';

interface Words {
  readonly message: string;
  readonly fix: string;
}

const QUOTE = 'Put the value in quotes.';

const WORDS: Partial<Record<ErrorCode, Words>> = {
  TAB_AS_INDENT: { message: 'this line is indented with a tab, which YAML does not allow', fix: 'Indent with spaces.' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'this line has a second `: `, or is indented deeper than the line above allows',
    fix: 'Put a value that contains `: ` in quotes, or line the key up with its siblings.',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'this line is not `key: value`',
    fix: 'Add the colon and a space after the key, or line it up with its siblings.',
  },
  BAD_SCALAR_START: {
    message: 'this value begins with a character that YAML keeps for itself (@, ` or %)',
    fix: QUOTE,
  },
  BAD_DQ_ESCAPE: {
    message: 'this value has a backslash that YAML does not know',
    fix: 'Put the value in single quotes, or write \\\\ for a backslash.',
  },
  NON_STRING_KEY: {
    message: 'a key has to be plain text, and here it is a map, a list or an alias',
    fix: 'Put the value in quotes if it begins with {{, [ or *.',
  },
  MULTIPLE_DOCS: {
    message: 'the file holds more than one YAML document, and only one can be read',
    fix: 'Keep one document, and give each service a file in its own folder.',
  },
  RESOURCE_EXHAUSTION: { message: 'the file is nested too deep to be read', fix: 'Write it flatter.' },
};

/** A sentence for an error code, with the parser's own words where we have none. */
export function syntaxWords(code: ErrorCode, original: string): Words {
  const flow = /^Flow (map|seq)/.exec(original)?.[1];
  if (flow) return flow === 'map' ? unclosed('map', '{', '}') : unclosed('list', '[', ']');
  const known = /^Implicit (map )?keys? need/.test(original) ? WORDS.MULTILINE_IMPLICIT_KEY : WORDS[code];
  if (known) return known;
  return {
    message: `this is not valid YAML: ${original.split('\n')[0]}`,
    fix: 'Correct the syntax here, or just before it.',
  };
}

function unclosed(what: string, begin: string, end: string): Words {
  return {
    message: `a ${what} that begins with ${begin} has no ${end}, or goes on too far to the left`,
    fix: `Close it with ${end} before the next key.`,
  };
}

/** For a file with `<<<<<<<` in it, whatever the parser says about that. */
export const CONFLICT: Words = {
  message: 'the file has an unresolved merge conflict',
  fix: 'Resolve it and remove the <<<<<<<, ======= and >>>>>>> lines.',
};
