/// What a collection of garbage takes, and what others feel of it meanwhile.
package cairn.bench.collect;
