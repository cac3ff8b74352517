import type { Report } from '../diagnostics/report.ts';
import type { Asked, GuardedFiles } from '../files/guarded-files.ts';
import { reportInvalid } from '../interpolate/report-invalid.ts';
import type { Work } from '../work.ts';
import { parseDotenv } from './parse-dotenv.ts';
import type { DotenvProblem } from './parse-dotenv.ts';

/**
 * Variables of env files, later files over earlier ones. References inside look in `outer` first, then above.
 */
export function readEnvFiles(
  paths: readonly string[],
  outer: Readonly<Record<string, string>>,
  files: GuardedFiles,
  report: Report,
  work: Work,
  asked: Asked,
): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const path of paths) {
    const text = files.read(path, 'env', asked);
    if (text === undefined) continue;
    work.write(text.length);
    const lookup = (name: string): string | undefined => (Object.hasOwn(outer, name) ? outer[name] : undefined);
    const { entries, problems } = parseDotenv(text, lookup, values);
    reportProblems(problems, path, report);
    for (const { name, value } of entries) {
      work.write(value.length);
      values.set(name, value);
    }
  }
  return Object.fromEntries(values);
}

/** Turns the problems of an env file into diagnostics that point into it. */
export function reportProblems(problems: readonly DotenvProblem[], file: string, report: Report): void {
  for (const { problem, line, column } of problems) {
    const at = { file, line, column };
    if (problem.kind === 'syntax') report.add('CPS0302', { problem: problem.text }, '', at);
    else if ('invalid' in problem.result) reportInvalid(problem.result, report, '', at);
    else report.add('CPS0202', { variable: problem.result.missing, reason: problem.result.reason }, '', at);
  }
}
