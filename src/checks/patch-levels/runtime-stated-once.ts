/** Assesses whether all places that state the version of a runtime mean the same one. */
import { contradicted, defineCheck, notApplicable, verified } from '../define.ts';
import { flag } from '../params.ts';
import { distinct } from '../places.ts';
import { counted, listed } from '../words.ts';
import { unlessHidden } from './hidden.ts';
import { disagreements, FAMILY_NAMES, spokenOf } from './statements.ts';

export const check = defineCheck({
  summary:
    'Holds the versions of a runtime against each other that images, version files, packages and pipelines state. Statements of different precision agree where a version is in both: `>=18`, 20 and 20.11.1 do. Only what is about the same folder is compared, a minimum only with what is exact, and pipelines only where none of the versions they set up is one that is stated elsewhere. Moving names such as `lts` and what is filled in elsewhere are left aside.',
  needs: ['images', 'runtimes'],
  params: {
    patches: flag('Whether releases of the same line, e.g. 20.11.0 and 20.11.1, have to be the same too.', false),
  },
  assess({ evidence, params }) {
    const spoken = spokenOf(evidence.images.facts.images, evidence.runtimes.facts.stated);
    if (spoken.length === 0) return notApplicable('no version of a runtime is stated here');
    const differing = disagreements(spoken, params.patches);
    const families = [...new Set(spoken.map(({ family }) => family))];
    const counts = families.map(
      (family) => distinct(spoken.filter((it) => it.family === family).map(({ at }) => at)).length,
    );
    const parts = families.map((family, index) => `${FAMILY_NAMES[family]} in ${counted(counts[index] ?? 0, 'place')}`);
    const evidencePlaces = distinct(spoken.map(({ at }) => at)).slice(0, 10);
    if (differing.length === 0) {
      const answer = verified(
        `${counts.every((it) => it === 1) ? 'each is stated once' : 'all statements agree'}: ${listed(parts)}`,
        evidencePlaces,
      );
      return unlessHidden(answer, [...evidence.images.unread, ...evidence.runtimes.unread]);
    }
    return contradicted(
      `${counted(differing.length, 'statement')} ${differing.length === 1 ? 'differs' : 'differ'} from another; there are statements of ${listed(parts)}`,
      differing.map(({ one, other }) => ({
        message: `${FAMILY_NAMES[one.family]}: ${other.at.path} says ${other.written}, and ${one.at.path}${one.at.line === undefined ? '' : `:${one.at.line}`} says ${one.written}`,
        at: other.at,
        fix: 'State the version in one place and let the others read it, e.g. by `node-version-file` or an ARG that the pipeline sets.',
        subject: `${one.family}/${other.at.path}`,
      })),
      { evidence: evidencePlaces },
    );
  },
});
