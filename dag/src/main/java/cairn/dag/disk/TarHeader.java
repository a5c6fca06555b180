package cairn.dag.disk;

import cairn.dag.LinkName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// The head of an entry in a TAR archive: ustar where it holds the entry, with PAX records before
/// it where it doesn't. A name that isn't UTF-8, which PAX can't hold, goes into the records that
/// GNU's tar made for long names.
///
/// Source: POSIX.1-2017, utility `pax`, sections "ustar Interchange Format" and "pax Header Block".
///
/// @param path the names from the root down, parted by slashes
/// @param target of a symbolic link; empty for the rest
/// @param seconds of the modification time
record TarHeader(LinkName path, Type type, int mode, long size, long seconds, LinkName target) {
    static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int PREFIX = 155;
    private static final long MAX_OCTAL = 0_77777777777L;
    private static final String PAX_NAME = "pax-header";
    private static final String GNU_NAME = "././@LongLink";

    enum Type {
        FILE('0'),
        DIRECTORY('5'),
        SYMLINK('2');

        private final char flag;

        Type(char flag) {
            this.flag = flag;
        }
    }

    /// The header in whole blocks.
    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BLOCK);
        Map<String, byte[]> records = new TreeMap<>();
        if (size > MAX_OCTAL) records.put("size", ascii(Long.toString(size)));
        if (seconds < 0 || seconds > MAX_OCTAL) records.put("mtime", ascii(Long.toString(seconds)));
        byte[] whole = path.bytes();
        int split = splitAt(whole);
        boolean fits = isAscii(whole) && (whole.length <= NAME || split > 0);
        if (!fits) longName("path", 'L', path, records, out);
        byte[] link = target.bytes();
        if (link.length > NAME || !isAscii(link)) longName("linkpath", 'K', target, records, out);
        if (!records.isEmpty()) putRecords(records, out);
        byte[] name = whole;
        byte[] prefix = new byte[0];
        if (fits && whole.length > NAME) {
            prefix = Arrays.copyOf(whole, split);
            name = Arrays.copyOfRange(whole, split + 1, whole.length);
        }
        out.writeBytes(ustar(name, prefix, type.flag, mode, size, seconds, link));
        return out.toByteArray();
    }

    private static void longName(
            String key,
            char gnuFlag,
            LinkName name,
            Map<String, byte[]> records,
            ByteArrayOutputStream out) {
        if (name.isUtf8()) {
            records.put(key, name.bytes());
            return;
        }
        byte[] content = Arrays.copyOf(name.bytes(), name.size() + 1);
        putSpecial(GNU_NAME, gnuFlag, content, out);
    }

    private static void putRecords(Map<String, byte[]> records, ByteArrayOutputStream out) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        records.forEach(
                (key, value) -> {
                    int rest = 1 + key.length() + 1 + value.length + 1;
                    int length = rest + Integer.toString(rest).length();
                    if (Integer.toString(length).length() > Integer.toString(rest).length())
                        length++;
                    content.writeBytes(ascii(length + " " + key + "="));
                    content.writeBytes(value);
                    content.write('\n');
                });
        putSpecial(PAX_NAME, 'x', content.toByteArray(), out);
    }

    private static void putSpecial(
            String name, char flag, byte[] content, ByteArrayOutputStream out) {
        out.writeBytes(ustar(ascii(name), new byte[0], flag, 0644, content.length, 0, new byte[0]));
        out.writeBytes(content);
        out.writeBytes(new byte[padding(content.length)]);
    }

    /// How many bytes fill up the last block of a content.
    static int padding(long size) {
        return (int) (-size & (BLOCK - 1));
    }

    private static byte[] ustar(
            byte[] name,
            byte[] prefix,
            char flag,
            int mode,
            long size,
            long seconds,
            byte[] target) {
        byte[] head = new byte[BLOCK];
        put(head, 0, NAME, name);
        putOctal(head, 100, 8, mode);
        putOctal(head, 108, 8, 0);
        putOctal(head, 116, 8, 0);
        putOctal(head, 124, 12, Math.min(size, MAX_OCTAL));
        putOctal(head, 136, 12, Math.clamp(seconds, 0, MAX_OCTAL));
        head[156] = (byte) flag;
        put(head, 157, NAME, target);
        put(head, 257, 8, ascii("ustar\00000"));
        putOctal(head, 329, 8, 0);
        putOctal(head, 337, 8, 0);
        put(head, 345, PREFIX, prefix);
        Arrays.fill(head, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : head) sum += b & 0xff;
        putOctal(head, 148, 7, sum);
        return head;
    }

    /// Where a long path may be cut into the ustar fields for prefix and name; 0 when nowhere.
    private static int splitAt(byte[] path) {
        int slash = Math.min(path.length - 1, PREFIX);
        while (slash > 0 && path[slash] != '/') slash--;
        int rest = path.length - slash - 1;
        return slash > 0 && rest > 0 && rest <= NAME ? slash : 0;
    }

    private static void put(byte[] head, int at, int room, byte[] bytes) {
        System.arraycopy(bytes, 0, head, at, Math.min(room, bytes.length));
    }

    /// A number in octal digits that fill the field but for its last byte, which stays zero.
    private static void putOctal(byte[] head, int at, int room, long value) {
        String digits = Long.toOctalString(value);
        put(head, at, room, ascii("0".repeat(room - 1 - digits.length()) + digits));
        head[at + room - 1] = 0;
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) if (b < 0) return false;
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
