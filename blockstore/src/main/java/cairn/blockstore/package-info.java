/// Keeps, finds and forgets verified blocks, and the pins that say which of them must stay.
package cairn.blockstore;
