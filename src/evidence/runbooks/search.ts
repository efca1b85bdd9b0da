/** What the search for runbooks shares: what was found, what was opened, and whether a page is a runbook at all. */

import type { Delegated, Unread } from '../../model.ts';
import { isForAssistants } from '../assistant-files.ts';
import type { SourceFile, Sources } from '../collector.ts';
import type { MarkdownDocument } from '../pages/markdown.ts';
import { pageText } from '../pages/page-text.ts';
import type { LinkWorld } from '../references/link-lookup.ts';
import { documentAt } from '../references/source-links.ts';
import { isOperational, isSubstantial } from './operations-signal.ts';
import type { Runbook } from './runbook.ts';

/** A document, or a part of one, that is taken for a runbook. */
export interface Candidate {
  readonly file: SourceFile;
  readonly document: MarkdownDocument;
  /** As Markdown. */
  readonly text: string;
  readonly why: Runbook['why'];
  /** Index of the section it starts at. */
  readonly from?: number;
}

/** What the search notes on its way. */
export interface Search {
  readonly sources: Sources;
  readonly world: LinkWorld;
  readonly unread: Unread[];
  readonly delegated: Delegated[];
  /** Files that were opened. */
  readonly opened: Set<string>;
}

/** In lower case: expressions that ignore case take twice as long to compile. */
const NEVER =
  /(?:^|\/)(?:\.github\/(?:issue_template|pull_request_template)|adrs?|decisions|post-?mortems?|retrospectives|blog|rfcs?|news)\/|(?:^|\/)[^/]*\d{4}-\d{2}-\d{2}[^/]*$|(?:^|\/)(?:agents|claude|gemini|skill|changelog|license|code_of_conduct|contributing|security|pull_request_template|_?template|.*[-_.]template)\.\w+(?:\.\w+)?$/;
/** Titles of pages about runbooks as such. */
const ABOUT =
  /\b(?:add|adding|writ\w+|creat\w+|contribut\w+|updat\w+|edit\w*|maintain\w*|review\w*)\b.*\b(?:run ?|play ?)books?\b|\b(?:run ?|play ?)books? (?:template|guidelines?|conventions?|style|review)\b/;
/** A part of every such title: few have one, and the whole expression takes long to compile. */
const ABOUT_WORD = /add|writ|creat|contribut|updat|edit|maintain|review|template|guideline|convention|style/;
/** Titles of reports on what once happened. */
const REPORT = /\b(?:incident|outage|post-?mortem)\b.*\b\d{4}-\d{2}-\d{2}\b/i;
const INDEX = /(?:^|\/)(?:readme|_?index)\.[\w.]+$/i;

/** Whether a page is no runbook whatever it says; a name with a date is that of a record. */
export function isNever(path: string): boolean {
  return NEVER.test(path.toLowerCase()) || isForAssistants(path);
}

/** Notes a file as opened and reads it. */
export function openPage(
  file: SourceFile,
  { sources, unread, opened }: Search,
): Pick<Candidate, 'file' | 'document' | 'text'> | undefined {
  opened.add(`${file.root}:${file.path}`);
  const document = documentAt(file, sources, unread);
  const text = sources.text(file, unread);
  return document && text !== undefined ? { file, document, text: pageText(file.path, text).markdown } : undefined;
}

/** Whether what a page holds bears out what its name says; one that plainly is called a runbook is one, and be it empty. */
export function isRunbook(candidate: Pick<Candidate, 'file' | 'document' | 'text'>, strong: boolean): boolean {
  const { file, document, text } = candidate;
  if (isNone(candidate)) return false;
  return (strong && !INDEX.test(file.path)) || isOperational(document, text);
}

/** Whether a title, or a heading, announces how runbooks are written and not what one says. */
export function isAbout(title: string): boolean {
  const lower = title.toLowerCase();
  return ABOUT_WORD.test(lower) && ABOUT.test(lower);
}

/** In a folder of runbooks, the page that lists them and the template for new ones are none. */
export function isNone({ file, document, text }: Pick<Candidate, 'file' | 'document' | 'text'>): boolean {
  if (isAbout(document.title ?? '') || REPORT.test(document.title ?? '')) return true;
  return isNever(file.path) || (INDEX.test(file.path) && !isSubstantial(document, text));
}

/** A file of a root by its path. */
export function fileAt(root: string, path: string, sources: Sources): SourceFile | undefined {
  return (root === '' ? sources.shared : sources.filesOf(root)).find((file) => file.path === path);
}
