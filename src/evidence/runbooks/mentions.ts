/** Addresses that configuration gives for runbooks, found in raw text whatever the format. Says where they are; looks nothing up. */

import type { SourceFile, Sources } from '../collector.ts';
import { onceFor } from '../once.ts';
import { resolveReference } from '../references/resolve-reference.ts';
import { isBelow } from '../sources.ts';

/** An address in a file of configuration. */
export interface Mention {
  readonly target: string;
  readonly file: SourceFile;
  readonly line: number;
  /** Its key or its line says runbook or playbook, so that it is meant as one. */
  readonly named: boolean;
}

const CONFIGURATION = /\.(?:ya?ml|rules|tf|tf\.json|hcl|tpl|tmpl|gotmpl|jsonnet|libsonnet|cue|bicep|prom)$/i;
const ALERT_PATH = /alert|rule|monitor|prometheus|grafana|observability|chart|terraform|infra/i;
/** A pipeline moves files about, and tells nobody what to read. */
const PIPELINE =
  /(?:^|\/)\.(?:github|circleci|gitlab|buildkite|tekton|azure-pipelines)\/|(?:^|\/)\.gitlab-ci[\w.-]*\.ya?ml$/;
/** Claims are not configuration: a manifest that cites a drill in the line of its rollback runbook links no runbook. */
const OURS = /(?:^|\/)\.?gonogo\.[\w.]+$/;
const LARGEST = 1024 * 1024;
const LONGEST_LINE = 2000;

const KEY = /\b([\w.-]*(?:run-?_?book|play-?_?book|\bsop\b)[\w.-]*)["']?\s*(?::=|[:=])\s*["']?([^\s"',|>][^\s"',]*)/gi;
const ADDRESS =
  /https?:\/\/[^\s"'<>)\]`|]+|(?<![\w/.:-])(?:\.{0,2}\/)?[\w.-]+(?:\/[\w.-]+)*\.(?:mdx?|markdown|adoc|asciidoc|rst|html?)(?:#[^\s"'<>)\]`]*)?/gi;

/** A part of every address and of every key that says runbook: most lines have neither, and are told quickly. */
const OCCASION = /http|\.m(?:d|arkdown)|\.a(?:doc|sciidoc)|\.rst|\.html?|book|sop/i;

/** All addresses in the service's configuration, in shared alert rules, and in the files that the manifest names as alert sources. */
export function mentionsOf(sources: Sources): readonly Mention[] {
  // Two kinds of evidence ask for the same.
  return onceFor(mentionsOf, sources, (its) =>
    configurationOf(its).flatMap((file) => {
      const text = its.text(file, []);
      return text === undefined ? [] : mentionsIn(text).map((mention) => ({ ...mention, file }));
    }),
  );
}

function configurationOf(sources: Sources): readonly SourceFile[] {
  const own = sources.files.filter((file) => file.class === 'source');
  const around = sources.shared.filter(
    (file) => file.class === 'source' && ALERT_PATH.test(file.path) && !isBelow(file.path, sources.manifest.dir),
  );
  const named = (sources.manifest.claims.alerts?.sources ?? []).flatMap(
    (reference) => resolveReference(reference, sources, []).files,
  );
  const files = [...own, ...around, ...named].filter(
    (file) =>
      CONFIGURATION.test(file.path) && !OURS.test(file.path) && !PIPELINE.test(file.path) && file.size <= LARGEST,
  );
  return [...new Map(files.map((file) => [`${file.root}:${file.path}`, file])).values()];
}

/** Addresses in one text. */
export function mentionsIn(text: string): readonly Omit<Mention, 'file'>[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.length > LONGEST_LINE || !OCCASION.test(line)) return [];
    const says = !/^\s*(?:#|\/\/)/.test(line) && /run-?_? ?book|play-?_? ?book|\bsop\b/i.test(line);
    const addresses = (line.match(ADDRESS) ?? []).map((target) => ({
      target: target.replace(/[.,;:]+$/, ''),
      named: says,
    }));
    const values = says ? [...line.matchAll(KEY)].map((match) => ({ target: match[2] ?? '', named: true })) : [];
    const unique = new Map(
      [...values, ...addresses].filter(({ target }) => target !== '').map((it) => [it.target, it]),
    );
    return [...unique.values()].map((it) => ({ ...it, line: index + 1 }));
  });
}
