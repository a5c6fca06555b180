/// Self-describing values: varints, multibase text, multicodec numbers, multihashes, CIDs and the
/// blocks that they name. No files and no network, and nothing but the JDK.
package cairn.multiformats;
