import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { classNames } from './styling.ts';
import { Icon, Spinner, type IconName } from './icon.tsx';

type Variant = 'primary' | 'secondary' | 'quiet' | 'danger' | 'link';

interface Shape {
  /** `link` stands in a line of text. */
  readonly variant?: Variant;
  readonly small?: boolean;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

const classOf = (variant: Variant, small: boolean): string =>
  classNames(styles['button'], styles[variant], small && styles['small']);

type ButtonProps = Shape & Omit<ComponentProps<'button'>, 'className'> & { readonly busy?: boolean };

/** While busy it keeps its focus and its place, but does nothing. */
export function Button({ variant = 'secondary', small = false, icon, busy = false, children, ...rest }: ButtonProps) {
  const iconElement = icon === undefined ? null : <Icon name={icon} />;
  return (
    <button
      type="button"
      {...rest}
      className={classOf(variant, small)}
      aria-busy={busy || undefined}
      disabled={rest.disabled ?? false}
      onClick={
        busy
          ? (event) => {
              event.preventDefault();
            }
          : rest.onClick
      }
    >
      {busy ? <Spinner /> : iconElement}
      {children}
    </button>
  );
}

type LinkButtonProps = Shape & Omit<ComponentProps<typeof Link>, 'className'>;

export function LinkButton({ variant = 'secondary', small = false, icon, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={classOf(variant, small)}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </Link>
  );
}

type DownloadButtonProps = Shape & Omit<ComponentProps<'a'>, 'className'> & { readonly href: string };

/** Saves what an address answers as a file. */
export function DownloadButton({ variant = 'secondary', small = false, children, ...rest }: DownloadButtonProps) {
  return (
    <a {...rest} download className={classOf(variant, small)}>
      <Icon name="download" />
      {children}
    </a>
  );
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  readonly icon: IconName;
  /** What it does: its name for screen readers, and its tooltip. */
  readonly label: string;
};

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className={styles['iconButton']} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}
