import { problemOfDiagnostic } from '../../../api/error-details.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Card } from '../../../ui/card.tsx';
import { ProblemList } from '../../../ui/problem-list.tsx';
import type { operations, OutputOf } from '@ushadow/contracts';
import styles from './catalog-problems.module.css';

type CatalogProblem = OutputOf<typeof operations.listProjects>['problems'][number];

const OPEN_MAX = 2;

/** Compose files that could not be read, each with the place of every finding. */
export function CatalogProblems({ problems }: { readonly problems: readonly CatalogProblem[] }) {
  const count = problems.length === 1 ? '1 Compose file' : `${String(problems.length)} Compose files`;
  return (
    <Card
      title={`${count} could not be read`}
      aside={<span>The other files are not affected.</span>}
      testId="catalog-problems"
      flush
    >
      {problems.map((problem) => (
        <details key={problem.file} className={styles['file']} open={problems.length <= OPEN_MAX}>
          <summary>
            <code>{problem.file}</code>
            <Badge tone="bad" icon="alert">
              {problem.diagnostics.length === 1 ? '1 problem' : `${String(problem.diagnostics.length)} problems`}
            </Badge>
          </summary>
          <ProblemList problems={problem.diagnostics.map(problemOfDiagnostic)} />
        </details>
      ))}
    </Card>
  );
}
