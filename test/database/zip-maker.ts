/** Makes zips for tests, among them ones that no packer would make. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Made {
  readonly name: string;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  /** Lies of the directory. */
  readonly size?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly flags?: number;
}

interface Packed extends Made {
  readonly bytes: Buffer;
  readonly at: number;
}

/** A zip; with `wide` its sizes and offsets stand in ZIP64 fields. */
export function zipOf(members: readonly Made[], { wide = false, comment = '' } = {}): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  const packed = members.map((member): Packed => {
    const raw = Buffer.from(member.content);
    const bytes = member.stored ? raw : deflateRawSync(raw);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(Buffer.byteLength(member.name), 26);
    const part = Buffer.concat([header, Buffer.from(member.name), bytes]);
    parts.push(part);
    at += part.length;
    return { ...member, bytes, at: at - part.length };
  });
  const directory = Buffer.concat(packed.map((member) => entryOf(member, wide)));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? 0xffff : members.length, 10);
  end.writeUInt32LE(wide ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(wide ? 0xffffffff : at, 16);
  end.writeUInt16LE(comment.length, 20);
  const wideEnd = wide ? [endOf64(members.length, directory.length, at)] : [];
  return Buffer.concat([...parts, directory, ...wideEnd, end, Buffer.from(comment)]);
}

function entryOf({ name, content, stored, bytes, at, ...lies }: Packed, wide: boolean): Buffer {
  const raw = Buffer.from(content);
  const size = lies.size ?? raw.length;
  const entry = Buffer.alloc(46);
  const extra = wide ? Buffer.alloc(28) : Buffer.alloc(0);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(lies.flags ?? 0, 8);
  entry.writeUInt16LE(lies.method ?? (stored ? 0 : 8), 10);
  entry.writeUInt32LE(lies.crc ?? crc32(raw), 16);
  entry.writeUInt32LE(wide ? 0xffffffff : bytes.length, 20);
  entry.writeUInt32LE(wide ? 0xffffffff : size, 24);
  entry.writeUInt16LE(Buffer.byteLength(name), 28);
  entry.writeUInt16LE(extra.length, 30);
  entry.writeUInt32LE(wide ? 0xffffffff : at, 42);
  if (wide) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(size), 4);
    extra.writeBigUInt64LE(BigInt(bytes.length), 12);
    extra.writeBigUInt64LE(BigInt(at), 20);
  }
  return Buffer.concat([entry, Buffer.from(name), extra]);
}

function endOf64(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  return end;
}
