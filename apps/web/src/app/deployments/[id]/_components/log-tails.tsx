import { CodeBlock } from '../../../../ui/code.tsx';
import type { LogTail } from '../_events/progress.ts';
import styles from './log-tails.module.css';

/** The last lines that containers wrote before they gave up. */
export function LogTails({ logs }: { readonly logs: readonly LogTail[] }) {
  return logs.map(({ object, container, lines }) => (
    <details key={`${object} ${container}`} className={styles['tail']}>
      <summary>
        Last lines of container <strong>{container}</strong> in <code>{object}</code>
      </summary>
      <CodeBlock text={lines.join('\n')} label={`Last lines of ${container}`} />
    </details>
  ));
}
