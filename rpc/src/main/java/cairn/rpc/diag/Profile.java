package cairn.rpc.diag;

import cairn.node.json.Json;
import cairn.rpc.server.GoDuration;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import cairn.rpc.server.RequestException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/// A recording of where a daemon's time and memory go, as an archive for a report: `diag/profile`.
/// What it records is JFR's own configuration `profile`, without what names the machine's user: no
/// environment, no properties, no other processes.
final class Profile {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);

    /// The recording's file grows no larger.
    private static final long MOST_BYTES = 256L << 20;

    private static final String[] LEFT_OUT = {
        "jdk.InitialEnvironmentVariable",
        "jdk.InitialSystemProperty",
        "jdk.SystemProcess",
        "jdk.JVMInformation",
        // A dump of all threads by the JVM in the middle of its work.
        "jdk.ThreadDump"
    };

    private final Json version;
    private final Semaphore one = new Semaphore(1);

    Profile(Json version) {
        this.version = version;
    }

    void take(Request request, Reply reply) throws IOException {
        Duration time = time(request);
        if (!one.tryAcquire()) throw new IOException("a profile is being taken already");
        try {
            Path recording = Files.createTempFile("cairn-profile", ".jfr");
            try {
                record(time, recording);
                try (ZipOutputStream zip = new ZipOutputStream(reply.stream("application/zip"))) {
                    zip.putNextEntry(new ZipEntry("version.json"));
                    zip.write(version.indented().getBytes(StandardCharsets.UTF_8));
                    zip.putNextEntry(new ZipEntry("recording.jfr"));
                    copy(recording, zip);
                }
            } finally {
                Files.delete(recording);
            }
        } finally {
            one.release();
        }
    }

    private static void copy(Path file, OutputStream out) throws IOException {
        Files.copy(file, out);
    }

    private static Duration time(Request request) throws RequestException {
        String text = request.text("profile-time").orElse("");
        if (text.isEmpty()) return USUAL;
        return GoDuration.parse(text)
                .filter(time -> time.compareTo(LONGEST) <= 0)
                .orElseThrow(
                        () ->
                                new RequestException(
                                        "option \"profile-time\" takes a time such as 30s, of an"
                                                + " hour at most, not "
                                                + Request.brief(text)));
    }

    private static void record(Duration time, Path file) throws IOException {
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            for (String event : LEFT_OUT) recording.disable(event);
            recording.setMaxSize(MOST_BYTES);
            recording.start();
            Thread.sleep(time);
            recording.stop();
            recording.dump(file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a profile was taken");
        } catch (ParseException e) {
            throw new IOException("the JDK's settings of JFR can't be read", e);
        }
    }
}
