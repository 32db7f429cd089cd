import type { Recipe } from '../catalog/models';
import { notebook } from './notebook';
import type { Program } from './program';
import { programsOf } from './programs';
import { dataName } from './sources';
import { wrapped } from './template';

/** Characters of a line of prose in a comment. */
const PROSE = 86;

export const languages = [
  { id: 'keras', label: 'Keras', extension: 'py', mime: 'text/x-python' },
  { id: 'tensorflowjs', label: 'TensorFlow.js', extension: 'mjs', mime: 'text/javascript' },
  { id: 'notebook', label: 'Notebook', extension: 'ipynb', mime: 'application/x-ipynb+json' },
] as const;
export type LanguageId = (typeof languages)[number]['id'];

const prose = (words: string, comment: string): string =>
  wrapped(words, PROSE)
    .map((line) => `${comment} ${line}`)
    .join('\n');

/** What begins a comment, and a section's heading; editors know the latter in Python as the border of a cell. */
const styles = {
  python: { comment: '#', heading: '# %%' },
  javascript: { comment: '//', heading: '// ----' },
} as const;

/** A program as one file: each section under its heading and its prose. */
function source({ title, about, sections }: Program, style: keyof typeof styles): string {
  const { comment, heading } = styles[style];
  const parts = sections.map((section) =>
    [`${heading} ${section.title}`, prose(section.about, comment), '', section.code].join('\n'),
  );
  return `${[prose(`${title}. ${about}`, comment), ...parts].join('\n\n\n')}\n`;
}

/** The title of a recipe's program, which says what it learns from. */
const titled = (program: Program, recipe: Recipe): Program => ({
  ...program,
  title: `${program.title}: ${dataName(recipe).label}`,
});

/**
 * A recipe as source text: the same model with the same hyperparameters.
 * @param site the address of the server that hands out data sets of its own, e.g. `http://localhost:3000`.
 */
export function codeOf(recipe: Recipe, language: LanguageId, site: string): string {
  switch (language) {
    case 'keras':
      return source(titled(programsOf(recipe).keras(recipe, site), recipe), 'python');
    case 'tensorflowjs':
      return source(titled(programsOf(recipe).tensorflowjs(recipe, site), recipe), 'javascript');
    case 'notebook':
      return notebook(titled(programsOf(recipe).keras(recipe, site), recipe));
  }
}

/** What one reads of it: a notebook's cells in the percent format that editors know, else the source text itself. */
export function readableOf(recipe: Recipe, language: LanguageId, site: string): string {
  if (language !== 'notebook') return codeOf(recipe, language, site);
  const { title, about, sections } = titled(programsOf(recipe).keras(recipe, site), recipe);
  const markdown = (heading: string, words: string) =>
    ['# %% [markdown]', `# ${heading}`, '#', prose(words, '#')].join('\n');
  const cells = sections.flatMap((section) => [
    markdown(`## ${section.title}`, section.about),
    `# %%\n${section.code}`,
  ]);
  return `${[markdown(`# ${title}`, about), ...cells].join('\n\n')}\n`;
}

/** A file's name for a recipe's program, e.g. `dcgan-fashion-mnist.py`. */
export function fileNameOf(recipe: Recipe, language: LanguageId): string {
  const { extension } = languages.find(({ id }) => id === language) as (typeof languages)[number];
  return `${recipe.model}-${dataName(recipe).file}.${extension}`;
}
