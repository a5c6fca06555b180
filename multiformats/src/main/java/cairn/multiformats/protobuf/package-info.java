/// The protobuf wire format, as far as the protocols use it: bounded reading of fields, and the
/// pieces to write them with. No schemas: each message reads and writes its own fields.
package cairn.multiformats.protobuf;
