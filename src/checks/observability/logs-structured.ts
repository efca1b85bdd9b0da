/** Assesses whether the service writes its log in a form that machines read. */
import { contradicted, defineCheck } from '../define.ts';
import { counted } from '../words.ts';
import { activeProfiles, profileHolds } from './active-profiles.ts';
import { capabilityShown } from './capability-shown.ts';
import { deployedHere } from './deployed-signs.ts';

export const check = defineCheck({
  summary:
    "Looks for code that makes a logger or formatter which writes JSON or logfmt, for the JSON encoder of an appender that Logback's or Log4j's root logger uses, and for frameworks' settings. A formatter that no handler uses, a profile that is not active, or a format that whoever starts it chooses does not count. Settings in use that write text disprove it. With several programs at least half have to show it.",
  needs: ['capabilities', 'workloads'],
  params: {},
  assess(subject) {
    const { facts } = subject.evidence.capabilities;
    const workloads = deployedHere(subject);
    const active = activeProfiles(workloads, facts.variables);
    const { logs } = subject.claims.observability ?? {};
    const shown = facts.signs.some(
      ({ capability, strength }) => capability === 'logging-structured' && strength !== 'installed',
    );
    const [plain] = facts.plainLogs;
    if (plain && !shown)
      return contradicted(
        `${counted(facts.plainLogs.length, "logger's setting writes", "loggers' settings write")} text for people, and nothing is seen that writes JSON`,
        facts.plainLogs.map((at) => ({
          message: 'the root logger writes by a pattern, so each line has to be guessed apart',
          at,
          fix: 'Give its appender a JSON encoder, e.g. that of logstash-logback-encoder.',
          subject: at.path,
        })),
      );
    return capabilityShown(subject, {
      capability: 'logging-structured',
      does: ['writes structured logs', 'write structured logs'],
      workloads,
      shown: [],
      pointer: '/observability/logs',
      claim:
        logs?.format !== undefined && /json|logfmt|ecs|gelf|structured|otlp/i.test(logs.format)
          ? `that logs are ${logs.format}`
          : undefined,
      unclaimed: 'a structured format of logs',
      holds: (when) => profileHolds(when, active),
      problem: {
        message: 'lines for people have to be guessed apart by whoever searches them at night',
        fix: 'Let the logger write one JSON object a line, with level, time and the ids of request and trace.',
      },
    });
  },
});
