/** Dependencies that nobody here knows: organisations wrap loggers and clients in packages of their own, and only the name tells. */
import type { Capability } from './capability.ts';

/** Packages whose names speak of logs and the like and that do nothing of it alone. */
const KNOWN_NOT =
  /^(?:logger|log|env_logger|sqlalchemy[-\w]*)$|^(?:@types\/|@opentelemetry|@sentry|opentelemetry|go\.opentelemetry|io\.opentelemetry|io\.sentry|@babel\/|@angular|eslint|webpack|babel|org\.springframework|org\.slf4j|ch\.qos\.logback|org\.apache|commons-|com\.fasterxml|io\.netty|io\.grpc|com\.google\.(?!cloud)|androidx|kotlin|org\.jetbrains|io\.micrometer|io\.ktor|io\.quarkus|io\.micronaut|Microsoft\.|System\.|Serilog|NLog|log4net|golang\.org|k8s\.io|sigs\.k8s\.io|github\.com\/go-logr|github\.com\/golang|google\.golang\.org|github\.com\/sirupsen|go\.uber\.org|symfony\/|laravel\/|psr\/)|^tracing(?:-core|-log|-attributes|-error)?$|(?:^|\/)(?:morgan|debug|loglevel|slf4j|logback|log4j|winston|pino|glog|klog|logr|blog|catalog|dialog|changelog|graphql)\b|blog|catalog|dialog|prologue|login|logo|logic|logout|github(?!\.com\/)|workflow-|utils?-merge/i;

const LOGS = /(?:^|[-_./:@])(?:app)?log(?:s|ger|gers|ging)?(?:$|[-_./])|logg(?:er|ing)/i;
const METRICS = /metric|monitor|telemetry|observab|instrument/i;
const TRACING = /trac(?:e|ing)|telemetry|observab|instrument|(?:^|[-_/])apm(?:$|[-_/])/i;
/** Names of an organisation's packages that hold a bit of everything. */
const EVERYTHING =
  /(?:^|[-_/:.])(?:app[-_]config|service[-_]?defaults|chassis|foundations?|common[-_](?:utils|lib\w*|go|node|python|java|ruby)|(?:go|node|python|java|ruby)[-_]commons?)$|-spring-boot-starter$|^(?!uuid|http|url|date|file|jsx?|ts|react|test)[\w.]+[-_]utils$/i;

/** Which capabilities a dependency may bring, by its name alone. */
export function wrapperOf(name: string): readonly Capability[] {
  if (KNOWN_NOT.test(name)) return [];
  const all = EVERYTHING.test(name);
  return [
    ...(all || LOGS.test(name) ? (['logging-structured', 'log-correlation'] as const) : []),
    ...(all || METRICS.test(name) ? (['metrics'] as const) : []),
    ...(all || TRACING.test(name) ? (['tracing'] as const) : []),
  ];
}
