/** The one path there is: a stream for a ticket. */
export const STREAMS_PATH = '/v1/streams';
export const TICKET_HEADER = 'ushadow-ticket';

const KIBIBYTE = 1024;

/**
 * What waits of one stream that nobody reads, at each side; and of all streams of a session. The window of the session is
 * given back at once, so that a stream that stands still holds up no other.
 */
export const STREAM_WINDOW_BYTES = 256 * KIBIBYTE;
export const SESSION_WINDOW_BYTES = 16 * KIBIBYTE * KIBIBYTE;
/** Megabytes that Node lets a session hold before it refuses streams. */
export const SESSION_MEMORY = 128;

export const TLS_OPTIONS = { minVersion: 'TLSv1.3', ALPNProtocols: ['h2'] } as const;
