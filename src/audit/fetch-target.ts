/** Makes a repository that lies elsewhere one that lies here: its bare clone, at the commit that was fetched. */
import type { AuditRow, Target } from '../model-audit.ts';
import { bareClone, type Clones } from '../repo/bare-clone.ts';
import { withoutSecrets } from '../secrets.ts';
import { unjudged } from './judge-target.ts';

/** The target to judge, or its row where it could not be fetched; never rejects. A row that comes after `signal` says nothing of the repository. */
export async function fetchTarget(target: Target, clones: Clones, signal: AbortSignal): Promise<Target | AuditRow> {
  const { id, location, ref, kind } = target;
  if (kind === 'folder') return target;
  try {
    const wanted = { id, address: location, ...(ref !== undefined && { ref }) };
    const fetched = await bareClone(wanted, clones, signal);
    if (!fetched.ok) return unjudged(target, fetched.outcome, fetched.because);
    const { folder, commit, notes } = fetched;
    return { ...target, kind: 'folder', location: folder, ref: commit, ...(notes.length > 0 && { notes }) };
  } catch (error) {
    return unjudged(target, 'failed', `its clone could not be kept: ${reasonOf(error)}`);
  }
}

/** Without a path: a row says nothing of where a copy lies. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? withoutSecrets(message) : `the system says ${code}`;
}
