package cairn.libp2p.upgrade;

import cairn.libp2p.security.Security;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Which of two security protocols a dialler proposes first: the one whose cipher is faster here.
/// AES-GCM takes a third of ChaCha20's time on a processor that helps with it, and many times as
/// long on one that doesn't.
public final class SecurityOrder {
    /// What the virtual machine says of AES: whether it has the processor's instructions for it.
    private static final String FLAG = "UseAESIntrinsics";

    private SecurityOrder() {}

    /// The two in the order of their speed on this machine.
    ///
    /// @param aes what encrypts by AES-GCM, such as TLS
    /// @param chaCha what encrypts by ChaCha20-Poly1305, such as Noise
    public static List<Security> fastestFirst(Security aes, Security chaCha) {
        return aesIsFast() ? List.of(aes, chaCha) : List.of(chaCha, aes);
    }

    private static boolean aesIsFast() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (machine == null) return false;
        try {
            return Boolean.parseBoolean(machine.getVMOption(FLAG).getValue());
        } catch (IllegalArgumentException e) {
            return false; // a virtual machine that doesn't know the word
        }
    }
}
