/** Assesses whether load tests are in the repository, by what their tools ask of a file. */
import type { QualityTest } from '../../evidence/quality-tests.ts';
import { claimPlace, placed } from '../claimed.ts';
import { defineCheck, missing, notApplicable, verified } from '../define.ts';
import { counted, shortened } from '../words.ts';

export const check = defineCheck({
  summary:
    'Looks for scripts and plans of load tests by what their tools ask of a file (k6, JMeter, Gatling, Locust, Artillery, Taurus, NBomber, Goose) and for commands that start one (autocannon, vegeta, wrk, hey, ab, ghz, fortio). Folders and names prove nothing, benchmarks of functions are none. It says whether limits are written that make a run fail: without them a test tells nothing about targets.',
  needs: ['quality-tests', 'capabilities'],
  params: {},
  assess(subject) {
    const { evidence } = subject;
    const tests = evidence['quality-tests'].facts.tests.filter(({ kind }) => kind === 'load');
    if (tests.length > 0) {
      const limited = tests.filter((it) => it.limited === true);
      const places = [...limited, ...tests.filter((it) => !limited.includes(it))].map(({ at }) => at);
      return verified(`${byTool(tests)}; ${limitsOf(tests, limited)}`, places.slice(0, 5));
    }
    const { units, code } = evidence.capabilities.facts;
    if (Object.keys(code).length === 0 && units.length === 0)
      return notApplicable('no program is here that could be tested');
    return missing('no file is one of a load-testing tool, and no command starts one', [
      {
        message: 'how much the service bears is found out by its users',
        ...placed(claimPlace(subject, '/nfrs')),
        fix: 'Add a k6, Locust or Gatling script for the journeys that matter, with limits that make the run fail.',
        subject: 'load tests',
      },
    ]);
  },
});

/** "3 load tests by k6 and Locust (scripts/load)". */
function byTool(tests: readonly QualityTest[]): string {
  const tools = shortened([...new Set(tests.map(({ tool }) => tool))].sort());
  return `${counted(tests.length, 'file')} of load tests by ${tools} ${tests.length === 1 ? 'is' : 'are'} here`;
}

function limitsOf(tests: readonly QualityTest[], limited: readonly QualityTest[]): string {
  if (limited.length === 0) return 'none says what makes a run fail, so a run proves nothing about targets';
  if (limited.length === tests.length)
    return limited.length === 1 ? 'it says what makes a run fail' : 'all say what makes a run fail';
  return `${limited.length} of them ${limited.length === 1 ? 'says' : 'say'} what makes a run fail`;
}
