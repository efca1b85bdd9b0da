/** Assesses whether a pipeline looks for known vulnerabilities in what the service is built from. */
import { defineCheck } from '../define.ts';
import { scanned } from '../scans.ts';

export const check = defineCheck({
  summary:
    'Looks for osv-scanner, Trivy, Grype, `npm audit` and its like, dependency review, govulncheck, pip-audit, cargo audit and deny, bundler-audit, OWASP dependency-check and Snyk in the steps of pipelines, directly or through scripts; a scan of the built image counts. Dependabot is no scan: what it reports stops no change.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    return scanned(subject, {
      intents: ['dependency-scan', 'image-scan'],
      what: 'a scan for known vulnerabilities',
      message: 'a package that is known to be vulnerable comes in with a change, and nobody is told',
      fix: 'Add osv-scanner, Trivy or the audit of your package manager to the pipeline that runs for changes.',
    });
  },
});
