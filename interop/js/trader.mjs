// A Helia that tests drive, on loopback, which knows nobody but whom it is told to dial: no bootstrap nodes, no
// gateways, no mDNS. Its commands are `make`, `dial`, `take` and `fetch`; ../README.md lists them.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { withBitswap } from '@helia/bitswap'
import { withLibp2pLight } from '@helia/libp2p'
import { unixfs } from '@helia/unixfs'
import { CarBlockIterator } from '@ipld/car/iterator'
import * as dagCbor from '@ipld/dag-cbor'
import { multiaddr } from '@multiformats/multiaddr'
import { createHeliaLight } from 'helia'
import { createUnsafe } from 'multiformats/block'
import { CID } from 'multiformats/cid'
import { options } from './host.mjs'
import { obey } from './lines.mjs'

process.removeAllListeners('warning')

const commandTime = 180_000
// How many blocks of a DAG are waited for at once.
const ahead = 32

let helia

const sha256 = () => createHash('sha256')

async function ofFile (files, cid, signal) {
  const hash = sha256()
  for await (const bytes of files.cat(cid, { signal })) hash.update(bytes)
  return hash.digest('hex')
}

async function ofFolder (files, cid, signal) {
  const lines = []
  const one = async entry => lines.push(`${entry.name} ${await ofFile(files, entry.cid, signal)}\n`)
  let batch = []
  for await (const entry of files.ls(cid, { signal })) {
    batch.push(one(entry))
    if (batch.length === ahead) await Promise.all(batch.splice(0))
  }
  await Promise.all(batch)
  const hash = sha256()
  for (const line of lines.sort()) hash.update(line)
  return hash.digest('hex')
}

// The bytes of all blocks, each once, in the order of a walk that goes down first. Siblings are fetched together.
async function ofBlocks (root, signal) {
  const hash = sha256()
  const met = new Set()
  const get = async cid => {
    const parts = []
    for await (const part of helia.blockstore.get(cid, { signal })) parts.push(part)
    return Buffer.concat(parts)
  }
  const walk = async (cid, bytes) => {
    if (met.has(cid.toString())) return
    met.add(cid.toString())
    bytes ??= await get(cid)
    hash.update(bytes)
    const codec = await helia.getCodec(cid.code)
    const links = [...createUnsafe({ bytes, cid, codec }).links()].map(([, link]) => link)
    for (let i = 0; i < links.length; i += ahead) {
      const some = links.slice(i, i + ahead)
      const got = await Promise.all(some.map(get))
      for (let j = 0; j < some.length; j++) await walk(some[j], got[j])
    }
  }
  await walk(root)
  return hash.digest('hex')
}

const digests = {
  FILE: (cid, signal) => ofFile(unixfs(helia), cid, signal),
  FOLDER: (cid, signal) => ofFolder(unixfs(helia), cid, signal),
  DAG: ofBlocks
}

const commands = {
  async make (c) {
    helia = await withBitswap(withLibp2pLight(createHeliaLight({ codecs: [dagCbor] }), await options(c))).start()
    return { peer: helia.libp2p.peerId.toString(), addrs: helia.libp2p.getMultiaddrs().map(String) }
  },

  async dial ({ addr }, signal) {
    await helia.libp2p.dial(multiaddr(addr), { signal })
  },

  // Takes the blocks of an archive (CAR).
  async take ({ archive }, signal) {
    for await (const { cid, bytes } of await CarBlockIterator.fromIterable(createReadStream(archive))) {
      await helia.blockstore.put(cid, bytes, { signal })
    }
  },

  async fetch ({ shape, cid }, signal) {
    return { digest: await digests[shape](CID.parse(cid), signal) }
  }
}

await obey(async c => {
  if (!Object.hasOwn(commands, c.do)) throw new Error(`no command ${c.do}`)
  if (helia == null && c.do !== 'make') throw new Error('no node: make one first')
  return commands[c.do](c, AbortSignal.timeout(commandTime))
})
await helia?.stop()
process.exit()
