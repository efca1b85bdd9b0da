/** Bytes that are read by offset: a file, which may be far larger than what is wanted of it, or a buffer. */
import { closeSync, fstatSync, openSync } from 'node:fs';
import { bytesAt } from '../repo/bytes-at.ts';

/** Reading past the end gives fewer bytes than asked for, never an error. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Buffer;
}

/** A file that is open until closed. */
export interface OpenFile extends ByteSource {
  close(): void;
}

/** The bytes of a buffer. */
export function bytesOf(buffer: Buffer): ByteSource {
  return { size: buffer.length, read: (offset, length) => buffer.subarray(offset, offset + length) };
}

/** Opens a file; throws what the system says. */
export function openFile(path: string): OpenFile {
  return openedAt(openSync(path, 'r'));
}

/** A file that is open already. */
export function openedAt(descriptor: number): OpenFile {
  const { size } = fstatSync(descriptor);
  return {
    size,
    read: (offset, length) => bytesAt(descriptor, offset, Math.max(0, Math.min(length, size - offset))),
    close: () => closeSync(descriptor),
  };
}
