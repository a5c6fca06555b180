import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// Prepares what `./cairn` starts from (`Prepare ROOT HOME VERSION`): in HOME, beside the jars in
/// HOME/lib, RocksDB's library, the JVM's options, an AOT cache from a training run, and last the
/// file `launch`, whose being there says that all is ready.
public final class Prepare {
    private Prepare() {}

    /// A young generation of fixed size: blocks of 1 MiB would go past a small one that grows, and
    /// each be collected with the old. Compiling what the training run compiled costs a short call
    /// more than all that it does.
    private static final List<String> COMMAND =
            List.of("-Xms108m", "-Xmx108m", "-Xmn40m", "-XX:-AOTReplayTraining");

    /// A heap that is small in an idle daemon, grows with connections, and while blocks flow has
    /// room for all that are on their way to the disk, so that few of them are ever copied. Memory
    /// that compilers and RocksDB gave back goes to the system every 10 s.
    private static final List<String> DAEMON =
            List.of(
                    "-Xms24m",
                    "-Xmx512m",
                    "-XX:NewSize=8m",
                    "-XX:MaxNewSize=256m",
                    "-XX:NewRatio=1",
                    "-XX:-ShrinkHeapInSteps",
                    "-XX:TrimNativeHeapInterval=10000");

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]).toRealPath();
        Path home = Path.of(args[1]).toRealPath();
        String version = args[2];
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        List<Path> jars = jars(home.resolve("lib"));
        for (Path jar : jars)
            if (jar.getFileName().toString().startsWith("picocli-")) modernize(jar);
        unpackNative(jars, home.resolve("native"));
        List<String> common = options(root, home, jars, version);
        // The JVM loads all classes of a cache when it starts: those of a daemon would cost every
        // command some tens of milliseconds.
        prepare(java, home, "java", COMMAND, common, "commands");
        prepare(java, home, "daemon", DAEMON, common, "daemon");
        write(
                home.resolve("launch"),
                List.of(
                        "java='" + java.toString().replace("'", "'\\''") + "'",
                        // Else RocksDB starts three processes to find out.
                        "export ROCKSDB_MUSL_LIBC=" + isMusl()));
    }

    /// Makes the file of options NAME.args, and the AOT cache that they name.
    private static void prepare(
            Path java,
            Path home,
            String name,
            List<String> own,
            List<String> common,
            String trained)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(common);
        options.addAll(own);
        Path cache = home.resolve(name + ".aot");
        train(java, home, options, cache, trained);
        if (Files.exists(cache)) options.add("-XX:AOTCache=" + cache);
        write(home.resolve(name + ".args"), options.stream().map(Prepare::quoted).toList());
    }

    /// Whether the C library is musl.
    private static boolean isMusl() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/lib"))) {
            return files.anyMatch(p -> p.getFileName().toString().startsWith("ld-musl-"))
                    && !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"))
                    && !Files.exists(Path.of("/lib/ld-linux-aarch64.so.1"));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /// What the training run and every later one have in common.
    private static List<String> options(Path root, Path home, List<Path> jars, String version)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>();
        options.add("-XX:+UseSerialGC");
        options.add("-XX:MaxMetaspaceSize=64m");
        options.add("-XX:ReservedCodeCacheSize=32m");
        options.add("-XX:MaxDirectMemorySize=48m");
        options.add("-XX:-UsePerfData");
        options.add("-XX:+ExitOnOutOfMemoryError");
        // What the JVM says is no part of a file that is printed.
        options.add("-XX:+DisplayVMOutputToStderr");
        options.add("-Xlog:disable");
        options.add("-Xlog:all=error:stderr");
        options.add("--enable-native-access=ALL-UNNAMED");
        // Not --illegal-native-access=deny: no other module is there to deny it to, and with that
        // option the JVM keeps neither linked classes nor lambdas in an AOT cache.
        options.add("--sun-misc-unsafe-memory-access=deny");
        // Moving the cache to an address by chance costs a short call more than all that it does.
        options.add("-XX:+UnlockDiagnosticVMOptions");
        options.add("-XX:ArchiveRelocationMode=0");
        options.add("-Djava.library.path=" + home.resolve("native"));
        options.add("-Djava.util.logging.config.class=cairn.cli.logging.LogSetup");
        options.add("-Dcairn.version=" + version);
        options.add("-Dcairn.commit=" + commit(root));
        options.add("-cp");
        options.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
        return options;
    }

    private static List<Path> jars(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(p -> p.toString().endsWith(".jar"))
                    .sorted(Comparator.comparingInt(Prepare::bytes).thenComparing(p -> p))
                    .toList();
        }
    }

    /// The small come first, because a look-up of what isn't in the cache opens jars in order.
    private static int bytes(Path jar) {
        try {
            return (int) Math.min(Integer.MAX_VALUE, Files.size(jar));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Rewrites a jar's classes to today's format. An AOT cache doesn't take those of Java 5, and
    /// loading picocli's from the jar costs a sixth of each start. As much goes into picocli's
    /// search for Groovy, which opens every jar in vain, so it gets the answer at once: null.
    private static void modernize(Path jar) throws IOException {
        Path aside = jar.resolveSibling(jar.getFileName() + ".new");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                JarFile old = new JarFile(jar.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(aside))) {
            ClassFile format =
                    ClassFile.of(
                            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                            ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofClassLoading(loader)));
            for (JarEntry entry : Collections.list(old.entries())) {
                byte[] bytes = old.getInputStream(entry).readAllBytes();
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("-info.class"))
                    bytes =
                            format.transformClass(
                                    format.parse(bytes),
                                    (builder, element) -> {
                                        switch (element) {
                                            case ClassFileVersion _ ->
                                                    builder.withVersion(
                                                            ClassFile.JAVA_17_VERSION, 0);
                                            case MethodModel method
                                                    when method.methodName()
                                                            .equalsString("loadClosureClass") ->
                                                    builder.withMethodBody(
                                                            method.methodName(),
                                                            method.methodType(),
                                                            method.flags().flagsMask(),
                                                            code -> code.aconst_null().areturn());
                                            case MethodModel method ->
                                                    builder.transformMethod(
                                                            method,
                                                            MethodTransform.transformingCode(
                                                                    CodeBuilder::with));
                                            default -> builder.with(element);
                                        }
                                    });
                out.putNextEntry(new JarEntry(name));
                out.write(bytes);
            }
        }
        Files.move(aside, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void unpackNative(List<Path> jars, Path into) throws IOException {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        String entry =
                mac
                        ? "librocksdbjni-osx-" + (arm ? "arm64" : "x86_64") + ".jnilib"
                        : "librocksdbjni-linux" + (arm ? "-aarch64" : "64") + ".so";
        String name = mac ? "librocksdbjni.jnilib" : "librocksdbjni.so";
        Files.createDirectories(into);
        for (Path jar : jars) {
            if (!jar.getFileName().toString().startsWith("rocksdbjni-")) continue;
            try (JarFile opened = new JarFile(jar.toFile())) {
                // On another platform RocksDB unpacks its own choice, at the cost of a slow start.
                if (opened.getEntry(entry) == null) continue;
                try (InputStream in = opened.getInputStream(opened.getEntry(entry))) {
                    Files.copy(in, into.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /// Runs the commands that people start with, so that their classes load from the cache. Without
    /// a cache everything works, only slower: a failure is said and no more.
    private static void train(
            Path java, Path home, List<String> options, Path cache, String trained)
            throws IOException, InterruptedException {
        Path repo = Files.createTempDirectory(home, "training");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.add("-XX:AOTCacheOutput=" + cache);
        command.add("cairn.cli.Training");
        command.add(repo.toString());
        command.add(trained);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("CAIRN_PATH");
        Process training = builder.start();
        training.getOutputStream().close();
        String said = new String(training.getInputStream().readAllBytes());
        if (training.waitFor() != 0) throw new IOException("the training run failed:\n" + said);
        if (!Files.exists(cache))
            System.err.println("cairn: no AOT cache; starts will be slower\n" + said);
        try (Stream<Path> left = Files.walk(repo)) {
            for (Path p : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(p);
        }
    }

    private static String commit(Path root) throws InterruptedException {
        try {
            Process git =
                    new ProcessBuilder(
                                    "git", "-C", root.toString(), "rev-parse", "--short=9", "HEAD")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said = new String(git.getInputStream().readAllBytes()).strip();
            return git.waitFor() == 0 ? said : "";
        } catch (IOException e) {
            return ""; // no git: the sources came as an archive
        }
    }

    /// As `java @file` reads it.
    private static String quoted(String option) {
        return '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.write(aside, lines);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
