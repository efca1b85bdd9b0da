/** Assesses whether the deployed service gets its secrets by reference, and none is written out. Sees names and places only. */
import type { PlacedUse } from '../../evidence/secret-sources.ts';
import type { Problem } from '../../model.ts';
import { contradicted, declared, defineCheck, notApplicable, unknown, verified } from '../define.ts';
import { says } from '../placeholders.ts';
import { counted, shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    "Reads Kubernetes objects (also inside templates, lists and platforms' own kinds), charts' values and Terraform: a variable whose name promises a secret, or an entry of a Secret, must not have its value written out; base64 hides nothing. References to secrets, External Secrets, Sealed Secrets, SOPS and secret stores are what is wanted. Places to fill in are none, and files for development, tests and demonstrations are set aside. Compose files are for one's own machine.",
  needs: ['secret-sources'],
  params: {},
  assess({ claims, evidence, at }) {
    const { facts, unread } = evidence['secret-sources'];
    const { literals, references, unclear, aside, files, placeholders } = facts;
    const store = claims.security?.secrets?.store;
    const left = [
      ...(aside.length > 0 ? [`${aside.length} in files for development or tests set aside`] : []),
      ...(placeholders > 0 ? [`${counted(placeholders, 'place')} to fill in`] : []),
    ];
    const rest = left.length > 0 ? `; ${left.join(', ')}` : '';
    if (literals.length > 0)
      return contradicted(
        `${counted(literals.length, 'secret is', 'secrets are')} written out and ${counted(references.length, 'comes', 'come')} by reference in ${counted(files, 'file')}${rest}`,
        literals.map(problemOf),
        { ...(says(store) && { claim: at('/security/secrets') }), evidence: references.slice(0, 5).map((it) => it.at) },
      );
    const [entry] = unclear;
    if (entry)
      return unknown(
        `${counted(unclear.length, 'entry', 'entries')} of Secrets ${unclear.length === 1 ? 'is' : 'are'} written out, first ${entry.name}, and nothing says whether that is secret; ${counted(references.length, 'secret comes', 'secrets come')} by reference${rest}`,
        { evidence: unclear.slice(0, 5).map((it) => it.at) },
      );
    const [closed] = unread;
    if (closed)
      return unknown(
        `${counted(references.length, 'secret comes', 'secrets come')} by reference in ${counted(files, 'file')}, and ${counted(unread.length, 'file')} could not be read, first ${closed.at.path}: ${closed.detail}`,
        { evidence: unread.slice(0, 5).map((it) => it.at) },
      );
    if (references.length > 0) {
      const how = shortened([...new Set(references.map(({ by }) => by))]);
      return verified(
        `${counted(references.length, 'secret comes', 'secrets come')} by reference (${how}), and none is written out in ${counted(files, 'file')}${rest}`,
        references.slice(0, 10).map((it) => it.at),
        says(store) ? { claim: at('/security/secrets') } : {},
      );
    }
    if (says(store)) return declared(`the secrets are said to come from ${store}`, at('/security/secrets'));
    return notApplicable(
      files === 0
        ? "no Kubernetes object, chart's values or Terraform file is here"
        : `no secret is configured in ${counted(files, 'file')} that could hold one${rest}`,
    );
  },
});

function problemOf({ name, by, at }: PlacedUse): Problem {
  return {
    message: `the value of ${name} is written out in ${by === 'env' ? 'a variable' : by === 'values' ? 'the values' : by === 'Secret' ? 'a Secret' : by}`,
    at,
    fix: 'Keep it in a secret store, refer to it from here, and change it: this value is known.',
    subject: `${at.path} ${name}`,
  };
}
