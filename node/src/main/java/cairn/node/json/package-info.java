/// JSON, strict and bounded: values, a reader of them on Jackson's streaming core, and a writer of
/// text. Not Jackson's data binding, whose class loading costs each start about 35 ms.
package cairn.node.json;
