/** Assesses whether it is settled how users learn of an incident. */
import { referenceAt, referencesUnder } from '../../evidence/references/lookup.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, verified } from '../define.ts';
import { says } from '../placeholders.ts';
import { distinct } from '../places.ts';
import { listed } from '../words.ts';
import { isUsedByNone } from './audience.ts';
import { hasPart, isElsewhere, leadsNowhere } from './records.ts';

export const check = defineCheck({
  summary:
    'Reads `status` in the manifest and the page it names, or one named after incident communication: who writes, where, how often. It is shown where one page at hand says all three; the manifest may say what the page does not. Not applicable where the manifest says that nobody outside uses the service and no contract promises anything.',
  needs: ['customer-records', 'references'],
  params: {},
  assess(subject) {
    const { claims, manifest, at, evidence } = subject;
    const { status, sla } = claims;
    const pages = evidence['customer-records'].facts.records
      .filter(({ topic }) => topic === 'status')
      .sort((a, b) => b.parts.length - a.parts.length);
    const [best] = pages;
    if (!status && !sla && isUsedByNone(claims, ['customers', 'partners']))
      return notApplicable('the manifest says that nobody outside uses it, and promises nothing by contract', {
        claim: at('/audience'),
      });
    const dead = referencesUnder(evidence.references.facts, '/status').find(leadsNowhere);
    if (dead)
      return contradicted(`${dead.target} leads nowhere`, [
        { message: 'nothing is there', at: dead.at, fix: 'Correct the path, or write the page.', subject: dead.target },
      ]);
    const claim = status ? at('/status') : undefined;
    const fix =
      'Keep one page with who writes, where and how often, and sentences to fill in; name it in `status.template`.';
    const problem = (message: string) => [
      { message, ...placed(best?.at ?? claimPlace(subject, '/status')), fix, subject: 'status' },
    ];
    if (!status && !best)
      return missing(
        `${unclaimed(manifest, 'a status page or a template')}, and no such page is here`,
        problem('in an incident users hear nothing, or three different things'),
      );
    const shown = {
      who: best && hasPart(best, 'who'),
      where: best && hasPart(best, 'where'),
      often: best && hasPart(best, 'how-often'),
    };
    const template = referenceAt(evidence.references.facts, '/status/template');
    if (!best && template && isElsewhere(template))
      return declared(`the template is said to be at ${template.target}, which is not opened`, at('/status'));
    const gaps = [
      ...(shown.who || says(status?.writer) ? [] : ['who writes']),
      ...(shown.where || status?.page !== undefined ? [] : ['where']),
      ...(shown.often || status?.every !== undefined ? [] : ['how often']),
    ];
    if (gaps.length > 0)
      return missing(
        `${best ? `"${best.title}"` : 'the manifest'} does not say ${listed(gaps)}`,
        problem(`nothing says ${listed(gaps)}`),
        { claim },
      );
    const cited = best ? distinct([best.at, ...best.parts.map((it) => it.at)]) : [];
    if (best && shown.who && shown.where && shown.often)
      return verified(`"${best.title}" says who writes, where and how often`, cited, { claim });
    const said = [
      status?.writer && `${status.writer} writes`,
      status?.page && `at ${status.page}`,
      status?.every && `every ${status.every}`,
    ].filter((it) => it !== undefined);
    const rest = best ? `; "${best.title}" says the rest` : '';
    return declared(`${said.join(', ')}${rest}`, at('/status'), { evidence: cited });
  },
});
