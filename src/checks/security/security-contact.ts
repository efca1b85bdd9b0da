/** Assesses whether somebody who finds a weakness is told how to report it. */
import { contradicted, defineCheck, missing, stale, verified } from '../define.ts';
import { counted } from '../words.ts';

const HOW = { mail: 'an address', link: 'a link', 'private-report': 'a private way' } as const;

export const check = defineCheck({
  summary:
    'Reads SECURITY.md where forges look for it, security.txt, OpenSSF Security Insights, the issue chooser, and passages of README, CONTRIBUTING, SUPPORT and pages about security that speak to whoever found a weakness. A heading or an empty file is no contact: there has to be an address, a link or a private way to report. A page about access control is none either. What an organisation keeps in its own `.github` repository is not seen.',
  needs: ['security-docs'],
  params: {},
  assess({ evidence, asOf }) {
    const { contacts, hollow } = evidence['security-docs'].facts;
    const live = contacts.filter(({ expires }) => expires === undefined || expires >= asOf);
    const problems = hollow.map(({ at, why }) => ({
      message: `the security policy ${why}`,
      at,
      fix: 'Write down an address or a form that somebody reads, and what a reporter may expect.',
      subject: at.path,
    }));
    const [first] = live;
    if (first) {
      const more = live.length > 1 ? `, the first of ${counted(live.length, 'mention')}` : '';
      return verified(
        `${first.at.path} gives ${HOW[first.how]} to report weaknesses${more}`,
        live.slice(0, 5).map(({ at }) => at),
      );
    }
    const [old] = contacts;
    if (old)
      return stale(`the only contact stands in ${old.at.path}, which held until ${old.expires}`, [
        { message: `it expired on ${old.expires}`, at: old.at, fix: 'Renew `Expires`.', subject: old.at.path },
      ]);
    const elsewhere = "an organisation's own `.github` repository may hold one, which is not seen from here";
    if (problems.length > 0)
      return contradicted(
        `there is a security policy, and it gives no way to report a weakness; ${elsewhere}`,
        problems,
      );
    return missing(`neither a security policy nor a passage on reporting weaknesses is here; ${elsewhere}`, [
      {
        message: 'whoever finds a weakness has only the public issue tracker, or says nothing',
        fix: 'Add SECURITY.md with an address or a form that somebody reads.',
        subject: 'security-contact',
      },
    ]);
  },
});
