/** What came out of compressed bytes: everything, everything up to a fault, or more than was allowed; or this browser cannot do it. */
export type Inflated =
  | { readonly kind: 'done'; readonly bytes: Uint8Array }
  | { readonly kind: 'damaged'; readonly recovered: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unsupported' };

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Feeds `bytes` in. Faults show on the reading side; here they would only be unhandled. */
async function feed(stream: WritableStream<BufferSource>, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const writer = stream.getWriter();
  try {
    await writer.write(bytes);
    await writer.close();
  } catch {
    // why: the reader gets the same error.
  }
}

async function drain(stream: ReadableStream<Uint8Array>, most: number): Promise<Inflated> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { kind: 'done', bytes: concat(chunks, length) };
      length += value.length;
      if (length > most) {
        // INVARIANT: counted while inflating, so that a small link cannot fill the memory.
        void reader.cancel().catch(() => undefined);
        return { kind: 'too-large' };
      }
      chunks.push(value);
    }
  } catch {
    return { kind: 'damaged', recovered: concat(chunks, length) };
  }
}

/** A stream of the browser that packs or unpacks raw deflate data; null where it has none, as browsers before 2023. */
function open<T>(Stream: new (format: CompressionFormat) => T): T | null {
  try {
    return new Stream('deflate-raw');
  } catch {
    return null;
  }
}

/** Inflates raw deflate data, stopping as soon as more than `most` bytes have come out. Never throws. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, most: number): Promise<Inflated> {
  const stream = 'DecompressionStream' in globalThis ? open(DecompressionStream) : null;
  if (stream === null) return { kind: 'unsupported' };
  void feed(stream.writable, bytes);
  return drain(stream.readable, most);
}

/**
 * Raw deflate data of `bytes` (RFC 1951); null where this browser cannot make it. Browsers differ in the bytes they write,
 * never in what comes out again. Never throws.
 */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array | null> {
  const stream = 'CompressionStream' in globalThis ? open(CompressionStream) : null;
  if (stream === null) return null;
  void feed(stream.writable, bytes);
  const out = await drain(stream.readable, Infinity);
  return out.kind === 'done' ? out.bytes : null;
}
