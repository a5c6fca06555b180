// What comes on a stream, message by message, up to its end. An error is thrown where the stream was reset.
//
// js-libp2p's own iterator waits for ever where the other end had finished before the iterating began, as it has
// when all it had to say fits into one packet with the choice of the protocol. Then the stream also calls itself
// ended while bytes that were read too far are given back to it: its buffer tells, a turn later.
export async function * messages (stream) {
  const queue = []
  let ended = false
  let error
  let wake = () => {}
  const on = {
    message: ({ data }) => queue.push(data),
    end: () => { ended = true },
    close: event => {
      ended = true
      error = event.error
    }
  }
  const listeners = Object.entries(on).map(([name, what]) => [name, event => {
    what(event)
    wake()
  }])
  for (const [name, listener] of listeners) stream.addEventListener(name, listener)
  try {
    await new Promise(resolve => setTimeout(resolve))
    for (;;) {
      if (queue.length > 0) {
        yield queue.shift()
      } else if (stream.readBufferLength === 0 && (ended || stream.readableEnded || stream.status !== 'open')) {
        if (error != null) throw error
        if (stream.status === 'reset' || stream.status === 'aborted') throw new Error(`stream ${stream.status}`)
        return
      } else {
        await new Promise(resolve => { wake = resolve })
      }
    }
  } finally {
    for (const [name, listener] of listeners) stream.removeEventListener(name, listener)
  }
}
