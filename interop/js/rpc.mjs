// node rpc.mjs URL     drives kubo-rpc-client against the control API at URL, and prints a line for each call whose
// answer is right; the first that is wrong ends it.
import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { create } from 'kubo-rpc-client'
import { CID } from 'multiformats/cid'

const ipfs = create({ url: process.argv[2] })
const encode = text => new TextEncoder().encode(text)
const all = async items => {
  const list = []
  for await (const item of items) list.push(item)
  return list
}
const text = async chunks => Buffer.concat(await all(chunks)).toString()
const check = async (name, run) => {
  await run()
  console.log(name)
}

const HELLO = 'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq'
const large = Buffer.alloc(5_000_000, 'cairn ')
let root

await check('add a file', async () => {
  const { cid, path, size } = await ipfs.add('hello')
  assert.equal(`${cid}`, HELLO)
  assert.equal(path, HELLO)
  assert.equal(size, 5)
})
await check('add with progress', async () => {
  const seen = []
  const { path } = await ipfs.add({ path: 'large', content: large }, { progress: bytes => seen.push(bytes) })
  assert.equal(path, 'large')
  assert.equal(seen.at(-1), large.length)
  assert.ok(seen.length > 1)
})
await check('add a folder', async () => {
  const added = await all(
    ipfs.addAll(
      [
        { path: 'd/a b+ä%.txt', content: encode('hello') },
        { path: 'd/sub/large', content: large },
        { path: 'd/empty' },
        { path: 'd/mode', content: encode('mode'), mode: 0o600, mtime: { secs: 5, nsecs: 7 } },
        { path: 'd/sub/late', content: encode('late') },
      ],
      { pin: true },
    ),
  )
  assert.deepEqual(
    added.map(entry => entry.path).sort(),
    ['d', 'd/a b+ä%.txt', 'd/empty', 'd/mode', 'd/sub', 'd/sub/large', 'd/sub/late'],
  )
  root = added.find(entry => entry.path === 'd').cid
})
await check('add wrapped, without storing', async () => {
  const added = await all(
    ipfs.addAll([{ path: 'a', content: encode('a') }, { path: 'b', content: encode('b') }], {
      wrapWithDirectory: true,
      onlyHash: true,
      cidVersion: 1,
    }),
  )
  assert.deepEqual(added.map(entry => entry.path), ['a', 'b', ''])
})
await check('add fails where a path leads elsewhere', () =>
  assert.rejects(ipfs.add({ path: '../up', content: encode('x') })),
)
await check('cat', async () => {
  assert.equal(await text(ipfs.cat(`/ipfs/${root}/a b+ä%.txt`)), 'hello')
  assert.equal(await text(ipfs.cat(`/ipfs/${root}/sub/large`, { offset: 6, length: 5 })), 'cairn')
})
await check('get', async () => {
  const archive = Buffer.concat(await all(ipfs.get(root)))
  assert.equal(archive.subarray(257, 262).toString(), 'ustar')
  assert.equal(archive.subarray(0, `${root}`.length).toString(), `${root}`)
  assert.deepEqual(archive, Buffer.concat(await all(ipfs.get(root, { archive: true }))))
  const packed = Buffer.concat(await all(ipfs.get(root, { archive: true, compress: true, compressionLevel: 9 })))
  assert.deepEqual(gunzipSync(packed), archive)
  const lone = Buffer.concat(await all(ipfs.get(`/ipfs/${root}/mode`, { compress: true })))
  assert.equal(gunzipSync(lone).toString(), 'mode')
  await assert.rejects(all(ipfs.get(root, { compress: true })), /can't be compressed alone/)
})
await check('ls', async () => {
  const listed = await all(ipfs.ls(root))
  assert.deepEqual(listed.map(entry => entry.name).sort(), ['a b+ä%.txt', 'empty', 'mode', 'sub'])
  assert.equal(listed.find(entry => entry.name === 'sub').type, 'dir')
  assert.equal(listed.find(entry => entry.name === 'mode').size, 4)
})
await check('refs', async () => {
  const refs = await all(ipfs.refs(root, { recursive: true, unique: true }))
  assert.ok(refs.some(({ ref }) => ref === HELLO))
  assert.ok((await all(ipfs.refs.local())).length >= refs.length)
})
await check('pin', async () => {
  const cid = CID.parse(HELLO)
  assert.equal(`${await ipfs.pin.add(cid)}`, HELLO)
  const pinned = await all(ipfs.pin.ls({ paths: [cid], type: 'recursive' }))
  assert.deepEqual(pinned.map(pin => [`${pin.cid}`, pin.type]), [[HELLO, 'recursive']])
  assert.ok((await all(ipfs.pin.ls())).length > 1)
  assert.equal(`${await ipfs.pin.rm(cid)}`, HELLO)
  await assert.rejects(ipfs.pin.rm(cid), /not pinned or pinned indirectly$/)
})
await check('block', async () => {
  const cid = await ipfs.block.put(encode('a block'), { format: 'raw' })
  assert.equal(Buffer.from(await ipfs.block.get(cid)).toString(), 'a block')
  assert.equal((await ipfs.block.stat(cid)).size, 7)
  const removed = await all(ipfs.block.rm(cid))
  assert.deepEqual(removed.map(gone => `${gone.cid}`), [`${cid}`])
})
await check('dag', async () => {
  const cid = await ipfs.dag.put({ title: 'a', next: CID.parse(HELLO) }, { pin: true })
  const { value } = await ipfs.dag.get(cid)
  assert.equal(value.title, 'a')
  assert.equal(`${value.next}`, HELLO)
  const archive = await all(ipfs.dag.export(cid))
  const [imported] = await all(ipfs.dag.import([archive]))
  assert.equal(`${imported.root.cid}`, `${cid}`)
  assert.equal(imported.root.pinErrorMsg, '')
})
await check('repo', async () => {
  const stat = await ipfs.repo.stat()
  assert.ok(stat.numObjects > 5n)
  assert.match(`${(await ipfs.repo.version())}`, /^\d+$/)
  await all(ipfs.repo.gc())
  assert.equal(await text(ipfs.cat(root.toString() + '/mode')), 'mode')
})
await check('config', async () => {
  const config = await ipfs.config.getAll()
  await ipfs.config.replace({ ...config, Datastore: { HashOnRead: true } })
  assert.equal(await ipfs.config.get('Datastore.HashOnRead'), true)
  await ipfs.config.set('Datastore.HashOnRead', false)
  assert.equal(await ipfs.config.get('Datastore.HashOnRead'), false)
  const { original, updated } = await ipfs.config.profiles.apply('unixfs-v0-2015', { dryRun: true })
  assert.notDeepEqual(original, updated)
})
await check('node', async () => {
  const { id, agentVersion } = await ipfs.id()
  assert.match(`${id}`, /^12D3KooW/)
  assert.match(agentVersion, /^cairn\//)
  assert.ok((await ipfs.version()).version)
  assert.deepEqual(await ipfs.swarm.peers(), [])
  assert.ok((await ipfs.commands()).Subcommands.some(({ Name }) => Name === 'cid'))
})
