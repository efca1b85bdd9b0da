/** Assesses whether no permission written here allows everything. */
import type { Grant } from '../../evidence/permissions.ts';
import type { Problem } from '../../model.ts';
import { contradicted, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { share } from '../shares.ts';
import { shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    "Looks in Terraform for statements that allow every action on every resource, for AdministratorAccess and the owner's role, and in Kubernetes' roles for every verb on every resource and for service accounts bound to cluster-admin. All actions of one service, e.g. `s3:*`, are not told of; policies that are filled in elsewhere are unknown.",
  needs: ['permissions'],
  params: {},
  assess({ evidence }) {
    const { facts, unread } = evidence.permissions;
    const grants = facts.grants.filter(({ aside }) => aside === undefined);
    const set = facts.grants.length - grants.length;
    const aside =
      set > 0 ? `; ${set} set aside (${shortened([...new Set(facts.grants.flatMap((it) => it.aside ?? []))], 3)})` : '';
    const [hidden] = unread;
    if (grants.length === 0) {
      return hidden
        ? unknown(`no permission could be read: ${hidden.at.path}: ${hidden.detail}`, { evidence: [hidden.at] })
        : notApplicable(`no permission is written here${aside}`);
    }
    const everything = grants.filter(({ reach }) => reach === 'everything');
    const open = grants.filter(({ reach }) => reach === 'open');
    const because = `${share(everything.length, grants.length, 'permission', ['allows', 'allow'])} everything${aside}`;
    const limited = grants.filter(({ reach }) => reach === 'limited');
    // One policy holds many statements and is cited once.
    const cited = [...new Map(limited.map(({ at }) => [`${at.path}:${at.line}`, at])).values()].slice(0, 5);
    if (everything.length > 0) return contradicted(because, everything.map(problem), { evidence: cited });
    const [first] = open;
    if (first) {
      const others = open.length > 1 ? ` and ${open.length - 1} more` : '';
      return unknown(`${because}; how far ${first.name}${others} may go cannot be read (${first.allows})`, {
        evidence: open.map(({ at }) => at).slice(0, 5),
      });
    }
    if (hidden)
      return unknown(`${because}; but ${hidden.at.path} could not be read: ${hidden.detail}`, {
        evidence: [...cited, hidden.at],
      });
    return verified(because, cited);
  },
});

function problem({ name, allows, at, system }: Grant): Problem {
  return {
    message: `${name} allows everything: ${allows}`,
    at,
    fix:
      system === 'kubernetes'
        ? 'Name the resources and the verbs that it uses; bind a role of its own.'
        : 'Name the actions and the resources that it uses; a role for emergencies belongs into a waiver.',
    subject: name,
  };
}
