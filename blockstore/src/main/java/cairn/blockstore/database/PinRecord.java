package cairn.blockstore.database;

import cairn.blockstore.Pin;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The stored form of a pin: under the CID's bytes, one byte of mode (0 direct, 1 recursive) and
/// the name in UTF-8.
public final class PinRecord {
    private static final byte DIRECT = 0;
    private static final byte RECURSIVE = 1;

    private PinRecord() {}

    public static byte[] encode(Pin pin) {
        byte[] name = pin.name().getBytes(StandardCharsets.UTF_8);
        byte mode =
                switch (pin.mode()) {
                    case DIRECT -> DIRECT;
                    case RECURSIVE -> RECURSIVE;
                };
        return ByteBuffer.allocate(1 + name.length).put(mode).put(name).array();
    }

    public static Pin decode(Cid cid, byte[] record) throws MalformedException {
        if (record.length == 0 || record.length > 1 + Pin.MAX_NAME_BYTES)
            throw new MalformedException("pin record of " + record.length + " bytes");
        Pin.Mode mode =
                switch (record[0]) {
                    case DIRECT -> Pin.Mode.DIRECT;
                    case RECURSIVE -> Pin.Mode.RECURSIVE;
                    default -> throw new MalformedException("pin record of mode " + record[0]);
                };
        try {
            String name =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(record, 1, record.length - 1))
                            .toString();
            return new Pin(cid, mode, name);
        } catch (CharacterCodingException e) {
            MalformedException malformed =
                    new MalformedException("pin record with a name that is not UTF-8");
            malformed.initCause(e);
            throw malformed;
        }
    }
}
