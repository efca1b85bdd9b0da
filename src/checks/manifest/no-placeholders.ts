/** Assesses whether every text of the manifest says something instead of holding a place. */
import { spoken } from '../../manifest/pointer.ts';
import { contradicted, defineCheck, notApplicable, verified } from '../define.ts';
import { placeholderIn } from '../placeholders.ts';
import { counted } from '../words.ts';
import { textsIn } from './scalars.ts';

/** Names are whatever their owners call them: a service may be called "todo". Reasons in `na` have a rule of their own. */
const NAMES = /^\/(\$schema|apiVersion|kind|name|title|na)(\/|$)|\/(id|component)$/;

export const check = defineCheck({
  summary:
    'Looks through every text of the manifest, names and ids apart, for TODO, TBD, changeme, `<team>`, example.com, filler text and a bare N/A.',
  needs: [],
  params: {},
  assess({ manifest, claims, at }) {
    if (manifest.state !== 'valid')
      return notApplicable(
        manifest.state === 'absent' ? 'there is no manifest' : 'the manifest is not valid, so its claims are not used',
      );
    const texts = textsIn(claims).filter(({ pointer }) => !NAMES.test(pointer));
    const problems = texts.flatMap(({ pointer, value }) => {
      const found = placeholderIn(value);
      if (!found) return [];
      const message = `${spoken(pointer, claims)}: "${found.words}" ${found.meaning}`;
      const fix = 'Write what is true, or remove the key.';
      return [{ message, at: at(pointer), fix, subject: pointer }];
    });
    if (problems.length > 0)
      return contradicted(
        `${problems.length} of ${counted(texts.length, 'text')} in ${manifest.path} ${problems.length === 1 ? 'is a placeholder' : 'are placeholders'}`,
        problems,
      );
    return verified(`none of ${counted(texts.length, 'text')} in ${manifest.path} is a placeholder`, [
      at('/apiVersion'),
    ]);
  },
});
