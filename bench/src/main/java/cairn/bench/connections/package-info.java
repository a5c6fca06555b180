/// How many connections a daemon holds, for how long, and in how much memory.
package cairn.bench.connections;
