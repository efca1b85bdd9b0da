/** The tables, as they came to be: each entry leads from one version of the schema to the next. Entries are for ever; a change is a new one. */

/** Statements by the version that they begin from. */
export const MIGRATIONS: readonly string[] = [
  `
  create table gonogo.runs (
    run bigint generated always as identity primary key,
    id text not null unique,
    as_of date not null,
    pushed_at timestamptz not null default now(),
    version text not null,
    yardstick text not null,
    policy text,
    repositories integer not null,
    services integer not null,
    unjudged integer not null,
    header jsonb not null
  );
  create table gonogo.services (
    run bigint not null references gonogo.runs on delete cascade,
    repo text not null,
    dir text not null,
    name text not null,
    owner text,
    tier smallint not null,
    stage text not null,
    profile text not null,
    commit text,
    verdict text not null,
    applicable integer not null,
    met integer not null,
    verified integer not null,
    declared integer not null,
    letters text not null,
    waivers jsonb,
    end_of_life jsonb,
    overdue integer,
    leads jsonb,
    primary key (run, repo, dir)
  );
  create table gonogo.findings (
    run bigint not null references gonogo.runs on delete cascade,
    repo text not null,
    dir text not null,
    area text not null,
    rule text not null,
    severity text not null,
    standing text not null,
    ruling text not null,
    because text not null,
    path text,
    line integer,
    primary key (run, repo, dir, rule)
  );
  create index runs_as_of on gonogo.runs (as_of);
  create index findings_rule on gonogo.findings (rule, run);
  `,
  'alter table gonogo.services add column announced jsonb',
];
