/** Tells pages that are a copy of the repository's own template, word for word, from those that somebody has filled in. */
import type { SourceFile, Sources } from './collector.ts';
import type { MarkdownDocument, MarkdownSection } from './pages/markdown.ts';
import { PAGE } from './pages/page-text.ts';

const TEMPLATE = /(?:^|[/._-])_?template\.\w+(?:\.\w+)?$/i;
/** Most templates that are compared. */
const MOST = 20;

/** Answers whether each section of a page that says anything says what a template says. */
export function openTemplates(sources: Sources): (document: MarkdownDocument) => boolean {
  const templates = sources.shared.filter(isTemplate).slice(0, MOST);
  const known = templates.map((file) => new Set(written(sources.markdown(file, [])?.sections ?? []).map(bare)));
  return ({ sections }) => {
    const own = written(sections);
    return own.length > 0 && known.some((texts) => own.every((it) => texts.has(bare(it))));
  };
}

function isTemplate({ path, class: kind }: SourceFile): boolean {
  return kind === 'source' && PAGE.test(path) && TEMPLATE.test(path);
}

function written(sections: readonly MarkdownSection[]): readonly MarkdownSection[] {
  return sections.filter(({ words }) => words > 0);
}

function bare({ text }: MarkdownSection): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** The same page with nothing in it yet. */
export function unwritten(document: MarkdownDocument): MarkdownDocument {
  const sections = document.sections.map((section) =>
    section.state === 'filled'
      ? { ...section, state: 'stub' as const, stubLine: section.line, words: 0, commands: 0 }
      : section,
  );
  return { ...document, sections };
}
