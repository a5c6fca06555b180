/// The endpoints that tell how a daemon does: what it works on, what it logs, where its time goes.
package cairn.rpc.diag;
