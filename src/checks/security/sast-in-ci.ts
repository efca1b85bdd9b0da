/** Assesses whether a pipeline looks for security flaws in the code itself. */
import { defineCheck } from '../define.ts';
import { scanned } from '../scans.ts';

export const check = defineCheck({
  summary:
    'Looks for CodeQL, Semgrep, Sonar, Bandit, gosec, Brakeman and other static security analysis in the steps of pipelines, directly, through scripts or as hooks that a pipeline runs. A configuration that no pipeline uses is none, and linters are none.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    return scanned(subject, {
      intents: ['sast'],
      what: 'a static security analysis',
      message: 'an injection or a broken check in the code is found by whoever looks for one',
      fix: 'Add CodeQL, Semgrep or the analysis of your language to the pipeline that runs for changes.',
    });
  },
});
