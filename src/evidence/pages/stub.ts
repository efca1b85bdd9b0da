/** Tells a mark that stands for text yet to be written (TODO, coming soon, `<…>`) from an answer such as N/A. */

const MARKS = new RegExp(
  `^(?:${[
    'to-?do',
    'tb[dac]',
    'fixme',
    'wip',
    'work in progress',
    'under construction',
    '(?:this (?:section|page|runbook) is )?coming soon',
    '(?:this (?:section|page|runbook) (?:is|has|needs) )?(?:still )?to be (?:done|written|added|completed|documented|defined|determined|decided|confirmed|announced|filled(?: in)?)(?: later)?',
    'placeholder(?: text)?',
    'lorem ipsum\\b.*',
    '(?:fill (?:me|this|it) in|fill in(?: here)?|write me)',
    '(?:insert|add|describe|enter|your)\\b[^.]{0,60}\\bhere',
    '(?:content|text|details) (?:goes|to go) here',
  ].join('|')})$`,
  's',
);

/** A longer text says something, unless it is the printers' filler. */
const LONGEST = 400;

/** Capitals followed by what is to be done, as people leave notes to themselves. */
const NOTE = /^[[({*_]*(?:TODO|TBD|TBC|TBA|FIXME)(?:\([^)]*\))?[\])}*_]*\s*(?:[:–—-]|$)/;

/** Whether a whole paragraph, list item or cell is such a mark. */
export function isStub(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '') return false;
  if (trimmed.length > LONGEST) return /^lorem ipsum\b/i.test(trimmed);
  if (/^(?:\.{3,}|…+|\?{2,}|x{3,}|_{3,}|<\s*(?:…|\.{3})\s*>|\[\s*(?:…|\.{3})\s*\])$/i.test(trimmed)) return true;
  if (NOTE.test(trimmed)) return true;
  const bare = trimmed
    .replace(/^[\s[({<"'*_~`:.#-]+|[\s\])}>"'*_~`:.!…-]+$/g, '')
    .replace(/\s+/g, ' ')
    .toLowerCase();
  return MARKS.test(bare);
}

/** Line, from 0, of a comment in code that only says that the code is yet to be written. */
export function stubCommentLine(code: string): number | undefined {
  const index = code.split('\n').findIndex((line) => /^\s*(?:#|\/\/|--|;|<!--)\s*(?:TODO|TBD|FIXME)\b/.test(line));
  return index === -1 ? undefined : index;
}

/** Whether code holds nothing but comments that say it is yet to be written. */
export function isStubCode(code: string): boolean {
  const lines = code.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => isStub(line.replace(/^\s*(?:#|\/\/|--|;)+/, '')));
}

const ELEMENTS = new Set(
  'a abbr address article aside audio b blockquote br button caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i iframe img input ins kbd label li link main mark nav object ol p picture pre q rp rt ruby s samp script section small source span strike strong style sub summary sup svg table tbody td tfoot th thead time tr tt u ul var video wbr'.split(
    ' ',
  ),
);

/** Whether a tag is no tag but a blank to fill in, such as `<describe the impact>`. */
export function isBlank(tag: string): boolean {
  const match = /^<([a-z][\w-]*)((?:\s+[^<>=]*)?)>$/i.exec(tag.trim());
  if (!match) return false;
  const name = match[1] ?? '';
  if (isStub(`${name}${match[2] ?? ''}`)) return true;
  return !ELEMENTS.has(name.toLowerCase()) && name === name.toLowerCase();
}
