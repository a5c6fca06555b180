/// JSON, strict and small: a reader of values and a writer of text. Own code, because a library's
/// class loading costs each start of the command line about 35 ms.
package cairn.node.json;
