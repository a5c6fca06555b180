/// The endpoints about a repo's settings and keys.
package cairn.rpc.repo;
