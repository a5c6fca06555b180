// One js-libp2p host that serves what every peer of these tests serves, on loopback.
import 'reflect-metadata'
import * as x509 from '@peculiar/x509'
import { quic } from '@chainsafe/libp2p-quic'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { preSharedKey } from '@libp2p/pnet'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { parts, sendZeros } from './pattern.mjs'
import { messages } from './reading.mjs'

export const protocols = {
  echo: '/echo/1.0.0', // sends back what comes, ends when the other end has
  perf: '/perf/1.0.0', // u64 of bytes wanted, an upload, its end; then the bytes wanted
  greet: '/cairn/interop/greet/1', // says hello and ends its writing, then reads to the end and tells how much
  reset: '/cairn/interop/reset/1', // resets the stream at its first byte
  kill: '/cairn/interop/kill/1' // ends the process at once after the first 64 KiB
}
export const greeting = 'hello'
export const killAfter = 1 << 16
// More streams than any test has open at once.
export const streamLimits = { maxInboundStreams: 10_000, maxOutboundStreams: 10_000 }

const keyTypes = { ed25519: ['Ed25519'], rsa: ['RSA', 2048], secp256k1: ['secp256k1'], ecdsa: ['ECDSA', 'P-256'] }
const securities = { tls, noise }

export async function makeHost (how) {
  return createLibp2p(await options(how))
}

// What a host is made of.
export async function options ({ key = 'ed25519', listen = [], security = ['tls', 'noise'], swarmKey }) {
  if (!(key in keyTypes)) throw new Error(`no key type ${key}`)
  return {
    privateKey: await generateKeyPair(...keyTypes[key]),
    addresses: { listen },
    nodeInfo: { userAgent: 'cairn-interop-js' },
    transports: [tcp(), webSockets({ https: await certificate() }), ...(swarmKey == null ? [quic()] : [])],
    connectionEncrypters: security.map(name => securities[name]()),
    ...(swarmKey == null ? {} : { connectionProtector: preSharedKey({ psk: Buffer.from(swarmKey) }) }),
    streamMuxers: [yamux()],
    // What is measured is the peer at the other end, never a limit of this one.
    connectionManager: { maxConnections: 100_000, inboundConnectionThreshold: 100_000, maxIncomingPendingConnections: 10_000 },
    // Loopback is what it is for.
    connectionGater: { denyDialMultiaddr: () => false },
    services: { identify: identify(), identifyPush: identifyPush(), ping: ping({ maxOutboundStreams: streamLimits.maxOutboundStreams }) }
  }
}

// A certificate of its own for secure WebSocket; who dials checks the peer, not this.
async function certificate () {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=localhost',
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }, { type: 'ip', value: '127.0.0.1' }])]
  }, crypto) // said, because @libp2p/tls sets another as the default
  return {
    cert: made.toString('pem'),
    key: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  }
}

// Serves the protocols; `tell` is called with how a stream has ended.
export async function serve (host, tell) {
  const handle = async (protocol, what) => host.handle(protocol, async (stream, connection) => {
    const ended = { event: 'ended', protocol, peer: connection.remotePeer.toString(), bytes: 0 }
    try {
      if (await what(stream, ended)) tell(ended)
    } catch (err) {
      stream.abort(err)
      tell({ ...ended, error: err.message })
    }
  }, streamLimits)

  await handle(protocols.echo, async (stream, ended) => {
    for await (const message of messages(stream)) {
      ended.bytes += message.byteLength
      if (!stream.send(message)) await stream.onDrain()
    }
    await stream.close()
  })
  await handle(protocols.perf, async stream => {
    let head = Buffer.alloc(0)
    for await (const message of messages(stream)) {
      if (head.length < 8) head = Buffer.concat([head, ...parts(message)])
    }
    await sendZeros(stream, Number(head.readBigUInt64BE()))
    await stream.close()
  })
  await handle(protocols.greet, async (stream, ended) => {
    stream.send(Buffer.from(greeting))
    await stream.close()
    for await (const message of messages(stream)) ended.bytes += message.byteLength
    return true
  })
  await handle(protocols.reset, async stream => {
    for await (const message of messages(stream)) {
      if (message.byteLength > 0) break
    }
    stream.abort(new Error('as it was asked'))
  })
  await handle(protocols.kill, async stream => {
    let got = 0
    for await (const message of messages(stream)) {
      if ((got += message.byteLength) >= killAfter) process.kill(process.pid, 'SIGKILL')
    }
  })
}
