/** What helmfiles lay over the charts of this repository: values files by release, and values written on the spot. Runs no helmfile. */
import type { SourceFile, Sources } from '../collector.ts';
import { list, record } from '../plain-value.ts';
import { replaceActions } from '../yaml/template-marks.ts';
import { isOpaque, type YamlDocument } from '../yaml/yaml.ts';
import { folderOf, pathFrom } from './folders.ts';
import type { ChartEnvironment } from './helm-charts.ts';

const HELMFILE = /(^|\/)helmfile(\.d\/[^/]+)?\.ya?ml(\.gotmpl)?$/;
const ENVIRONMENT = /\.Environment\.Name\b/;

/** What releases of the chart in a folder lay over it: by environment where the paths of the values name it, else for all. */
export function helmfileLayers(chartDir: string, sources: Sources): readonly ChartEnvironment[] {
  return sources.files
    .filter(({ path }) => HELMFILE.test(path))
    .flatMap((file) => {
      const documents = sources.yaml(file, [])?.documents ?? [];
      const environments = documents.flatMap(({ value }) => Object.keys(record(record(value).environments)));
      return documents.flatMap((document) =>
        list(record(document.value).releases).flatMap((release, index) => {
          const { chart, values } = record(release);
          if (typeof chart !== 'string' || pathFrom(folderOf(file.path), chart) !== chartDir) return [];
          const byName = list(values).some((it) => typeof it === 'string' && ENVIRONMENT.test(it));
          const names = byName ? environments.filter((name) => name !== 'default') : [undefined];
          return names.map((name) => layersOf(list(values), name, { file, document, index, sources }));
        }),
      );
    });
}

interface Release {
  readonly file: SourceFile;
  readonly document: YamlDocument;
  readonly index: number;
  readonly sources: Sources;
}

function layersOf(values: readonly unknown[], name: string | undefined, release: Release): ChartEnvironment {
  const { file, document, index, sources } = release;
  const paths = values.flatMap((it) => (typeof it === 'string' ? [pathOf(it, name, folderOf(file.path))] : []));
  const files = paths.map((path) => sources.files.find((it) => it.path === path));
  const inline = values.flatMap((it, at) =>
    typeof it === 'string' ? [] : [{ file, document, prefix: ['releases', index, 'values', at], mount: [] }],
  );
  return {
    ...(name !== undefined && { name }),
    files: files.filter((it) => it !== undefined),
    inline,
    ...(files.includes(undefined) && { unseen: `${file.path} lays values over its chart that are not here` }),
  };
}

/** Path of a values file, the environment's name filled in; undefined where more is to be filled in. */
function pathOf(written: string, environment: string | undefined, dir: string): string | undefined {
  const path = replaceActions(written, (action) => (ENVIRONMENT.test(action) ? (environment ?? action) : action));
  return isOpaque(path) ? undefined : pathFrom(dir, path.trim());
}
