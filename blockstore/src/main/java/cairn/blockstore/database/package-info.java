/// The one door to RocksDB: what its tables hold, how they are opened and tuned, and what its
/// errors mean. For the store alone.
package cairn.blockstore.database;
