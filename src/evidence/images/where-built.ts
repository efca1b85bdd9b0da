/** Where a repository says to build a Dockerfile: in its pipelines, in Skaffold and Cloud Build, or only in a Compose file for laptops. By text, and no further than that goes. */

import type { Place } from '../../model.ts';
import type { SourceFile } from '../collector.ts';
import { literalPattern } from '../literal-pattern.ts';
import { placeIn } from '../sources.ts';

/** A file that builds, with its text. */
export interface Builder {
  readonly file: SourceFile;
  readonly lines: readonly string[];
  /** For laptops: a Compose file that is not named after production. */
  readonly local: boolean;
}

const PIPELINES =
  /^(\.github\/(workflows|actions)\/.*\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/.*\.ya?ml|\.buildkite\/.*|\.woodpecker.*\.ya?ml|\.drone\.ya?ml|azure-pipelines.*\.ya?ml|bitbucket-pipelines\.ya?ml|(.*\/)?Jenkinsfile[\w.-]*|(.*\/)?cloudbuild[\w.-]*\.ya?ml|(.*\/)?buildspec[\w.-]*\.ya?ml|(.*\/)?skaffold[\w.-]*\.ya?ml|\.tekton\/.*\.ya?ml|(.*\/)?Makefile|(.*\/)?docker-bake\.(hcl|json)|(.*\/)?fly\.toml|(.*\/)?render\.ya?ml)$/;
const COMPOSE = /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/i;

/** Whether a file may build images. */
export function mayBuild(path: string): boolean {
  return PIPELINES.test(path) || COMPOSE.test(path);
}

/** A builder of a file's text. */
export function builderOf(file: SourceFile, text: string): Builder {
  const isCompose = COMPOSE.test(file.path);
  const local = (isCompose && !/prod|live|deploy|release/i.test(file.path)) || /(^|\/)Makefile$/.test(file.path);
  return { file, lines: text.split('\n', 5000), local };
}

/** Places that name the Dockerfile at a path, or its folder as what to build from. */
export function placesThatBuild(path: string, builders: readonly Builder[]): readonly Place[] {
  const patterns = patternsFor(path);
  return builders.flatMap(({ file, lines }) => {
    const line = lines.findIndex((it) => it.length < 2000 && patterns.some((pattern) => pattern.test(it)));
    return line < 0 ? [] : [placeIn(file, line + 1)];
  });
}

function patternsFor(path: string): readonly RegExp[] {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  const folder = parts.join('/');
  const isPlain = /^(Dockerfile|Containerfile)$/i.test(name);
  const patterns = [
    new RegExp(
      `(^|[\\s"'=:/(])${literalPattern(isPlain && folder !== '' ? `${parts.at(-1)}/${name}` : name)}($|[\\s"',)\\]}])`,
    ),
  ];
  if (isPlain && folder !== '') {
    patterns.push(
      new RegExp(
        `(context|build|image|path|working-directory|workdir|directory|dir)s?["']?\\s*[:=]\\s*["']?(\\./|\\.\\./)*${literalPattern(folder)}/?["']?\\s*(#|,|$)`,
      ),
    );
    patterns.push(
      new RegExp(`\\b(docker|podman|buildah)\\b.*\\bbuild\\b.*[\\s"'](\\./)?${literalPattern(folder)}/?["']?\\s*$`),
    );
  }
  return patterns;
}
