package io.github.camellva.examples.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A page with commands, and with projects: sections whose files are blocks below their names. */
record GuidePage(String text) {

    private static final Pattern FILE = Pattern.compile("^`([^`]+)`\\n\\n```\\w+\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("^ *```sh\\n *(.*?)\\n *```$", Pattern.MULTILINE);
    private static final Pattern OUTPUT = Pattern.compile("^```text\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /**
     * What a reader makes, types and sees.
     *
     * @param files by their paths
     */
    record Project(Map<String, String> files, String command, String output) {

        void makeFiles(Path folder, UnaryOperator<String> onThisMachine) throws IOException {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, onThisMachine.apply(file.getValue()));
            }
        }

        /** Numbers and what a logger puts behind the level differ from run to run. */
        List<Pattern> expectedLines(UnaryOperator<String> onThisMachine) {
            return onThisMachine.apply(output).lines().map(line -> Pattern.compile(Pattern.quote(line)
                    .replaceFirst("INFO +", "INFO\\\\E.*\\\\Q")
                    .replaceAll("[0-9a-f]{16}", "\\\\E[0-9a-f]{16}\\\\Q")
                    .replaceAll("127\\.0\\.0\\.1:\\d+", "\\\\E\\\\S+\\\\Q")
                    .replaceAll("\\d+ bytes", "\\\\E\\\\d+\\\\Q bytes"))).toList();
        }
    }

    static GuidePage read(Path file) throws IOException {
        return new GuidePage(Files.readString(file));
    }

    /** The commands that have this word. */
    List<String> commands(String word) {
        return COMMAND.matcher(text).results().map(command -> command.group(1)).filter(command -> command.contains(word)).toList();
    }

    Project project(String title) {
        String section = text.replaceFirst("(?s).*?\\n## " + title + "\\n", "").replaceFirst("(?s)\\n## .*", "\\n");
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(section).results().forEach(file -> files.put(file.group(1), file.group(2)));
        return new Project(files, first(COMMAND, section), first(OUTPUT, section));
    }

    private static String first(Pattern block, String section) {
        return block.matcher(section).results().map((MatchResult found) -> found.group(1)).findFirst().orElseThrow();
    }
}
