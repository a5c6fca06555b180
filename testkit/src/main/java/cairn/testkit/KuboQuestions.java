package cairn.testkit;

import java.util.ArrayList;
import java.util.List;

/// Gathers questions in groups; a question's id is its group and its number in it.
final class KuboQuestions {
    static final String V1 = "unixfs-v1-2025";
    static final String V0 = "unixfs-v0-2015";
    static final List<String> PROFILES = List.of(V1, V0);

    private final List<KuboQuestion> questions = new ArrayList<>();
    private String group = "";
    private int number;

    void group(String name) {
        group = name;
        number = 0;
    }

    /// A generated file; the flags are words in one text.
    void file(String profile, String content, String flags) {
        add(profile, 0, "file " + content, flags, SampleInput.FILE);
    }

    void stdin(String profile, String content, String flags) {
        add(profile, 0, "stdin " + content, flags, "");
    }

    /// A whole tree, recursively.
    void tree(String profile, String tree, String flags) {
        add(profile, 0, "tree " + tree, "-r " + flags, tree);
    }

    /// A whole tree, where the threshold from which directories are sharded is so many bytes.
    void tree(String profile, long hamtThreshold, String tree, String flags) {
        add(profile, hamtThreshold, "tree " + tree, "-r " + flags, tree);
    }

    /// Some paths in a tree.
    void paths(String profile, String tree, String flags, String paths) {
        add(profile, 0, "tree " + tree, flags, paths);
    }

    List<KuboQuestion> all() {
        return List.copyOf(questions);
    }

    private void add(String profile, long hamtThreshold, String input, String flags, String paths) {
        number++;
        questions.add(
                new KuboQuestion(
                        String.format("%s-%03d", group, number),
                        profile,
                        hamtThreshold,
                        SampleInput.parse(input),
                        words(flags),
                        words(paths)));
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" +"));
    }
}
