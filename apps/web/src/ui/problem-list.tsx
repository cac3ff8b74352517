import type { Problem } from '../api/error-details.ts';
import { InlineCode } from './code.tsx';
import styles from './problem-list.module.css';

/** What there is to put right: place, problem and remedy of each. A message of several lines keeps its code frame. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  return (
    <ul className={styles['list']} data-testid="problem-list">
      {problems.map((problem, index) => (
        <li key={`${String(index)}${problem.what}`}>
          <ProblemEntry problem={problem} />
        </li>
      ))}
    </ul>
  );
}

function ProblemEntry({ problem }: { readonly problem: Problem }) {
  const [first = '', ...frame] = problem.what.split('\n');
  return (
    <>
      <p>
        {problem.where === null ? null : <code className={styles['where']}>{problem.where}</code>}
        <InlineCode text={first} />
      </p>
      {frame.length === 0 ? null : (
        <pre className={styles['frame']} tabIndex={0} aria-label="Code at this place">
          {frame.join('\n')}
        </pre>
      )}
      {problem.remedy === null ? null : (
        <p className={styles['remedy']}>
          <InlineCode text={problem.remedy} />
        </p>
      )}
      {problem.also === undefined ? null : <AlsoAt places={problem.also} />}
    </>
  );
}

function AlsoAt({ places }: { readonly places: readonly string[] }) {
  return (
    <details>
      <summary>{places.length === 1 ? 'In 1 other place' : `In ${String(places.length)} other places`}</summary>
      <ul className={styles['list']}>
        {places.map((place, index) => (
          <li key={`${String(index)}${place}`}>
            <InlineCode text={place} />
          </li>
        ))}
      </ul>
    </details>
  );
}
