import styles from './code.module.css';
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

/** Text in which what stands between backticks is code. Only text nodes: what it says may come from a cluster. */
export function InlineCode({ text }: { readonly text: string }) {
  return text
    .split('`')
    .map((part, index, parts) =>
      index % 2 === 1 && index < parts.length - 1 ? <code key={`${String(index)}${part}`}>{part}</code> : part,
    );
}
