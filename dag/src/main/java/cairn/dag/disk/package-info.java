/// Writes what UnixFS holds to a disk or into an archive, safe against whatever it holds.
package cairn.dag.disk;
