/** Assesses whether the actions and workflows that GitHub's workflows take from elsewhere are named by a full commit. */
import { defineCheck, notApplicable, unknown } from '../define.ts';
import { list } from '../params.ts';
import { listed } from '../words.ts';
import { external, named, ownerOf } from './action-names.ts';
import { pinned, TAGS } from './pins.ts';

export const check = defineCheck({
  summary:
    "Counts what the workflows of GitHub Actions, and the actions kept here that they run, take from elsewhere: actions, reusable workflows and `docker://` images. A full commit or a digest holds; a tag with a version is worth what the tier says; a branch never holds. GitHub's own actions count, too; only the accounts in `exempt` do not. Includes, orbs and templates of other systems are not judged.",
  needs: ['pipelines'],
  ofOwnFiles: true,
  params: {
    tags: TAGS,
    exempt: list("Accounts whose actions need no commit, e.g. the organisation's own.", []),
  },
  assess({ evidence, params }) {
    const { facts, unread } = evidence.pipelines;
    const workflows = facts.pipelines.filter(({ system }) => system === 'github-actions');
    const hidden = unread.filter(({ at }) => at.path.startsWith('.github/'));
    const [first] = hidden;
    if (workflows.length === 0)
      return first
        ? unknown(`${first.at.path} could not be read: ${first.detail}`, { evidence: [first.at] })
        : notApplicable('no workflow of GitHub Actions is here');
    const outside = external(workflows);
    const exempt = params.exempt.map((it) => it.toLowerCase());
    const judged = outside.filter(({ target }) => !exempt.includes(ownerOf(target)));
    const spared = outside.length - judged.length;
    const aside = spared > 0 ? `; ${spared} of ${listed(params.exempt)} set aside` : '';
    if (judged.length === 0 && !first) return notApplicable(`no workflow takes an action from elsewhere${aside}`);
    const wording = {
      noun: ['use of something from elsewhere', 'uses of something from elsewhere'],
      fixed: 'a full commit',
      moving: 'a name that moves, or none',
      fix: 'Write the full commit and the version as a comment, `uses: owner/name@<commit> # v1.2.3`, and let an updater move both: Renovate does with the preset `helpers:pinGitHubActionDigests`, Dependabot with an entry for github-actions.',
      aside,
    } as const;
    return pinned(judged.map(named), params.tags, wording, hidden);
  },
});
