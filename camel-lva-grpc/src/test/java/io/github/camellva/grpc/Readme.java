package io.github.camellva.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

import static org.assertj.core.api.Assertions.assertThat;

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
        return blocks(text(), language);
    }

    /** The blocks of a language in another page, in Markdown, where they may be inside of lists, or in AsciiDoc. */
    static List<String> blocks(String page, String language) {
        return Pattern.compile("^( *)(```" + language + "|\\[source," + language + "]\\n----)\\n(.*?)^\\1(```|----)$",
                Pattern.MULTILINE | Pattern.DOTALL).matcher(page).results().map(match -> match.group(3).stripIndent()).toList();
    }

    /** Whether the Camel that runs calls the EIP transformDataType so; 4.14 calls it transform. */
    static boolean hasTransformDataType() {
        try {
            Class.forName("org.apache.camel.model.TransformDataTypeDefinition");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** A route in the words of the Camel that runs. */
    static String inWordsOfThisCamel(String yaml) {
        return hasTransformDataType() ? yaml : yaml.replace("transformDataType:", "transform:");
    }

    /** Compiles a block that is a Java class. */
    static URLClassLoader compile(Path directory, String source) throws IOException {
        Matcher name = Pattern.compile("public class (\\w+)").matcher(source);
        assertThat(name.find()).as("a public class").isTrue();
        Path file = Files.writeString(directory.resolve(name.group(1) + ".java"), source);
        int result = ToolProvider.getSystemJavaCompiler().run(
                null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", directory.toString(), file.toString());
        assertThat(result).as("the compiler's result").isZero();
        return new URLClassLoader(new URL[] { directory.toUri().toURL() }, Readme.class.getClassLoader());
    }

    /** The names in the first column of the tables, each with the text behind it. */
    static List<MatchResult> rows() {
        return Pattern.compile("^\\| (`[^|]+?) \\| *([^|]*?) *\\|", Pattern.MULTILINE).matcher(text()).results().toList();
    }
}
