package cairn.blockstore;

/// The disk of the store has no room left. What was committed before is unharmed, and the store can
/// be written again once there is room.
public final class DiskFullException extends StoreException {
    private static final long serialVersionUID = 1L;

    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
