package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The project's README, whose routes and tables the tests hold against the component. */
final class Readme {

    private Readme() {
    }

    static String text() {
        try {
            return Files.readString(Path.of("..", "README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a language, in order. */
    static List<String> blocks(String language) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL).matcher(text()).results()
                .map(match -> match.group(1)).toList();
    }

    /** The names in the first column of the tables, each with the text behind it. */
    static List<MatchResult> rows() {
        return Pattern.compile("^\\| (`[^|]+?) \\| *([^|]*?) *\\|", Pattern.MULTILINE).matcher(text()).results().toList();
    }
}
