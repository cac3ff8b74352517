export { cleanText, withoutColours } from './clean-text.ts';
export { LineMerger, MERGE_WAITS, type MergeWaits, type Timed } from './line-merger.ts';
export { LINE_MAX_BYTES, LineSplitter, type RawLine } from './line-splitter.ts';
export { isRecent, normalTime, sinceTime, type LogTime } from './log-time.ts';
export { textMatcher } from './match-text.ts';
export {
  advanced,
  NOTHING_HAD,
  positionKey,
  Positions,
  Repeated,
  unpackPositions,
  type Position,
} from './positions.ts';
export { LineReader, masked, type LogLine, type Masker } from './read-line.ts';
