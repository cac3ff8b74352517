import styles from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

interface CodeBlockProps {
  readonly text: string;
  /** What it is, for screen readers. */
  readonly label: string;
}

export function CodeBlock({ text, label }: CodeBlockProps) {
  return (
    <figure className={styles['block']}>
      <pre tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <span className={styles['copy']}>
        <CopyButton text={text} what={label} />
      </span>
    </figure>
  );
}
