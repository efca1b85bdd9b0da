/** Tells inline code that one can run as it stands, a command or a query, from the name of a thing. Pure. */

/** Starts with a program and says what to do with it. */
const COMMAND =
  /^(?:\$ |sudo )?(?:\.{0,2}\/[\w./-]+|kubectl|oc|helm|docker|podman|psql|mysql|redis-cli|mongosh?|curl|wget|aws|gcloud|gsutil|az|cf|flyctl|heroku|systemctl|service|journalctl|ssh|scp|make|git|npm|npx|yarn|pnpm|rake|rails|bundle|python3?|node|java|terraform|ansible(?:-playbook)?|vault|consul|nomad|argocd|argo|flux|istioctl|linkerd|promtool|amtool|logcli|kafka-[\w-]+|rabbitmqctl|dig|nslookup|ping|nc|openssl|pg_\w+|grep|tail|df|du|top|ps|kill|restic|velero|rclone)\s+\S/;

/** PromQL by its shape: the name of a metric with its unit, a series held against a number, a series with a matcher, or a function over one; LogQL by its selector; SQL by its clauses. */
const QUERIES: readonly RegExp[] = [
  /^[a-z][a-z0-9]*(?:_[a-z0-9]+){2,}_(?:total|seconds|bytes|bucket|ratio|count|sum)$/,
  /^(?:up|\w*[_:]\w*)(?:\{[^{}]*\})?\s*(?:[=!]=|[<>]=?)\s*-?[\d.]+$/,
  /^[a-z_:][\w:]*\{[^{}]*(?:=~?|!=|!~)\s*"[^{}]*\}/i,
  /^\{[^{}]*=~?\s*"[^{}]*\}\s*\|/,
  /^(?:sum|avg|max|min|count|rate|irate|increase|topk|bottomk|quantile|histogram_quantile|absent|predict_linear|delta|changes|\w+_over_time)\b\s*(?:(?:by|without)\s*\([^()]*\)\s*)?\(.*[[({].*\)/,
  /^(?:select\s.+\sfrom|update\s.+\sset|delete\s+from|insert\s+into|show\s+(?:full\s+)?(?:tables|processlist|status|\w+ status)|explain\s+\w)\b/i,
];
/** A part of each of these: names of things have none. */
const OCCASION = /[\s_({=<>!]/;
/** Longer code is no inline query. */
const LONGEST = 500;

/** Whether a piece of inline code can be pasted somewhere and run. */
export function isRunnable(code: string): boolean {
  const text = code.trim();
  if (!OCCASION.test(text)) return false;
  return COMMAND.test(text) || (text.length <= LONGEST && QUERIES.some((query) => query.test(text)));
}
