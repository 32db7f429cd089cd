import type { Program } from './program';

/** Lines with their ends, as nbformat has them. */
const source = (text: string): string[] => text.split(/(?<=\n)/);

const markdown = (id: string, text: string) => ({
  cell_type: 'markdown',
  id,
  metadata: {},
  source: source(text),
});

const code = (id: string, text: string) => ({
  cell_type: 'code',
  execution_count: null,
  id,
  metadata: {},
  outputs: [],
  source: source(text),
});

/** A program of Python as a Jupyter notebook, nbformat 4.5: prose and code of each section in a cell each. */
export function notebook({ title, about, sections }: Program): string {
  const cells = sections.flatMap((section, i) => [
    markdown(`about-${i}`, `## ${section.title}\n\n${section.about}`),
    code(`code-${i}`, section.code),
  ]);
  const content = {
    cells: [markdown('title', `# ${title}\n\n${about}`), ...cells],
    metadata: {
      kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
      language_info: { name: 'python' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
  return `${JSON.stringify(content, null, 1)}\n`;
}
