/** Reads project files of .NET: what they reference, and whether they are programs. */
import { everyElement, readXml, textOf } from '../xml-element.ts';
import type { ManifestReading } from './manifest-reading.ts';

/** *.csproj, *.fsproj and Directory.Build.props. */
export function readProject(text: string): ManifestReading {
  const { root } = readXml(text);
  if (root?.name !== 'Project') throw new Error('no project is in it');
  const elements = everyElement(root);
  const including = (name: string) =>
    elements.flatMap((it) => {
      const include = it.name === name ? it.attributes.Include : undefined;
      return include === undefined ? [] : [{ include, line: it.line }];
    });
  const isTest = elements.some((it) => textOf(it, 'IsTestProject') === 'true');
  const isProgram =
    /Sdk\.(Web|Worker)$/.test(root.attributes.Sdk ?? '') || elements.some((it) => textOf(it, 'OutputType') === 'Exe');
  return {
    ecosystem: 'nuget',
    dependencies: including('PackageReference').map(({ include, line }) => ({
      name: include,
      scope: isTest ? 'test' : 'run',
      line,
    })),
    provides: [],
    uses: including('ProjectReference').map(({ include }) =>
      include.replaceAll('\\', '/').split('/').slice(0, -1).join('/'),
    ),
    ...(isProgram && !isTest && { runs: root.line }),
  };
}
