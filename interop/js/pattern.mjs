import { messages } from './reading.mjs'

// The bytes that an echo sends and expects back. Their period is a prime, so that a buffer that is mixed up
// with another shows, whatever its size.
const period = 1_000_003
const pattern = new Uint8Array(2 * period)
for (let i = 0, seed = 1; i < period; i++) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  pattern[i] = pattern[i + period] = seed >>> 24
}
const largest = 1 << 16

export const patternAt = (offset, length) => pattern.subarray(offset % period, (offset % period) + length)

// Sends what `piece(offset, length)` gives, and waits whenever the stream is full.
export async function sendAll (stream, bytes, piece) {
  for (let at = 0; at < bytes;) {
    const length = Math.min(largest, bytes - at)
    if (!stream.send(piece(at, length))) await stream.onDrain()
    at += length
  }
}

export const sendPattern = (stream, bytes) => sendAll(stream, bytes, patternAt)

const zeros = new Uint8Array(largest)
export const sendZeros = (stream, bytes) => sendAll(stream, bytes, (_, length) => zeros.subarray(0, length))

// Reads to the end and checks that what came is the pattern.
export async function readPattern (stream, bytes) {
  let at = 0
  for await (const list of messages(stream)) {
    for (const piece of parts(list)) {
      for (let from = 0; from < piece.length; from += largest) {
        const some = piece.subarray(from, from + largest)
        if (Buffer.compare(some, patternAt(at, some.length)) !== 0) throw new Error(`other bytes than were sent, from ${at} on`)
        at += some.length
      }
    }
  }
  if (at !== bytes) throw new Error(`${at} bytes came back of ${bytes}`)
}

// A message is an array of bytes or a list of them.
export function parts (message) {
  return message instanceof Uint8Array ? [message] : message
}
