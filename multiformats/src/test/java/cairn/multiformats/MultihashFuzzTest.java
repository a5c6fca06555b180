package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

class MultihashFuzzTest {
    private static final Hashes HASHES = Hashes.jdk();

    @FuzzTest
    void what_is_read_is_what_would_be_written(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Multihash hash;
        try {
            hash = Multihash.read(in);
        } catch (MalformedException e) {
            return;
        }
        assertThat(hash.bytes()).isEqualTo(Arrays.copyOf(bytes, in.position()));
        assertThat(hash.size()).isLessThanOrEqualTo(Multihash.MAX_BYTES);
        assertThat(Multihash.of(hash.function(), hash.digest())).isEqualTo(hash);
        if (hash.size() > 2) assertThat(matches(hash, hash.digest())).isEqualTo(isIdentity(hash));
    }

    private static boolean isIdentity(Multihash hash) {
        return hash.function().equals(Multicodec.IDENTITY);
    }

    private static boolean matches(Multihash hash, byte[] bytes) {
        try {
            return HASHES.matches(hash, bytes);
        } catch (UnknownHashException e) {
            return false;
        }
    }
}
