import styles from './skeleton.module.css';

interface SkeletonProps {
  /** What is being loaded, for screen readers. */
  readonly label: string;
  readonly shape: 'tiles' | 'cards' | 'rows';
  readonly count: number;
}

/** The outline of what is coming. */
export function Skeleton({ label, shape, count }: SkeletonProps) {
  return (
    <div role="status" data-testid="loading">
      <span className="visually-hidden">{label}</span>
      <div className={styles[shape]} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          <div key={index} className={styles['block']}>
            <span className={styles['line']} />
            <span className={styles['shortLine']} />
          </div>
        ))}
      </div>
    </div>
  );
}
