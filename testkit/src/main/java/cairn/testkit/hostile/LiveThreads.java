package cairn.testkit.hostile;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The live threads of the process, virtual ones too, counted by name.
///
/// The JDK lists virtual threads in its thread dump alone, which also takes their stacks, and which
/// JDK 25 doesn't survive for long while they mount and unmount (JDK-8364343). So this asks what
/// the dump asks first: it needs `--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED`.
record LiveThreads(Map<String, Integer> platform, Map<String, Integer> virtual) {
    /// What makes a name one thread's own: a number, an address, a peer's id.
    private static final Pattern OWN =
            Pattern.compile("[-#@]?\\d+$| of .*$| to .*$| /.*$| \\w{40,}.*$");

    LiveThreads {
        platform = Map.copyOf(platform);
        virtual = Map.copyOf(virtual);
    }

    static LiveThreads now() {
        return new LiveThreads(count(thread -> !thread.isVirtual()), count(Thread::isVirtual));
    }

    private static Map<String, Integer> count(Predicate<Thread> kind) {
        Map<String, Integer> counts = new TreeMap<>();
        within(new Container(root()))
                .filter(kind)
                .forEach(
                        thread ->
                                counts.merge(
                                        OWN.matcher(thread.getName()).replaceFirst(""),
                                        1,
                                        Integer::sum));
        return counts;
    }

    private static Stream<Thread> within(Container container) {
        return Stream.concat(
                container.threads(), container.children().flatMap(LiveThreads::within));
    }

    /// What the JDK keeps threads in: one for each executor, and one for those of none.
    private record Container(Object itself) {
        Stream<Thread> threads() {
            return ask("threads").map(Thread.class::cast);
        }

        Stream<Container> children() {
            return ask("children").map(Container::new);
        }

        private Stream<?> ask(String method) {
            return (Stream<?>) call("jdk.internal.vm.ThreadContainer", method, itself);
        }
    }

    private static Object root() {
        return call("jdk.internal.vm.ThreadContainers", "root", null);
    }

    private static Object call(String type, String method, Object target) {
        try {
            return Class.forName(type).getMethod(method).invoke(target);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalStateException("the JDK tells of no threads", e);
        }
    }
}
