/** Takes a row from a cache where everything that it rests on is the same, and keeps those that rest on nothing else. */
import type { Supplement } from '../model.ts';
import type { AuditHeader, AuditRow, Target } from '../model-audit.ts';
import { digestOfParts } from '../repo/imprint.ts';
import type { Imprint } from '../repo/repo.ts';
import type { Workspace } from '../run.ts';
import type { RowCache } from './cache.ts';
import { watchLeaning } from './leaning.ts';

/** What a row is remembered by, and where. */
export interface Remembering {
  readonly target: Target;
  readonly workspace: Workspace;
  readonly header: Pick<AuditHeader, 'yardstick'>;
  /** What a row carries besides for some formats. */
  readonly supplements?: readonly Supplement[];
  readonly cache?: RowCache | undefined;
}

/** The row that is kept, else the one that `judge` makes; both are the same. */
export async function remembered(
  { target, workspace, header, supplements = [], cache }: Remembering,
  judge: (workspace: Workspace) => Promise<AuditRow>,
): Promise<AuditRow> {
  const imprint = cache && workspace.repo.imprint?.();
  if (!cache || !imprint) return judge(workspace);
  const key = keyOf(target, workspace, [header.yardstick, ...supplements], imprint);
  const kept = cache.find(key);
  if (kept) return kept;
  const watched = watchLeaning(workspace);
  const row = await judge(watched.workspace);
  // What changed while it was judged belongs to no one state; what failed here may do better the next time.
  if (row.outcome === 'judged' && !watched.leans() && !row.notes.some(tellsFault) && imprint.holds())
    cache.keep(key, row);
  return row;
}

/** Where a copy lies is no part of it, but what it is called and how far it is trusted is. */
function keyOf(
  { id, kind, dir, ref, archived, fork }: Target,
  { repo, dir: at }: Workspace,
  by: readonly string[],
  { digest }: Imprint,
): string {
  return digestOfParts([by.join(' '), id, kind, dir, ref, archived, fork, repo.name, at, digest]);
}

function tellsFault(note: string): boolean {
  return note.endsWith('This is a fault of gonogo.');
}
