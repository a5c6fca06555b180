package cairn.blockstore;

/// A collection runs in the store already; there is one at a time.
public final class CollectionRunsException extends StoreException {
    private static final long serialVersionUID = 1L;

    public CollectionRunsException(String message) {
        super(message);
    }
}
