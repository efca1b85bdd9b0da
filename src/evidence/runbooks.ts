/** Runbooks of the service: where they are, what they answer, where their links lead, when they were reviewed. Whether that is enough is for the checks to say. */
import type { Delegated, Place, Unread } from '../model.ts';
import { defineCollector } from './collector.ts';
import type { MarkdownLink } from './pages/markdown.ts';
import { type LinkWorld, lookUp } from './references/link-lookup.ts';
import { linkTarget } from './references/link-target.ts';
import { openLinks } from './references/source-links.ts';
import { openTemplates, unwritten } from './runbook-templates.ts';
import { findCandidates } from './runbooks/candidates.ts';
import { type Runbook, readRunbook } from './runbooks/runbook.ts';
import type { Candidate } from './runbooks/search.ts';
import { placeIn } from './sources.ts';

export type { Runbook, RunbookLink } from './runbooks/runbook.ts';
export type { SectionKind } from './runbooks/sections.ts';
export type { RunbookSection } from './runbooks/structure.ts';

/** Facts of this kind. */
export interface Facts {
  /** The surest to be one first: named by the manifest, by folder or name, by an alert, by a heading or link. */
  readonly runbooks: readonly Runbook[];
}

const DELEGATED_CAP = 20;

export const collector = defineCollector<Facts>({
  summary:
    'runbooks in Markdown, AsciiDoc and reStructuredText that the manifest, an alert, a folder, a file name, a heading or a link points to: their sections, commands, contacts, links and review dates; links are resolved in the repositories at hand',
  parses: ['markdown'],
  collect(sources) {
    const unread: Unread[] = [];
    const delegated: Delegated[] = [];
    const opened = new Set<string>();
    const world = openLinks(sources);
    const candidates = findCandidates({ sources, world, unread, delegated, opened });
    const isCopy = candidates.length > 0 ? openTemplates(sources) : undefined;
    const runbooks = candidates.map((candidate) =>
      candidate.from === undefined && isCopy?.(candidate.document)
        ? { ...readCandidate({ ...candidate, document: unwritten(candidate.document) }, world), copied: true as const }
        : readCandidate(candidate, world),
    );
    const note = runbooks.length === 1 ? '1 runbook' : `${runbooks.length} runbooks`;
    return {
      facts: { runbooks },
      looked: { files: opened.size, note },
      unread: unique(unread),
      delegated: firstOfEach(delegated),
    };
  },
});

function readCandidate({ file, document, text, why, from }: Candidate, world: LinkWorld): Runbook {
  const place = (line?: number): Place => placeIn(file, line);
  function resolve({ target }: MarkdownLink): ReturnType<Parameters<typeof readRunbook>[0]['resolve']> {
    const found = lookUp(linkTarget(target), file, world);
    const to =
      found.path === undefined || found.outcome === 'no-file'
        ? undefined
        : placeIn({ root: found.root ?? '', path: found.path }, found.anchor?.line);
    return { outcome: found.outcome, ...(to && { to }) };
  }
  return readRunbook({ document, text, why, ...(from !== undefined && { from }), place, resolve });
}

/** One entry for each place that is linked to, not one for each link. */
function firstOfEach(delegated: readonly Delegated[]): readonly Delegated[] {
  const byTarget = new Map<string, Delegated>();
  for (const it of delegated) if (!byTarget.has(it.to)) byTarget.set(it.to, it);
  return [...byTarget.values()].slice(0, DELEGATED_CAP);
}

function unique(unread: readonly Unread[]): readonly Unread[] {
  return [...new Map(unread.map((it) => [`${it.at.root ?? ''}:${it.at.path}:${it.reason}`, it])).values()];
}
