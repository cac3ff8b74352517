/** What one schedule came to with one seed, as the tests note it. */
export type ScheduleResult = {
  readonly row: number;
  readonly title: string;
  readonly seed: number;
  readonly cases: number;
  readonly violations: readonly string[];
  readonly seconds: number;
};

/** A Markdown table: a line for each schedule, its seeds together. */
export function resultTable(results: readonly ScheduleResult[]): string {
  const schedules = Map.groupBy(results, ({ row, title }) => `${String(row).padStart(2)} ${title}`);
  const lines = [...schedules].sort(([a], [b]) => a.localeCompare(b)).map(([, played]) => lineOf(played));
  return [HEADER, '| ---: | --- | ---: | ---: | ---: | ---: |', ...lines].join('\n');
}

const HEADER = '| row | schedule | seeds | cases | violations | seconds |';

function lineOf(played: readonly ScheduleResult[]): string {
  const sum = (of: (result: ScheduleResult) => number): number => played.reduce((total, each) => total + of(each), 0);
  const [first] = played;
  const cells = [
    first?.row ?? 0,
    first?.title ?? '',
    played.length,
    sum(({ cases }) => cases),
    sum(({ violations }) => violations.length),
    Math.round(sum(({ seconds }) => seconds)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Each violation, once, with what it takes to play it again. */
export function violationLines(results: readonly ScheduleResult[]): readonly string[] {
  const lines = results.flatMap(({ row, seed, violations }) =>
    violations.map((text) => `✗ ${text}\n  again: npm run test:faults -- --seed ${seed} --row ${row}`),
  );
  return [...new Set(lines)];
}
