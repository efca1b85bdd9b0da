/** Reads threat models: prose in Markdown, and the files of Threat Dragon, Threagile, pytm and the Microsoft Threat Modeling Tool. Says which parts are there; judges no quality. */
import type { Place, Unread } from '../../model.ts';
import { isForAssistants } from '../assistant-files.ts';
import type { SourceFile, Sources } from '../collector.ts';
import type { MarkdownSection } from '../pages/markdown.ts';
import { PAGE } from '../pages/page-text.ts';
import { type Reviewed, reviewOf } from '../pages/review-date.ts';
import { documentAt } from '../references/source-links.ts';
import { placeIn } from '../sources.ts';

/** What a threat model is made of: what is worth attacking, how, and what stands against it. */
export type Part = 'assets' | 'threats' | 'mitigations';

/** One threat model. */
export interface ThreatModel {
  readonly at: Place;
  readonly format: 'markdown' | 'threat-dragon' | 'threagile' | 'pytm' | 'microsoft';
  /** Parts that are there, each where it begins. */
  readonly parts: readonly { readonly part: Part; readonly at: Place }[];
  /** When it says that it was last reviewed. */
  readonly reviewed?: Pick<Reviewed, 'on' | 'by'> & { readonly at: Place };
}

const NAME =
  /threat[-_. ]?models?(?:ling|ing)?(?:[-_. ][^/]*)?(?:\/|\.)|\.tm7$|threagile[^/]*\.ya?ml$|(?:^|\/)tm\.py$/i;
/** Guides and empty forms are about threat models. */
const ABOUT = /template|how[-_]to|guide|guideline|training|blog|presentation/i;
const READABLE = /\.(?:md|mdx|markdown|json|ya?ml|py|tm7)$/i;

/** Whether a path promises a threat model. */
export function mayBeThreatModel(path: string): boolean {
  return NAME.test(path) && READABLE.test(path) && !ABOUT.test(path) && !isForAssistants(path);
}

/** The threat model in a file; nothing where it holds none. */
export function readThreatModel(file: SourceFile, sources: Sources, unread: Unread[]): readonly ThreatModel[] {
  if (PAGE.test(file.path)) return fromMarkdown(file, sources, unread);
  if (/\.ya?ml$/i.test(file.path)) return fromThreagile(file, sources, unread);
  const text = sources.text(file, unread);
  if (text === undefined) return [];
  if (/\.json$/i.test(file.path)) return fromThreatDragon(file, text, unread);
  return /\.py$/i.test(file.path) ? fromPytm(file, text) : fromMicrosoft(file, text);
}

const HEADINGS: readonly (readonly [Part, RegExp])[] = [
  [
    'assets',
    /\bassets?\b|\btrust boundar|\bdata[- ]?flows?\b|\bwhat (?:we|to|is worth) protect|\bentry points?\b|\bwhat are we (?:working on|building)\b|\bsystem (?:model|description|overview)\b|\bscope\b|\bactors?\b/i,
  ],
  [
    'threats',
    /\bthreats?\b(?! model)|\bstride\b|\bspoofing\b|\btampering\b|\battack(?:s|ers?| trees?| vectors?| scenarios?)?\b|\babuse cases?\b|\bwhat can go wrong\b|\brisks?\b/i,
  ],
  [
    'mitigations',
    /\bmitigat|\bcontrols?\b|\bcounter-?measures?\b|\bsafeguards?\b|\bwhat are we going to do\b|\btreatments?\b|\bdefen[cs]es?\b/i,
  ],
];

/** By headings with something below them, and by the columns of a table of threats. */
function fromMarkdown(file: SourceFile, sources: Sources, unread: Unread[]): readonly ThreatModel[] {
  const document = documentAt(file, sources, unread);
  const text = sources.text(file, []);
  if (!document || text === undefined || ABOUT.test(document.title ?? '')) return [];
  const columns = tableHeads(text);
  const parts = HEADINGS.flatMap(([part, words]) => {
    const line = headed(document.sections, words) ?? columns.find((it) => words.test(it.text))?.line;
    return line === undefined ? [] : [{ part, at: placeIn(file, line) }];
  });
  const review = reviewOf(document.frontMatter, text);
  return [{ at: placeIn(file), format: 'markdown', parts, ...reviewedIn(file, review) }];
}

/** The first heading of that kind that is not left empty, the page's own title aside. */
function headed(sections: readonly MarkdownSection[], words: RegExp): number | undefined {
  return sections.find(
    ({ title, state, text }, index) =>
      words.test(title) &&
      state === 'filled' &&
      (text !== '' || deeper(sections, index)) &&
      !/\bthreat model/i.test(title),
  )?.line;
}

function deeper(sections: readonly MarkdownSection[], index: number): boolean {
  const next = sections[index + 1];
  return next !== undefined && next.level > (sections[index]?.level ?? 0) && next.text !== '';
}

