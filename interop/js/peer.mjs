// A js-libp2p peer that tests and benchmarks drive: one JSON object a line on standard input is a command, one
// a line on standard output its answer or an event. ../README.md lists them.
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { obey, say } from './lines.mjs'
import { greeting, killAfter, makeHost, protocols, serve, streamLimits } from './host.mjs'
import { parts, readPattern, sendPattern, sendZeros } from './pattern.mjs'
import { messages } from './reading.mjs'

// Certificates of secure WebSocket are the peers' own; libp2p's handshake tells who is there.
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
process.removeAllListeners('warning')

const commandTime = 180_000
const identifyTime = 15_000
const noticeTime = 5_000
const hosts = []

const since = start => performance.now() - start

// A host of this process, and what its peers said of themselves.
class Host {
  others = []
  told = new Map()

  constructor (how, node) {
    this.how = how
    this.node = node
    node.addEventListener('peer:identify', ({ detail }) => this.told.set(detail.peerId.toString(), detail))
    node.addEventListener('peer:disconnect', ({ detail }) => this.told.delete(detail.toString()))
  }

  // Another like it, which listens nowhere and lives as long.
  async another () {
    const other = new Host(this.how, await makeHost({ ...this.how, listen: [] }))
    this.others.push(other)
    return other
  }

  async close () {
    await Promise.all([this, ...this.others].map(host => host.node.stop()))
  }

  connection (peer) {
    const [connection] = this.node.getConnections(peerIdFromString(peer))
    if (connection == null) throw new Error(`not connected with ${peer}`)
    return connection
  }

  open (peer, protocol, signal) {
    return this.connection(peer).newStream(protocol, { signal, ...streamLimits })
  }

  async identified (peer, wanted) {
    const end = performance.now() + identifyTime
    for (;;) {
      const told = this.told.get(peer)
      if (told != null) {
        const known = (await this.node.peerStore.get(peerIdFromString(peer))).protocols
        if (wanted == null || known.includes(wanted)) return { told, known }
      }
      if (performance.now() > end) throw new Error(`not identified within ${identifyTime} ms (${told != null} before)`)
      await new Promise(resolve => setTimeout(resolve, 5))
    }
  }
}

// Does something `count` times, `atOnce` at a time.
async function inParallel (count, atOnce, what) {
  let left = count
  const worker = async number => { while (left-- > 0) await what(number) }
  await Promise.all(Array.from({ length: Math.max(atOnce ?? 1, 1) }, (_, number) => worker(number)))
}

