import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { Icon, Spinner, type IconName } from './icon.tsx';
import { classNames, type Tone } from './styling.ts';

interface BadgeProps {
  readonly tone: Tone;
  /** `spinner` for what is under way. */
  readonly icon?: IconName | 'spinner';
  readonly title?: string | undefined;
  /** It may take several lines. */
  readonly long?: boolean;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A state as icon, label and colour. */
export function Badge({ tone, icon, title, long = false, testId, children }: BadgeProps) {
  return (
    <span
      className={classNames(styles['badge'], long && styles['long'])}
      title={title}
      data-testid={testId}
      data-tone={tone}
    >
      {icon === 'spinner' ? <Spinner /> : null}
      {icon === undefined || icon === 'spinner' ? null : <Icon name={icon} />}
      {children}
    </span>
  );
}

/** `key: value` or a plain word. */
export function Chip({ title, children }: { readonly title?: string | undefined; readonly children: ReactNode }) {
  return (
    <span className={styles['chip']} title={title}>
      {children}
    </span>
  );
}

export function Chips({ children }: { readonly children: ReactNode }) {
  return <div className={styles['chips']}>{children}</div>;
}
