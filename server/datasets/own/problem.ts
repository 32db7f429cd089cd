/** What somebody brought can't be learned from; names the file and says what was expected, for the person who brought it. */
export class DataProblem extends Error {
  override readonly name = 'DataProblem';
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const number = (value: number): string => plain.format(value);
export const megabytes = (bytes: number): string => `${plain.format(bytes / 2 ** 20)} MB`;
