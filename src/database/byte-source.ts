/** Bytes that are read by offset: a file, which may be far larger than what is wanted of it, or a buffer. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

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
    read: (offset, length) => readAt(descriptor, offset, Math.min(length, size - offset)),
    close: () => closeSync(descriptor),
  };
}

function readAt(descriptor: number, offset: number, length: number): Buffer {
  if (length <= 0) return Buffer.alloc(0);
  const buffer = Buffer.allocUnsafe(length);
  let have = 0;
  while (have < length) {
    const got = readSync(descriptor, buffer, have, length - have, offset + have);
    if (got === 0) break;
    have += got;
  }
  return buffer.subarray(0, have);
}
