/** Builds that make images without a Dockerfile: jib, buildpacks, ko and the .NET SDK. By the words of their build files. */
import type { SourceFile, Sources } from '../collector.ts';
import type { Imageless } from '../images.ts';
import { placeIn } from '../sources.ts';

const BUILDS: readonly (readonly [file: RegExp, text: RegExp, tool: string])[] = [
  [/(^|\/)(pom\.xml|[\w.-]*\.gradle(\.kts)?)$/, /jib-maven-plugin|com\.google\.cloud\.tools\.jib/, 'jib'],
  [/(^|\/)pom\.xml$/, /spring-boot:build-image|<goal>build-image/, "Spring Boot's buildpacks"],
  [/(^|\/)\.ko\.ya?ml$/, /./, 'ko'],
  [/(^|\/)project\.toml$/, /\[_\]|buildpacks|\[build\]/, 'buildpacks'],
  [/\.csproj$/, /<EnableSdkContainerSupport>true|<ContainerRepository>|<ContainerImageName>/, 'the .NET SDK'],
  [/(AppHost|Program)\.(cs|csproj)$/, /DistributedApplication\.CreateBuilder|Aspire\.AppHost\.Sdk/, '.NET Aspire'],
  [/(^|\/)Procfile$/, /^\w[\w-]*:/m, "a Procfile's buildpack"],
];

/** The first sign of each tool. */
export function imagelessBuilds(sources: Sources): readonly Imageless[] {
  const own = sources.files.filter((file) => file.class === 'source');
  return BUILDS.flatMap(([path, text, tool]) =>
    signIn(
      own.filter((file) => path.test(file.path)),
      text,
      tool,
      sources,
    ),
  );
}

function signIn(files: readonly SourceFile[], pattern: RegExp, tool: string, sources: Sources): readonly Imageless[] {
  for (const file of files) {
    const text = sources.text(file, []) ?? '';
    const found = pattern.exec(text);
    if (found) return [{ tool, at: placeIn(file, text.slice(0, found.index).split('\n').length) }];
  }
  return [];
}
