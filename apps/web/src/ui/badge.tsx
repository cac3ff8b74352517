import type { ReactNode } from 'react';
import styles from './badge.module.css';
import { classNames } from './class-names.ts';
import { Icon, Spinner, type IconName } from './icon.tsx';

export type Tone = 'ok' | 'bad' | 'warn' | 'info' | 'neutral';

interface BadgeProps {
  readonly tone: Tone;
  /** `spinner` for what is under way. */
  readonly icon?: IconName | 'spinner';
  readonly title?: string | undefined;
  readonly testId?: string;
  readonly children: ReactNode;
}

/** A state as sign, word and colour. */
export function Badge({ tone, icon, title, testId, children }: BadgeProps) {
  return (
    <span className={classNames(styles['badge'], styles[tone])} title={title} data-testid={testId} data-tone={tone}>
      {icon === 'spinner' ? <Spinner /> : null}
      {icon === undefined || icon === 'spinner' ? null : <Icon name={icon} />}
      {children}
    </span>
  );
}

/** `key: value` or a plain word. */
export function Chip({ children }: { readonly children: ReactNode }) {
  return <span className={styles['chip']}>{children}</span>;
}

export function Chips({ children }: { readonly children: ReactNode }) {
  return <div className={styles['chips']}>{children}</div>;
}
