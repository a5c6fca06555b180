/// A store in RocksDB: blocks in bulk files and in the log, their index, pins, leases and
/// collections.
package cairn.blockstore.rocks;
