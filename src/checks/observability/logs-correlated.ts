/** Assesses whether the lines that one request leaves behind can be found together. */
import { defineCheck } from '../define.ts';
import { capabilityShown } from './capability-shown.ts';
import { agentsDeployed, deployedHere, variablesNamed } from './deployed-signs.ts';

export const check = defineCheck({
  summary:
    'Looks for what puts the id of a trace or a request on every line: agents and bridges of tracing that write into logs, middleware for request ids that loggers use, `log_tags` of Rails, a log pattern with a trace id. The word in some code shows nothing. With several programs at least half have to show it.',
  needs: ['capabilities', 'workloads'],
  params: {},
  assess(subject) {
    const workloads = deployedHere(subject);
    const { logs } = subject.claims.observability ?? {};
    const traced = subject.evidence.capabilities.facts.signs.some(
      ({ capability, family, strength }) =>
        capability === 'tracing' && family === 'datadog' && strength !== 'installed',
    );
    const injected = variablesNamed(workloads, /^DD_LOGS_INJECTION$/).filter(({ value }) => traced && value === 'true');
    return capabilityShown(subject, {
      capability: 'log-correlation',
      does: [
        'writes the id of a trace or request on its log lines',
        'write the id of a trace or request on their log lines',
      ],
      workloads,
      shown: [...agentsDeployed(workloads, 'log-correlation'), ...injected.map(({ name, at }) => ({ by: name, at }))],
      pointer: '/observability/logs',
      claim:
        logs?.correlation === undefined ? undefined : `that ${logs.correlation} ties the lines of a request together`,
      unclaimed: 'a field that ties log lines together',
      problem: {
        message: 'with many requests at once nobody can tell which line belongs to which',
        fix: "Let the tracing library write its ids into the log, or set a request id in the logger's context for each request.",
      },
    });
  },
});
