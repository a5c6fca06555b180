package cairn.node.repo;

import cairn.blockstore.rocks.Limits;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How much of its disk a repo may take, and when it collects garbage by itself: the part
/// `Datastore` of a config.
///
/// @param max bytes that the store may take (`StorageMax`); without it, what is free but the
///   reserve
/// @param reserve bytes that stay free on the disk (`StorageReserve`); without it the lesser of
///   [#RESERVE] and a twentieth of the disk
/// @param automatic whether adding collects at the watermark (`AutoGC`)
/// @param watermark percent of what the store may take (`StorageGCWatermark`)
/// @param period between two such collections, at least (`GCPeriod`)
public record StorageSettings(
        Optional<Long> max,
        Optional<Long> reserve,
        boolean automatic,
        int watermark,
        Duration period) {
    /// A collection writes a deletion, some 100 bytes, for each block that goes, and rewrites files
    /// of 64 MiB one by one: this is enough for millions of blocks.
    public static final long RESERVE = 512L << 20;

    /// Small disks keep a part of them free instead.
    private static final int RESERVED_PART = 20;

    static final int WATERMARK = 90;
    static final String PERIOD = "1h";

    /// The settings of a config.
    ///
    /// @throws RepoException which names the setting that can't be so
    public static StorageSettings of(Config config) throws RepoException {
        long watermark = config.number(Setting.STORAGE_GC_WATERMARK.key()).orElse((long) WATERMARK);
        if (watermark < 1 || watermark > 100)
            throw wrong(Setting.STORAGE_GC_WATERMARK, "" + watermark, "a percentage from 1 to 100");
        Optional<Long> max = size(config, Setting.STORAGE_MAX);
        if (max.isPresent() && max.get() == 0)
            throw wrong(
                    Setting.STORAGE_MAX,
                    "0",
                    "a size above zero; without a limit it is: cairn config --json "
                            + Setting.STORAGE_MAX.key()
                            + " null");
        return new StorageSettings(
                max,
                size(config, Setting.STORAGE_RESERVE),
                config.bool(Setting.AUTO_GC.key()).orElse(false),
                (int) watermark,
                period(config));
    }

    /// What they allow to a store.
    ///
    /// @param folder on the store's disk
    public Limits limits(Path folder) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        return new Limits(
                max.orElse(Long.MAX_VALUE),
                reserve.orElse(Math.min(RESERVE, disk.getTotalSpace() / RESERVED_PART)));
    }

    private static Optional<Long> size(Config config, Setting setting) throws RepoException {
        Optional<String> text = config.text(setting.key());
        if (text.isEmpty()) return Optional.empty();
        Amount amount = Amount.bytes(text.get());
        return switch (amount) {
            case Amount.Of(long bytes) -> Optional.of(bytes);
            case Amount.TooLarge() ->
                    throw wrong(
                            setting,
                            text.get(),
                            "a size of less than 9.2EB, such as 10GB or 512MiB");
            case Amount.Malformed() ->
                    throw wrong(setting, text.get(), "a size such as 10GB or 512MiB");
        };
    }

    private static Duration period(Config config) throws RepoException {
        String text = config.text(Setting.GC_PERIOD.key()).orElse(PERIOD);
        return Amount.time(text)
                .orElseThrow(() -> wrong(Setting.GC_PERIOD, text, "a time such as 1h or 90m"));
    }

    static RepoException wrong(Setting setting, String text, String wanted) {
        return new RepoException(
                "the setting " + setting.key() + " can't be \"" + text + "\"; it takes " + wanted);
    }
}
