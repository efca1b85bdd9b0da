/** Assesses whether any locked package is known to be malicious, whatever it is used for: it already ran when it was installed. */
import { answerFrom, DATA_AGE } from '../advisory-data.ts';
import { defineCheck } from '../define.ts';
import { duration } from '../params.ts';
import { vulnerabilityProblem } from '../vulnerability-problem.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Looks every locked package up among those reported as malicious, development packages too. Needs the data on malware, which `gonogo db update --malware` brings.',
  needs: ['advisories'],
  params: { data_age: duration(DATA_AGE, '30d') },
  assess({ evidence, params, asOf }) {
    const { facts } = evidence.advisories;
    const bad = facts.matches.filter(({ advisory }) => advisory.flags.includes('malicious'));
    const unlisted = facts.coverage.filter(({ malware, checked }) => !malware && checked > 0);
    return answerFrom(
      facts,
      {
        breaches: bad.map((match) => ({
          ...vulnerabilityProblem(match, 'it is reported as malicious'),
          fix: 'Remove it at once, and treat every machine that installed it and every secret on them as known to others.',
        })),
        breached: `${counted(bad.length, 'locked package is', 'locked packages are')} reported as malicious`,
        clean: 'no locked package is reported as malicious',
        doubts: unlisted.map(({ ecosystem }) => `the data on ${ecosystem} leaves malware out`),
      },
      { maxAge: params.data_age, asOf },
    );
  },
});
