/** Assesses whether every reference in the manifest leads somewhere. Opens no URL. */

import type { Outcome } from '../../evidence/references/resolve-reference.ts';
import type { Reference } from '../../evidence/references.ts';
import { spoken } from '../../manifest/pointer.ts';
import type { Problem, Unread } from '../../model.ts';
import { contradicted, declared, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { counted, listed } from '../words.ts';

/** What a broken reference is, said of its target. */
const BROKEN: Partial<Readonly<Record<Outcome, string>>> = {
  'no-file': 'does not exist',
  'no-match': 'matches no file',
  'no-section': 'has no such section',
  outside: "leaves the service's folder",
  claim: 'is itself a list of claims, and shows nothing',
};

export const check = defineCheck({
  summary:
    'Looks up every path, glob and `path#section` of the manifest in the files that git tracks or would track; letters count as they are written. URLs and repositories that are not at hand are counted, not followed.',
  needs: ['references'],
  params: {},
  assess({ manifest, claims, evidence }) {
    if (manifest.state !== 'valid') return notApplicable('there is no valid manifest to name any path');
    const references = evidence.references.facts.references.toSorted((a, b) => (a.at.line ?? 0) - (b.at.line ?? 0));
    if (references.length === 0) return notApplicable(`${manifest.path} names no path`);
    const having = (...outcomes: readonly Outcome[]): readonly Reference[] =>
      references.filter(({ outcome }) => outcomes.includes(outcome));
    const broken = references.filter(({ outcome }) => BROKEN[outcome] !== undefined);
    const found = having('file', 'folder', 'glob', 'section');
    const [urls, absent, unread] = [having('url'), having('root-not-at-hand'), having('unread')];
    const aside = [
      urls.length > 0 ? `${counted(urls.length, 'link was', 'links were')} not opened` : '',
      absent.length > 0 ? `${counted(absent.length, 'path is', 'paths are')} in repositories that are not at hand` : '',
      unread.length > 0 ? `${counted(unread.length, 'target')} could not be read` : '',
    ].filter(Boolean);
    const here = found.length + broken.length;
    const count =
      here === 0
        ? `no path in ${manifest.path} could be looked up`
        : `${found.length} of ${counted(here, 'path')} in ${manifest.path} ${here === 1 ? 'exists' : 'exist'}`;
    const because = [count, ...(aside.length > 0 ? [listed(aside)] : [])].join('; ');
    const places = found.flatMap(({ matches }) => matches.slice(0, 1));
    if (broken.length > 0)
      return contradicted(
        because,
        broken.map((it) => problemOf(it, claims)),
        { evidence: places },
      );
    const first = unread[0] ?? absent[0] ?? urls[0];
    if (unread.length > 0) {
      const problems = unread.map((it) => unreadable(it, claims, evidence.references.unread));
      return unknown(because, { claim: first?.at, evidence: places, problems });
    }
    if (first && (found.length === 0 || absent.length > 0)) return declared(because, first.at, { evidence: places });
    return verified(because, places);
  },
});

/** A target that is there and cannot be looked into, e.g. a link that leads out of the repository. */
function unreadable({ target, at, pointer }: Reference, claims: unknown, all: readonly Unread[]): Problem {
  const detail = all.find((it) => it.at.path === target || it.at.path.endsWith(`/${target}`))?.detail;
  return {
    message: `${spoken(pointer, claims)}: ${target} could not be read${detail ? `: ${detail}` : ''}`,
    at,
    fix: 'Name a file or folder that is kept in this repository as it is.',
    subject: `${pointer} ${target}`,
  };
}

function problemOf(reference: Reference, claims: unknown): Problem {
  const { target, outcome, at, pointer } = reference;
  return {
    message: `${spoken(pointer, claims)}: ${target} ${BROKEN[outcome]}`,
    at,
    fix: fixFor(reference),
    subject: `${pointer} ${target}`,
  };
}

function fixFor({ target, outcome, nearest }: Reference): string {
  if (nearest) return `Did you mean \`${outcome === 'no-section' ? `${target.split('#')[0]}#${nearest}` : nearest}\`?`;
  if (outcome === 'outside')
    return "Write it from the manifest's folder, or from the repository's root as `repo://path`.";
  return 'Correct it, add what it should lead to, or remove the claim.';
}
