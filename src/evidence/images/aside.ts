/** Which Dockerfiles are there for something else than serving users: development, tests, pipelines, a maintenance page. By their paths. */
import type { Manifest } from '../../manifest/manifest.ts';
import type { SourceFile } from '../collector.ts';
import { settingOf } from '../workloads/environment.ts';

const IN_NAME =
  /(^|[-_.])(dev|develop|development|devel|local|tests?|testing|e2e|cypress|playwright|ci|lint|linter|debug|tilt|docs?|mocks?|stub|fake|prism|wiremock|devcontainer|markdownlint|bench(mark)?s?|load(test)?|perf|action|toolbox|tools?|genproto|codegen)([-_.]|$)/i;
const IN_FOLDERS =
  /(^|\/)(\.[\w-]+|devcontainer|maintenance[-_]?page|mocks?|genproto|codegen|docs?|tools?|dev[-_]?tools?|hack|local|dev|load-?generator|load-?tests?|performance-?tests?|[\w-]*nightly[\w-]*|ui-tests)\//i;

/** Why an image is set aside, if so. */
export function asideOf(file: SourceFile, manifest: Manifest): { readonly because: string } | undefined {
  const name = (file.path.split('/').pop() ?? '').replace(/\.?(Dockerfile|Containerfile)[.\-_]?/i, '');
  const [word] = IN_NAME.exec(name) ?? [];
  if (word !== undefined) return { because: `its name says ${word.replace(/^[-_.]|[-_.]$/g, '')}` };
  const [folder] = IN_FOLDERS.exec(file.path) ?? [];
  if (folder !== undefined) return { because: `it is kept in ${folder.replace(/^\//, '')}` };
  const { aside } = settingOf(file, manifest);
  // A folder called ci often holds the very image that the pipeline builds and deploys.
  return aside && aside.because !== 'for CI' ? aside : undefined;
}
