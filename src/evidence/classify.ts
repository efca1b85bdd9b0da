/** Whose file it is: the service's own, or vendored, generated, test or example material that is set aside by default. */
import ignore from 'ignore';
import type { SourceFile } from './collector.ts';

type FileClass = SourceFile['class'];

const FOLDERS: readonly (readonly [FileClass, RegExp])[] = [
  [
    'vendored',
    /(^|\/)(node_modules|vendor|vendors|third_party|third-party|bower_components|\.yarn|\.venv|site-packages|Godeps)\//i,
  ],
  ['generated', /(^|\/)(generated|__generated__|dist|build\/generated)\//i],
  [
    'test',
    /(^|\/)(tests?|unittests?|__tests__|testdata|test-data|specs?|e2e|cypress|fixtures?|__fixtures__|mocks?|__mocks__|__snapshots__|testing)\//i,
  ],
  // Tests of alert rules and of charts are kept beside what they test.
  ['test', /_tests?\.ya?ml$/i],
  // What assistants are told holds examples of everything and says nothing of the service.
  [
    'example',
    /(^|\/)(?:\.github\/(?:agents|skills|prompts|instructions|chatmodes)|\.(?:agents|claude|codex|cursor|gemini|windsurf))\//i,
  ],
  // Below `dashboards` and `provisioning` folders are named after Grafana's, whatever they are called.
  [
    'example',
    /^(?:(?!(?:dashboards|provisioning)\/)[^/]*\/)*?(?:examples?|samples?|demos?|extras|hack|playground|templates?\/examples)\//i,
  ],
];

/** A function that classes a path; `inside` is the part below the service's folder, so that a service kept in `examples/` is judged too. */
export function classifier(gitattributes: string | undefined): (path: string, inside: string) => FileClass {
  const vendored = attributeMatcher(gitattributes, 'linguist-vendored');
  const generated = attributeMatcher(gitattributes, 'linguist-generated');
  return (path, inside) => {
    const byFolder = FOLDERS.find(([, pattern]) => pattern.test(inside))?.[0];
    if (byFolder) return byFolder;
    if (vendored(path)) return 'vendored';
    return generated(path) ? 'generated' : 'source';
  };
}

/** Patterns of `.gitattributes` that set an attribute, matched with gitignore's rules, which they share. */
function attributeMatcher(gitattributes: string | undefined, attribute: string): (path: string) => boolean {
  const patterns = (gitattributes ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([pattern, ...attributes]) => pattern && attributes.some((it) => it === attribute || it === `${attribute}=true`),
    )
    .map(([pattern]) => pattern ?? '');
  if (patterns.length === 0) return () => false;
  const matcher = ignore().add(patterns);
  return (path) => matcher.ignores(path);
}
