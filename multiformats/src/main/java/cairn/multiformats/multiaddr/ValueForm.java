package cairn.multiformats.multiaddr;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multibase;
import cairn.multiformats.Multihash;
import cairn.multiformats.peer.PeerId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The form of a component's value: its size in bytes, what bytes are well formed, and how it is
/// written as text.
enum ValueForm {
    NONE(0) {
        @Override
        byte[] parse(String text) throws MalformedException {
            throw new MalformedException("takes no value");
        }

        @Override
        String print(byte[] value) {
            return "";
        }
    },
    IP4(4) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return IpText.parse4(text);
        }

        @Override
        String print(byte[] value) {
            return IpText.print4(value);
        }
    },
    IP6(16) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return IpText.parse6(text);
        }

        @Override
        String print(byte[] value) {
            return IpText.print6(value);
        }
    },
    /// Two bytes, big-endian.
    PORT(2) {
        @Override
        byte[] parse(String text) throws MalformedException {
            int port = (int) decimal(text, 0xffff);
            return new byte[] {(byte) (port >>> 8), (byte) port};
        }

        @Override
        String print(byte[] value) {
            return Integer.toString(Short.toUnsignedInt(ByteBuffer.wrap(value).getShort()));
        }
    },
    BYTE(1) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return new byte[] {(byte) decimal(text, 0xff)};
        }

        @Override
        String print(byte[] value) {
            return Integer.toString(value[0] & 0xff);
        }
    },
    /// A name that isn't empty and has neither slashes nor control characters: a host's, or a
    /// zone's.
    NAME(-1) {
        @Override
        void check(byte[] value) throws MalformedException {
            String text = printable(value);
            if (text.isEmpty() || text.indexOf('/') >= 0)
                throw new MalformedException("multiaddr: a name that is empty or has a slash");
        }
    },
    /// A path on disk; in text it takes all that follows.
    PATH(-1) {
        @Override
        void check(byte[] value) throws MalformedException {
            String text = printable(value);
            if (text.length() < 2 || !text.startsWith("/") || text.endsWith("/"))
                throw new MalformedException("multiaddr: not the path of a socket: " + text);
        }
    },
    PEER(-1) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return PeerId.parse(text).bytes();
        }

        @Override
        void check(byte[] value) throws MalformedException {
            PeerId.of(value);
        }

        @Override
        String print(byte[] value) {
            return Multibase.BASE58_BTC.encodeBare(value);
        }
    },
    ONION(12) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return Hidden.ONION.parse(text);
        }

        @Override
        void check(byte[] value) throws MalformedException {
            super.check(value);
            Hidden.checkPort(value);
        }

        @Override
        String print(byte[] value) {
            return Hidden.ONION.print(value);
        }
    },
    ONION3(37) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return Hidden.ONION3.parse(text);
        }

        @Override
        void check(byte[] value) throws MalformedException {
            super.check(value);
            Hidden.checkPort(value);
        }

        @Override
        String print(byte[] value) {
            return Hidden.ONION3.print(value);
        }
    },
    GARLIC64(-1) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return Hidden.parseGarlic64(text);
        }

        @Override
        void check(byte[] value) throws MalformedException {
            Hidden.checkGarlic64(value);
        }

        @Override
        String print(byte[] value) {
            return Hidden.printGarlic64(value);
        }
    },
    GARLIC32(-1) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return Hidden.parseGarlic32(text);
        }

        @Override
        void check(byte[] value) throws MalformedException {
            Hidden.checkGarlic32(value);
        }

        @Override
        String print(byte[] value) {
            return Hidden.printGarlic32(value);
        }
    },
    /// A multihash of a certificate, in any multibase; printed in base64url.
    CERTHASH(-1) {
        @Override
        byte[] parse(String text) throws MalformedException {
            byte[] value = Multibase.decode(text);
            check(value);
            return value;
        }

        @Override
        void check(byte[] value) throws MalformedException {
            Multihash.of(value);
        }

        @Override
        String print(byte[] value) {
            return Multibase.BASE64_URL.encode(value);
        }
    },
    /// A path of a URL, percent-encoded in text.
    HTTP_PATH(-1) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return PercentText.decode(text);
        }

        @Override
        void check(byte[] value) throws MalformedException {
            if (value.length == 0) throw new MalformedException("multiaddr: an empty HTTP path");
        }

        @Override
        String print(byte[] value) {
            return PercentText.encode(value);
        }
    },
    /// A number of 64 bits, big-endian. (The table of protocols says "variable"; peers take 8
    /// bytes.)
    NUMBER(8) {
        @Override
        byte[] parse(String text) throws MalformedException {
            return ByteBuffer.allocate(8).putLong(decimal(text, -1)).array();
        }

        @Override
        String print(byte[] value) {
            return Long.toUnsignedString(ByteBuffer.wrap(value).getLong());
        }
    };

    /// The size of a value that has a length before it.
    static final int VARIABLE = -1;

    private final int size;

    ValueForm(int size) {
        this.size = size;
    }

    /// The value's size in bytes, or [#VARIABLE].
    int size() {
        return size;
    }

    /// The value that a text is: its UTF-8, unless a form says otherwise.
    byte[] parse(String text) throws MalformedException {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        check(value);
        return value;
    }

    /// The text of a value that was checked: UTF-8, unless a form says otherwise.
    String print(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }

    /// Fails where the bytes aren't a value of this form.
    void check(byte[] value) throws MalformedException {
        if (value.length != size)
            throw new MalformedException(
                    "multiaddr: a value of " + value.length + " bytes, not " + size);
    }

    /// A number in decimal, read as unsigned: ASCII digits only.
    private static long decimal(String text, long most) throws MalformedException {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9'))
            throw new MalformedException("no number: " + text);
        try {
            long value = Long.parseUnsignedLong(text);
            if (Long.compareUnsigned(value, most) <= 0) return value;
        } catch (NumberFormatException e) {
            throw new MalformedException("no number of 64 bits: " + text);
        }
        throw new MalformedException(text + " is not within 0 and " + Long.toUnsignedString(most));
    }

    /// The text that bytes are. Control characters are refused: addresses of others end up on
    /// terminals and in logs.
    private static String printable(byte[] value) throws MalformedException {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("multiaddr: a name that is no UTF-8");
        }
        if (text.chars().anyMatch(Character::isISOControl))
            throw new MalformedException("multiaddr: a name with control characters");
        return text;
    }
}
