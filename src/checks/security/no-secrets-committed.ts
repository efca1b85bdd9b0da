/** Assesses whether the repository's files hold secrets that their format gives away. Sees places only. */
import type { SetAside } from '../../evidence/secrets.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { counted, listed, shortened } from '../words.ts';

const WHY: Readonly<Record<SetAside['because'], string>> = {
  test: 'in tests',
  example: 'in examples',
  generated: 'in generated files',
  documentation: 'in documentation',
  development: "for developers' own machines",
  placeholder: 'as placeholder',
  checksum: 'with check digits that do not fit',
  encrypted: 'encrypted',
  public: 'public by design',
  published: 'published by their makers',
  allowed: 'marked as allowed',
};

export const check = defineCheck({
  summary:
    "Searches every text file of the service that is not vendored for secrets in the formats of some 25 providers, private keys included, and committed environment files for variables that hold one. Check digits, disorder and placeholders are looked at; what stands in tests, examples and documented samples is set aside and counted. A password that looks like a word is not found, and neither is what only git's history holds: have a scanner of its own in the pipeline.",
  needs: ['secrets'],
  params: {},
  assess({ evidence }) {
    const { facts, unread } = evidence.secrets;
    const { found, setAside, files, encrypted } = facts;
    const aside =
      setAside.length === 0 ? '' : `; ${counted(setAside.length, 'match', 'matches')} set aside: ${reasons(setAside)}`;
    if (found.length > 0) {
      const formats = [...new Set(found.map(({ format }) => format))];
      return contradicted(
        `${counted(found.length, 'secret')} in ${counted(files, 'file')}: ${shortened(formats)}${aside}`,
        found.map(problemOf),
      );
    }
    const [first] = unread;
    if (first)
      return unknown(
        `${counted(files, 'file')} hold no secret in a known format, and ${counted(unread.length, 'file')} could not be searched, first ${first.at.path}: ${first.detail}`,
        { evidence: unread.slice(0, 5).map(({ at }) => at) },
      );
    if (files === 0) return notApplicable('there is no text file');
    const sealed = encrypted.length === 0 ? '' : `; ${counted(encrypted.length, 'file is', 'files are')} encrypted`;
    const where = [...setAside.map(({ at }) => at), ...encrypted];
    return verified(`no secret in a known format in ${counted(files, 'file')}${sealed}${aside}`, where.slice(0, 5));
  },
});

function problemOf({ format, at }: { readonly format: string; readonly at: Problem['at'] }): Problem {
  return {
    message: `${/^[AEIO]/.test(format) ? 'an' : 'a'} ${format} stands here`,
    ...(at && { at }),
    fix: 'Revoke it first: it is known to whoever has a clone. Then take it out, and have the service read it from a secret store.',
    subject: `${at?.path} ${format}`,
  };
}

function reasons(setAside: readonly SetAside[]): string {
  const counts = new Map<string, number>();
  for (const { because } of setAside) counts.set(WHY[because], (counts.get(WHY[because]) ?? 0) + 1);
  return listed([...counts].map(([why, count]) => `${count} ${why}`));
}
