/** Writes a zip whose bytes depend on nothing but what is in it: no times, no owners. */
import { crc32, deflateRawSync } from 'node:zlib';
import type { NewFile } from './replace.ts';

/** The first day that a zip can name, 1980-01-01. */
const DAY = 0x21;
const VERSION = 20;
const DEFLATED = 8;
/** Names are in UTF-8. */
const UTF8 = 0x0800;

/** The zip with these files, in this order. They may be of at most 4 GB together. */
export function zipBytes(files: readonly NewFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const about = aboutFile(name, bytes, packed);
    parts.push(localHeader(about), Buffer.from(name), packed);
    directory.push(entry(about, at), Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const entries = Buffer.concat(directory);
  return Buffer.concat([...parts, entries, endRecord(files.length, entries.length, at)]);
}

/** What a member's own header and the directory both say: from its version to the length of its extra fields. */
function aboutFile(name: string, bytes: Uint8Array, packed: Buffer): Buffer {
  const about = Buffer.alloc(26);
  about.writeUInt16LE(VERSION, 0);
  about.writeUInt16LE(UTF8, 2);
  about.writeUInt16LE(DEFLATED, 4);
  about.writeUInt16LE(DAY, 8);
  about.writeUInt32LE(crc32(bytes), 10);
  about.writeUInt32LE(packed.length, 14);
  about.writeUInt32LE(bytes.length, 18);
  about.writeUInt16LE(Buffer.byteLength(name), 22);
  return about;
}

function localHeader(about: Buffer): Buffer {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(0x04034b50);
  return Buffer.concat([mark, about]);
}

function entry(about: Buffer, at: number): Buffer {
  const start = Buffer.alloc(6);
  start.writeUInt32LE(0x02014b50);
  start.writeUInt16LE(VERSION, 4);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(at, 10);
  return Buffer.concat([start, about, rest]);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
