/// HTTP below the control API: who may call, how a request is read and answered, and how a failure
/// is told. It knows no endpoint.
package cairn.rpc.server;