/** Column heads of tables that have at least one row with words in it. */
function tableHeads(text: string): readonly { readonly text: string; readonly line: number }[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const rule = lines[index + 1] ?? '';
    const row = lines[index + 2] ?? '';
    const isHead = line.includes('|') && /^[\s|:-]+$/.test(rule) && rule.includes('-') && /\|.*\w|\w.*\|/.test(row);
    return isHead ? [{ text: line.slice(0, 500), line: index + 1 }] : [];
  });
}

function reviewedIn(file: SourceFile, review: Reviewed | undefined): Pick<ThreatModel, 'reviewed'> | undefined {
  return review && { reviewed: { on: review.on, by: review.by, at: placeIn(file, review.line) } };
}

/** Threagile finds the threats itself; what is done about them is in `risk_tracking`. */
function fromThreagile(file: SourceFile, sources: Sources, unread: Unread[]): readonly ThreatModel[] {
  const document = sources.yaml(file, unread)?.documents[0];
  const value = objectOf(document?.value);
  if (!document || value.technical_assets === undefined || value.threagile_version === undefined) return [];
  const parts = [
    ...filledKey('assets', 'technical_assets'),
    ...filledKey('threats', 'technical_assets'),
    ...filledKey('mitigations', 'risk_tracking'),
  ];
  function filledKey(part: Part, key: string): ThreatModel['parts'] {
    const filled = Object.keys(objectOf(value[key])).length > 0;
    return filled ? [{ part, at: placeIn(file, document?.at([key]).line) }] : [];
  }
  const review = reviewOf({ reviewed: value.date }, '');
  const at = review && placeIn(file, document.at(['date']).line);
  return [
    {
      at: placeIn(file),
      format: 'threagile',
      parts,
      ...(review && at && { reviewed: { on: review.on, by: review.by, at } }),
    },
  ];
}

/** Version 1 keeps the threats of an element in `threats`, version 2 in `data.threats`; a mitigation is text beside each. */
function fromThreatDragon(file: SourceFile, text: string, unread: Unread[]): readonly ThreatModel[] {
  const value = parsedJson(text);
  if (value === undefined) {
    unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: 'it is not JSON' });
    return [];
  }
  const diagrams = objectOf(objectOf(value).detail).diagrams;
  if (!Array.isArray(diagrams)) return [];
  const cells = diagrams.flatMap((diagram) =>
    listOf(objectOf(diagram).cells ?? objectOf(objectOf(diagram).diagramJson).cells),
  );
  const threats = cells.flatMap((cell) => listOf(objectOf(objectOf(cell).data).threats ?? objectOf(cell).threats));
  const mitigated = threats.some((threat) => /\w/.test(String(objectOf(threat).mitigation ?? '')));
  const present: readonly (readonly [Part, boolean])[] = [
    ['assets', cells.length > 0],
    ['threats', threats.length > 0],
    ['mitigations', mitigated],
  ];
  const parts = present.flatMap(([part, there]) => (there ? [{ part, at: placeIn(file) }] : []));
  return [{ at: placeIn(file), format: 'threat-dragon', parts }];
}

/** pytm brings its own list of threats; a mitigation is a control that is set or a finding that is overridden. */
function fromPytm(file: SourceFile, text: string): readonly ThreatModel[] {
  if (!/^\s*(?:from pytm import|import pytm)/m.test(text) || !/\bTM\s*\(/.test(text)) return [];
  const marks: readonly (readonly [Part, RegExp])[] = [
    ['assets', /\b(?:Datastore|Data|Server|Boundary|Process|Lambda)\s*\(/],
    ['threats', /\bTM\s*\(/],
    ['mitigations', /\.controls\.\w+\s*=|\boverrides\s*=|\bFinding\s*\(/],
  ];
  return [{ at: placeIn(file), format: 'pytm', parts: partsByLine(file, text, marks) }];
}

function fromMicrosoft(file: SourceFile, text: string): readonly ThreatModel[] {
  if (!/<ThreatModel[\s>]/.test(text)) return [];
  const marks: readonly (readonly [Part, RegExp])[] = [
    ['assets', /<Borders\b[^/>]*>/],
    ['threats', /<ThreatInstances\b[^/>]*>[\s\S]{0,20}<\w+:?KeyValue/],
    ['mitigations', />Mitigated</],
  ];
  return [{ at: placeIn(file), format: 'microsoft', parts: partsByLine(file, text, marks) }];
}

function partsByLine(
  file: SourceFile,
  text: string,
  marks: readonly (readonly [Part, RegExp])[],
): ThreatModel['parts'] {
  return marks.flatMap(([part, mark]) => {
    const index = text.search(mark);
    return index === -1 ? [] : [{ part, at: placeIn(file, text.slice(0, index).split('\n').length) }];
  });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
