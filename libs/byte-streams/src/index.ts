export { channels, FRAME_MAX_BYTES, FrameError, FrameReader, encodeFrame, type Frame } from './frame.ts';
export { readStatus, StreamLost, type ByteStream, type StreamStatus } from './byte-stream.ts';
export { readEvents, sendEvent, type StreamEvent } from './stream-events.ts';
export { StreamServer, type StreamHandler, type StreamOffer, type StreamServerOptions } from './stream-server.ts';
export { StreamClient, type AskForStream } from './stream-client.ts';
