import type { ReactNode } from 'react';
import { CodeBlock } from './code.tsx';
import { Notice } from './notice.tsx';
import styles from './shown-once.module.css';

interface ShownOnceProps {
  readonly title: string;
  /** Name by name; without any, the title is all there is to say. */
  readonly secrets: readonly (readonly [name: string, value: string])[];
  readonly testId: string;
  readonly children?: ReactNode;
}

/** Secrets that the page has made and nobody is shown again, ready to be copied. Only the title is read out. */
export function ShownOnce({ title, secrets, testId, children }: ShownOnceProps) {
  return (
    <Notice tone="ok" title={<span role="status">{title}</span>} testId={testId}>
      {secrets.length === 0 ? null : <p>Copy this now: it is not shown again.</p>}
      <dl className={styles['secrets']}>
        {secrets.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <CodeBlock text={value} label={name} />
            </dd>
          </div>
        ))}
      </dl>
      {children}
    </Notice>
  );
}
