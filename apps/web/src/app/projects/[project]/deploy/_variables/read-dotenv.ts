import type { Problem } from '../../../../../api/error-details.ts';

export interface ReadDotenv {
  /** By name; of one that occurs again the last counts. */
  readonly values: ReadonlyMap<string, string>;
  /** With line and column. */
  readonly problems: readonly Problem[];
}

/** Reads an env file as Compose does. The reader is loaded only now: few use it. */
export async function readDotenv(text: string): Promise<ReadDotenv> {
  const { parseDotenv } = await import('@ushadow/compose');
  const { entries, problems } = parseDotenv(text, () => undefined);
  return {
    values: new Map(entries.map(({ name, value }) => [name, value])),
    problems: problems.map(({ line, column, problem }) => ({
      where: `${String(line)}:${String(column)}`,
      what: problem.kind === 'syntax' ? problem.text : 'it refers to a variable that has no value here',
      remedy: null,
    })),
  };
}
