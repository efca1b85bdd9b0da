/** Assesses whether lockfiles fix what the manifests ask for today. */
import type { Lockfile } from '../../evidence/lockfiles.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { counted } from '../words.ts';
import { asideWords, placeOfLock, unreadBecause } from './lockfile-scope.ts';

export const check = defineCheck({
  summary:
    'Compares what every lockfile remembers of its manifests with what those ask for now: each name and range, of every member of a workspace. Where the format remembers nothing, the locked versions have to meet what is asked for. What cannot be compared is unknown, with how much of it there is.',
  needs: ['lockfiles'],
  params: {},
  assess({ evidence }) {
    const { facts } = evidence.lockfiles;
    const aside = asideWords(facts);
    const locks = facts.lockfiles.filter(asksSomething);
    if (locks.length === 0) return notApplicable(`there is no lockfile of a manifest${aside}`);
    const differing = locks.flatMap(({ path, agreement }) =>
      (agreement?.disagreements ?? []).map((it) => ({ ...it, path })),
    );
    const compared = locks.reduce((sum, { agreement }) => sum + (agreement?.compared ?? 0), 0);
    const what = `${counted(compared, 'requirement')} in ${counted(locks.length, 'lockfile')}`;
    const places = locks.map(placeOfLock).slice(0, 10);
    if (differing.length > 0)
      return contradicted(
        `${differing.length} of ${what} ${differing.length === 1 ? 'differs' : 'differ'}${aside}`,
        differing.slice(0, MOST_PROBLEMS).map(({ name, say, at, path }) => ({
          message: `${name}: ${at.path} ${say}`,
          at,
          fix: `Let the package manager bring ${path} up to date, and commit both files together.`,
          subject: `${at.path} ${name}`,
        })),
        { evidence: places },
      );
    const untold = locks.flatMap((lock) => whyUntold(lock).map((why) => ({ why, lock })));
    const [first] = untold;
    if (first)
      return unknown(
        `${what} agree; ${counted(untold.length, 'part')} could not be compared, first ${first.lock.path}: ${first.why}${aside}`,
        { evidence: untold.map(({ lock }) => placeOfLock(lock)).slice(0, 5) },
      );
    if (compared === 0)
      return notApplicable(`the manifests of ${counted(locks.length, 'lockfile')} ask for nothing${aside}`);
    return verified(`${what} ${compared === 1 ? 'agrees' : 'agree'} with what the manifests ask for${aside}`, places);
  },
});

/** Further ones are counted. */
const MOST_PROBLEMS = 100;

/** A file that is its own manifest and is compared with nothing, as a list of requirements that people wrote, is no lockfile of one. */
function asksSomething({ path, manifests, agreement }: Lockfile): boolean {
  const { compared = 0, untold = [] } = agreement ?? {};
  return manifests.some((it) => it !== path) || (manifests.length > 0 && compared + untold.length > 0);
}

function whyUntold(lock: Lockfile): readonly string[] {
  const unread = unreadBecause(lock);
  if (unread !== undefined) return [unread];
  return lock.agreement?.untold ?? ['its format keeps nothing that could be compared'];
}
