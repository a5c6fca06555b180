/// What is done to the files of a store from outside of it: copies of one that others write to, and
/// the repair of one that can't be opened.
package cairn.blockstore.upkeep;
