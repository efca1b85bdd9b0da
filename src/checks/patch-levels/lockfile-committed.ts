/** Assesses whether a lockfile fixes the packages of every manifest whose tool has lockfiles. */
import { contradicted, defineCheck, missing, notApplicable, unknown, verified } from '../define.ts';
import { share } from '../shares.ts';
import { counted, listed } from '../words.ts';
import { lockFix } from './lock-fix.ts';
import { lockOf } from './lock-of.ts';
import { asideWords, placeOfLock } from './lockfile-scope.ts';

export const check = defineCheck({
  summary:
    'Looks at every manifest of the service that names packages and asks for the lockfile that fixes them: beside it, or at the root of its workspace. A requirements.txt is one where pip-compile or uv wrote it; pinned by hand it leaves out what its packages bring along. Go needs its go.sum. Maven has no lockfile. Tests, examples, documentation and vendored trees are set aside and counted.',
  needs: ['lockfiles'],
  params: {},
  assess({ evidence }) {
    const { facts, unread } = evidence.lockfiles;
    const lockable = facts.manifests.filter(({ lock }) => lock !== undefined);
    const others = [...new Set(facts.manifests.filter(({ lock }) => lock === undefined).map(({ tool }) => tool))];
    const aside = asideWords(facts);
    const [hidden] = unread;
    if (lockable.length === 0 && hidden) return unknown(`${hidden.at.path} could not be read: ${hidden.detail}`);
    if (lockable.length === 0)
      return notApplicable(
        others.length > 0
          ? `packages are named for ${listed(others)} only, which has no lockfile${aside}`
          : `no manifest names packages${aside}`,
      );
    const parts = lockable.map((manifest) => ({ manifest, ...lockOf(manifest, facts) }));
    const locked = parts.filter(({ is }) => is === 'locked');
    const open = parts.filter(({ is }) => is === 'open');
    const tools = listed([...new Set(lockable.map(({ tool }) => tool))]);
    const because = `${share(locked.length, lockable.length, 'manifest', ['is locked', 'are locked'])} (${tools})${aside}`;
    const paths = locked.flatMap(({ manifest, by }) => manifest.sums?.path ?? by.map(({ path }) => path));
    const shown = [...new Set(paths)].map((path) => ({ path }));
    if (open.length > 0) {
      const problems = open.map(({ manifest, because: why }) => ({
        message: `${manifest.at.path} ${why}`,
        at: manifest.at,
        fix: lockFix(manifest.tool),
        subject: manifest.at.path,
      }));
      return (locked.length > 0 ? contradicted : missing)(because, problems, { evidence: shown.slice(0, 10) });
    }
    const unclear = parts.filter(({ is }) => is === 'unclear');
    if (unclear[0])
      return unknown(`${because}; ${counted(unclear.length, 'manifest')} cannot be told, first ${unclear[0].because}`, {
        evidence: unclear.flatMap(({ by }) => by.map(placeOfLock)).slice(0, 5),
      });
    if (hidden)
      return unknown(`${because}; ${hidden.at.path} could not be read: ${hidden.detail}`, { evidence: [hidden.at] });
    return verified(because, shown.slice(0, 10));
  },
});
