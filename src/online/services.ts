/** The public data services that are asked when nobody names a mirror: the only hosts that the program knows. */

/** Addresses without a slash at their end. */
export interface Services {
  /** `POST /v1/querybatch` and `GET /v1/vulns/{id}`, as OSV.dev serves them. */
  readonly osvApi: string;
  /** `{ecosystem}/all.zip`, `{ecosystem}/modified_id.csv` and `{ecosystem}/{id}.json`, as OSV publishes them. */
  readonly osvDumps: string;
  /** The file of vulnerabilities known to be exploited, as CISA publishes it. */
  readonly exploited: string;
  /** `GET /v3/systems/{system}/packages/{name}`, as deps.dev serves it. */
  readonly depsDev: string;
  /** `GET /schedules/{id}`, as PagerDuty serves it. */
  readonly pagerDuty: string;
  /** `GET /v2/schedules/{id}/timeline`, as Opsgenie serves it. */
  readonly opsgenie: string;
  /** Where people see GitHub, and git clones from. */
  readonly github: string;
  /** `GET /orgs/{org}/repos`, as GitHub serves it. */
  readonly githubApi: string;
  /** Where people see GitLab, git clones from, and `/api/v4` is below. */
  readonly gitlab: string;
  /** Where a person reads about the data. */
  readonly home: string;
}

/** Where the data is published. */
export const SERVICES: Services = {
  osvApi: 'https://api.osv.dev',
  osvDumps: 'https://osv-vulnerabilities.storage.googleapis.com',
  exploited: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  depsDev: 'https://api.deps.dev',
  pagerDuty: 'https://api.pagerduty.com',
  opsgenie: 'https://api.opsgenie.com',
  github: 'https://github.com',
  githubApi: 'https://api.github.com',
  gitlab: 'https://gitlab.com',
  home: 'https://osv.dev',
};
