import { useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../../../../../ui/button.tsx';
import { absoluteTime, clockTimeMs } from '../../../../../ui/format.ts';
import type { ShownLine } from '../_lines/line-ring.ts';
import styles from './log-list.module.css';

const LINE_PX = 20;
const BEYOND = 20;
/** So near to the end counts as there. */
const NEAR_PX = 2 * LINE_PX;

interface LogListProps {
  readonly lines: readonly ShownLine[];
  readonly withTimes: boolean;
  readonly emptyText: string;
}

/** Only the lines in view are in the page. It stays at the end until somebody scrolls up. */
export function LogList({ lines, withTimes, emptyText }: LogListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [isAtEnd, setAtEnd] = useState(true);
  const lastTop = useRef(0);
  // However it came to be drawn anew: the end is where it ends now.
  useLayoutEffect(() => {
    const { current } = box;
    if (current !== null && isAtEnd) current.scrollTop = current.scrollHeight;
  });
  const onScroll = (): void => {
    const { current } = box;
    if (current === null) return;
    const { scrollTop: top, clientHeight: height, scrollHeight } = current;
    setView({ top, height });
    // Lines that came since are no reason: only who scrolls up leaves the end.
    if (scrollHeight - top - height < NEAR_PX) setAtEnd(true);
    else if (top < lastTop.current) setAtEnd(false);
    lastTop.current = top;
  };
  // There may be fewer lines than when it was scrolled last.
  const top = Math.max(0, Math.min(view.top, lines.length * LINE_PX - view.height));
  const from = Math.max(0, Math.floor(top / LINE_PX) - BEYOND);
  const to = Math.min(lines.length, Math.ceil((top + view.height) / LINE_PX) + BEYOND);
  return (
    <div className={styles['frame']}>
      <div
        ref={box}
        className={styles['box']}
        role="log"
        aria-label="Lines"
        aria-live="off"
        tabIndex={0}
        data-testid="log-lines"
        onScroll={onScroll}
      >
        {lines.length === 0 ? <p className={styles['empty']}>{emptyText}</p> : null}
        <Space lines={from} />
        {lines.slice(from, to).map(({ number, time, from: name, hue, text }) => (
          <div key={number} className={styles['line']} data-hue={hue}>
            {withTimes ? <LineTime time={time} /> : null}
            <span className={styles['name']}>{name}</span>
            <span>{text}</span>
          </div>
        ))}
        <Space lines={lines.length - to} />
      </div>
      {isAtEnd ? null : (
        <div className={styles['newest']}>
          <Button small icon="down" data-testid="log-newest" onClick={() => setAtEnd(true)}>
            Newest
          </Button>
        </div>
      )}
    </div>
  );
}

/** In the place of lines that are not drawn. None on the server: the page's policy refuses a style that is in its text. */
function Space({ lines }: { readonly lines: number }) {
  return lines === 0 ? null : <div style={{ height: lines * LINE_PX }} />;
}

function LineTime({ time }: { readonly time: string }) {
  return (
    <time className={styles['time']} dateTime={time} title={absoluteTime(time)}>
      {clockTimeMs(time)}
    </time>
  );
}
