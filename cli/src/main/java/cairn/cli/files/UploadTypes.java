package cairn.cli.files;

/// The media types of the parts of an upload that aren't files. The first two are Kubo's.
final class UploadTypes {
    static final String FOLDER = "application/x-directory";
    static final String SYMLINK = "application/symlink";

    /// What the sender couldn't read: the path as the sender has it, and the reason as bytes.
    static final String UNREADABLE = "application/vnd.cairn.unreadable";

    /// The same of what was to be a root.
    static final String UNREADABLE_ROOT = "application/vnd.cairn.unreadable-root";

    /// The same of the file before: what was sent of it isn't all.
    static final String BROKEN_OFF = "application/vnd.cairn.broken-off";

    /// How many bytes all files have, in decimal, as soon as the sender knows.
    static final String TOTAL = "application/vnd.cairn.total";

    private UploadTypes() {}
}
