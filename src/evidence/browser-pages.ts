/** Which of a service's files are pages, templates or components for a browser: what people look at. By path alone. */
import type { SourceFile, Sources } from './collector.ts';

const PAGE =
  /\.(?:html?(?:\.\w+)?|[jt]sx|vue|svelte|astro|haml|slim|blade\.php|twig|ejs|njk|nunjucks|pug|cshtml|razor|jsp|gohtml|gotmpl|heex|leex|eex|jinja|hbs|handlebars)$|\.html\.(?:j2|jinja2?)$|(?:^|\/)(?:views|templates)\/.*\.erb$/i;

function isBrowserPage({ path, class: its }: SourceFile): boolean {
  return (
    its === 'source' &&
    PAGE.test(path) &&
    !/(?:^|\/)(?:docs?|\.github|coverage|reports?|helm|charts?|[\w-]*e?mails?[\w-]*|mailers?|openapi|swagger|codegen|generator)\//i.test(
      path,
    ) &&
    !/\.md\.\w+$/.test(path) &&
    !/\.(?:test|spec|stories)\.[jt]sx$/.test(path)
  );
}

/** The first few; none where the service has no pages of its own. */
export function browserPages({ files }: Pick<Sources, 'files'>): readonly string[] {
  return files
    .filter(isBrowserPage)
    .map(({ path }) => path)
    .slice(0, 5);
}
