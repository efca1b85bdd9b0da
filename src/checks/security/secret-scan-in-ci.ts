/** Assesses whether a pipeline looks for secrets that were committed. */
import { defineCheck } from '../define.ts';
import { scanned } from '../scans.ts';

export const check = defineCheck({
  summary:
    'Looks for gitleaks, TruffleHog, detect-secrets, ggshield and the like in the steps of pipelines, directly, through scripts or as hooks of pre-commit that a pipeline runs. Hooks that only run on laptops can be left out there, and do not count.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    return scanned(subject, {
      intents: ['secret-scan'],
      what: 'a scan for secrets',
      message: 'a key that was committed is found by strangers first',
      fix: 'Add gitleaks or TruffleHog to the pipeline that runs for changes.',
    });
  },
});