async function echoOnce (host, peer, bytes, signal) {
  const stream = await host.open(peer, protocols.echo, signal)
  const stop = () => stream.abort(new Error('out of time'))
  signal.addEventListener('abort', stop)
  try {
    const reading = readPattern(stream, bytes)
    await Promise.all([reading, sendPattern(stream, bytes).then(() => stream.close())])
  } catch (err) {
    stream.abort(err)
    throw err
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

const commands = {
  async make (c) {
    const node = await makeHost(c)
    const host = new Host(c, node)
    const number = hosts.push(host) - 1
    await serve(node, line => say({ ...line, host: number }))
    return { host: number, peer: node.peerId.toString(), addrs: node.getMultiaddrs().map(String) }
  },

  async memory () {
    return { residentKb: Math.round(process.memoryUsage().rss / 1024) }
  },

  async dial ({ addr }, host, signal) {
    const start = performance.now()
    const connection = await host.node.dial(multiaddr(addr), { signal })
    return {
      peer: connection.remotePeer.toString(),
      security: connection.encryption,
      muxer: connection.multiplexer,
      remote: connection.remoteAddr.toString(),
      millis: since(start)
    }
  },

  async 'hang-up' ({ peer }, host) {
    await host.node.hangUp(peerIdFromString(peer))
  },

  async peers (_, host) {
    return { peers: host.node.getPeers().map(String) }
  },

  async identify ({ peer, protocol }, host) {
    const { told, known } = await host.identified(peer, protocol)
    return {
      agent: told.agentVersion,
      protocolVersion: told.protocolVersion,
      protocols: known,
      addrs: told.listenAddrs.map(String),
      observed: told.observedAddr?.toString(),
      record: told.signedPeerRecord?.addresses.map(String)
    }
  },

  async handle ({ protocol }, host) {
    await host.node.handle(protocol, stream => stream.abort(new Error('nothing is served here')))
  },

  async ping ({ peer, count }, host, signal) {
    const millis = []
    for (let i = 0; i < Math.max(count ?? 1, 1); i++) millis.push(await host.node.services.ping.ping(peerIdFromString(peer), { signal }))
    return { millis }
  },

  async echo ({ peer, bytes }, host, signal) {
    const start = performance.now()
    await echoOnce(host, peer, bytes, signal)
    return { millis: since(start) }
  },

  async perf ({ peer, up = 0, down = 0 }, host, signal) {
    const stream = await host.open(peer, protocols.perf, signal)
    const head = Buffer.alloc(8)
    head.writeBigUInt64BE(BigInt(down))
    const start = performance.now()
    let first = null
    let got = 0
    const reading = (async () => {
      for await (const message of messages(stream)) {
        first ??= performance.now()
        got += message.byteLength
      }
      first ??= performance.now()
    })()
    stream.send(head)
    await sendZeros(stream, up)
    await stream.close()
    await reading
    if (got !== down) throw new Error(`${got} bytes came of ${down}`)
    return { upMillis: first - start, downMillis: since(first) }
  },

  // The other end finishes its writing first, and must still read all that is sent then.
  async greet ({ peer, bytes }, host, signal) {
    const stream = await host.open(peer, protocols.greet, signal)
    stream.send(new Uint8Array(1))
    let said = Buffer.alloc(0)
    for await (const message of messages(stream)) said = Buffer.concat([said, ...parts(message)])
    if (said.toString() !== greeting) throw new Error(`said ${said}`)
    await sendPattern(stream, bytes - 1)
    await stream.close()
  },

  // The other end resets the stream: reading must say so, and not that it ended.
  async 'be-reset' ({ peer }, host, signal) {
    const stream = await host.open(peer, protocols.reset, signal)
    stream.send(new Uint8Array(1))
    try {
      for await (const message of messages(stream)) parts(message)
    } catch (err) {
      if (err.name === 'StreamResetError') return { said: err.message }
      throw err
    }
    throw new Error('not reset, but ended')
  },

  // This end resets a stream in the middle of an echo.
  async reset ({ peer }, host, signal) {
    const stream = await host.open(peer, protocols.echo, signal)
    await sendPattern(stream, 1000)
    let got = 0
    for await (const message of messages(stream)) {
      if ((got += message.byteLength) >= 1000) break
    }
    stream.abort(new Error('as it was asked'))
  },

  // Has the other process end in the middle of a stream: reading must fail, soon.
  async kill ({ peer }, host, signal) {
    const stream = await host.open(peer, protocols.kill, signal)
    const start = performance.now()
    await sendPattern(stream, killAfter)
    let said
    try {
      for await (const message of messages(stream)) parts(message)
    } catch (err) {
      said = err.message
    }
    // Over QUIC the stream ends before the connection does, and without an error.
    const millis = since(start)
    const end = performance.now() + noticeTime
    while (said == null && host.node.getConnections(peerIdFromString(peer)).length > 0) {
      if (performance.now() > end) throw new Error('the end was not noticed')
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    return { millis, said }
  },

  async streams ({ peer, count, atOnce, bytes }, host, signal) {
    const start = performance.now()
    await inParallel(count, atOnce, () => echoOnce(host, peer, bytes, signal))
    return { millis: since(start) }
  },

  // Opens streams and leaves them open and idle, after a byte went both ways.
  async hold ({ peer, count }, host, signal) {
    await inParallel(count, 8, async () => {
      const stream = await host.open(peer, protocols.echo, signal)
      const answered = new Promise((resolve, reject) => {
        stream.addEventListener('message', resolve, { once: true })
        stream.addEventListener('close', () => reject(new Error('closed')), { once: true })
      })
      stream.send(new Uint8Array(1))
      await answered
    })
  },

  // Connects and hangs up again, as often and from as many hosts as told.
  async handshakes ({ addr, count, atOnce }, host, signal) {
    const from = await Promise.all(Array.from({ length: Math.max(atOnce ?? 1, 1) }, () => host.another()))
    const start = performance.now()
    await inParallel(count, from.length, async number => {
      const connection = await from[number].node.dial(multiaddr(addr), { signal })
      await connection.close()
    })
    return { millis: since(start) }
  },

  // Connects from so many hosts, and stays connected: each identified and then idle.
  async connections ({ addr, count }, host, signal) {
    const start = performance.now()
    await inParallel(count, 4, async () => {
      const other = await host.another()
      const connection = await other.node.dial(multiaddr(addr), { signal })
      await other.identified(connection.remotePeer.toString())
    })
    return { millis: since(start) }
  },

  async close (_, host) {
    await host.close()
  }
}

await obey(async c => {
  if (!Object.hasOwn(commands, c.do)) throw new Error(`no command ${c.do}`)
  const host = hosts[c.host ?? 0]
  if (host == null && c.do !== 'make' && c.do !== 'memory') throw new Error('no such host: make one first')
  return commands[c.do](c, host, AbortSignal.timeout(commandTime))
})
await Promise.allSettled(hosts.map(host => host.close()))
process.exit()
