import { useRef, useState, type ClipboardEvent, type ComponentProps } from 'react';
import { classNames } from './styling.ts';
import styles from './value-input.module.css';

type Shared = Pick<ComponentProps<'input'>, 'id' | 'placeholder' | 'required' | 'aria-invalid' | 'aria-describedby'>;

interface ValueInputProps extends Shared {
  readonly value: string;
  /** Hidden as a password is. */
  readonly isSecret: boolean;
  readonly className?: string | undefined;
  readonly testId?: string;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
}

const LINE_BREAK = /[\r\n]/;

/**
 * A field for a value of any form. A one-line field would drop the line breaks of a key or a JSON document, so that a value
 * that has some, also a secret one, gets a field of several lines.
 */
export function ValueInput({ value, isSecret, className, testId, autoFocus, onChange, ...rest }: ValueInputProps) {
  const holder = useRef<HTMLSpanElement>(null);
  // While it has the focus a field of several lines stays one, also when the last line break is removed.
  const [isKept, setKept] = useState(false);
  const isLong = isKept || LINE_BREAK.test(value);
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text/plain');
    if (!LINE_BREAK.test(text.trimEnd())) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    onChange(value.slice(0, selectionStart ?? value.length) + text + value.slice(selectionEnd ?? value.length));
    // The field that takes its place is there after the next render.
    requestAnimationFrame(() => holder.current?.querySelector('textarea')?.focus());
  };
  const shared = {
    ...rest,
    value,
    autoCapitalize: 'off',
    spellCheck: false,
    'data-testid': testId,
    'data-autofocus': autoFocus,
    onChange: (event: { target: { value: string } }) => {
      onChange(event.target.value);
    },
  };
  return (
    <span ref={holder} className={styles['holder']}>
      {isLong ? (
        <textarea
          {...shared}
          rows={3}
          onFocus={() => {
            setKept(true);
          }}
          onBlur={() => {
            setKept(false);
          }}
          autoComplete="off"
          className={classNames(styles['control'], styles['long'], isSecret && styles['hidden'], className)}
        />
      ) : (
        <input
          {...shared}
          type={isSecret ? 'password' : 'text'}
          autoComplete={isSecret ? 'new-password' : 'off'}
          className={classNames(styles['control'], className)}
          onPaste={paste}
        />
      )}
    </span>
  );
}
