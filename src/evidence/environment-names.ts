/** Names of environments, and which one a path says it belongs to. By name only; what runs where is the manifest's to say. */

/** Words that are environments where a whole file or folder is called so. */
export const ENVIRONMENT_NAMES =
  /^(dev|development|test|testing|qa|int|integration|stage|staging|uat|preprod|pre-prod|nonprod|non-prod|preview|sandbox|demo|perf|prod|production|live|prd|stg)$/i;
/** Those that mean an environment also as the first or last word of a longer name, such as `alertmanager-prod.yaml`. */
const ENVIRONMENT_WORDS =
  /^(?:(dev|development|qa|stage|staging|uat|preprod|pre-prod|nonprod|non-prod|sandbox|prod|production|live|prd|stg)[-_.].*|.*?[-_.](preprod|pre-prod|nonprod|non-prod|dev|development|qa|stage|staging|uat|sandbox|prod|production|live|prd|stg))$/i;

/** The environment that a path names, the file's name before its folders', the nearest folder first; lower case. */
export function environmentIn(path: string): string | undefined {
  const [file = '', ...folders] = path.slice(0, 1000).split('/').reverse();
  const names = [file.replace(/(?:\.(?:ya?ml|json|tpl|tmpl))+$/i, ''), ...folders];
  for (const name of names) {
    const [, first, last] = ENVIRONMENT_WORDS.exec(name) ?? [];
    const found = ENVIRONMENT_NAMES.test(name) ? name : (first ?? last);
    if (found !== undefined) return found.toLowerCase();
  }
  return undefined;
}

/** Whether an environment's name says that customers are served there. */
export function isProduction(name: string): boolean {
  return /^(prod|production|live|prd)$/i.test(name);
}
