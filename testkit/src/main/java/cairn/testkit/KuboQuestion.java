package cairn.testkit;

import java.util.List;

/// One `ipfs add` to ask Kubo about; its parts are those of [KuboAnswer].
record KuboQuestion(
        String id,
        String profile,
        long hamtThreshold,
        SampleInput input,
        List<String> flags,
        List<String> paths) {

    String row(String answer) {
        return String.join(
                "\t",
                id,
                profile,
                hamtThreshold == 0 ? "-" : String.valueOf(hamtThreshold),
                written(input),
                words(flags),
                words(paths),
                answer);
    }

    private static String words(List<String> list) {
        return list.isEmpty() ? "-" : String.join(" ", list);
    }

    private static String written(SampleInput input) {
        return switch (input) {
            case SampleInput.OfFile(var content) -> "file " + written(content);
            case SampleInput.OfStdin(var content) -> "stdin " + written(content);
            case SampleInput.OfTree(var tree) -> "tree " + tree.folder();
        };
    }

    private static String written(Content content) {
        return switch (content.source()) {
            case CHACHA20 -> "chacha20:" + content.parameter() + ":" + content.size();
            case AES -> "aes:" + content.parameter() + ":" + content.size();
            case PERIOD -> "period:" + content.parameter() + ":" + content.size();
            case TEXT -> "text:" + content.parameter().replace(' ', '_');
        };
    }
}
