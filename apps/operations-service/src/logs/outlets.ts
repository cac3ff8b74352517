import type { StreamEvent } from '@ushadow/byte-streams';
import type { LogLineData, LogSourceData } from '@ushadow/contracts';
import type { Positions } from '@ushadow/logs';
import type { LogOutlet, QueuedLine } from './log-queue.ts';

/** Events of a stream. With each batch of lines goes the place from which somebody who has had it goes on. */
export function eventOutlet(send: (event: StreamEvent) => Promise<void>, positions: Positions): LogOutlet {
  return {
    event: ({ event, data }) => send({ event, data }),
    lines: (lines) => {
      for (const { key, position } of lines) positions.set(key, position);
      return send({ event: 'lines', id: positions.pack(), data: { lines: lines.map(toLine) } });
    },
    end: () => send({ event: 'end', data: {} }),
  };
}

function toLine({ source, time, text, cut }: QueuedLine): LogLineData {
  return { source, time, text, ...(cut === 0 ? {} : { cut }) };
}

/** Lines of a file: each with the pod and the container that wrote it. */
export function textOutlet(write: (text: string) => Promise<void>, withTimes: boolean): LogOutlet {
  const sources = new Map<number, LogSourceData>();
  return {
    event: (event) => {
      if (event.event === 'source') sources.set(event.data.source, event.data);
      return event.event === 'notice' ? write(`# ${event.data.message}\n`) : Promise.resolve();
    },
    lines: (lines) => {
      if (lines.length === 0) return Promise.resolve();
      const texts = lines.map(({ source, time, text, cut }) => {
        const { pod = '', container = '' } = sources.get(source) ?? {};
        const end = cut === 0 ? '' : ` … ${String(cut)} more bytes`;
        return `${pod} ${container} | ${withTimes ? `${time} ` : ''}${text}${end}\n`;
      });
      return write(texts.join(''));
    },
    end: () => Promise.resolve(),
  };
}
