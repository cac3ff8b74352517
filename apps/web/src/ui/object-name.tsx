import styles from './object-name.module.css';

interface ObjectNameProps {
  /** `Kind/namespace/name` or `Kind/name` */
  readonly of: string;
}

/** Kind and name of an object; its namespace stands in the head of the page. */
export function ObjectName({ of }: ObjectNameProps) {
  const parts = of.split('/');
  return (
    <span>
      <span className={styles['kind']}>{parts[0]}</span> <strong>{parts.at(-1)}</strong>
    </span>
  );
}
